package org.gradus.problem;

import java.util.Optional;
import org.gradus.backend.Arena;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.backend.Transpose;
import org.gradus.linalg.DenseOperators;
import org.gradus.linalg.LinearMap;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.MatrixSource;
import org.gradus.linalg.RankOneOperators;

/**
 * Linear measurements y_i = ⟨A_i, W⟩ are observed: G = A*(A(W) − y).
 *
 * @param operators A
 * @param y the observations
 * @param truth Ŵ without noise, where it is known
 * @param perBlock 0 where the backend's memory is to hold dense operators; else they are read in blocks of so many, in every step
 */
public record Sensing(LinearMap operators, double[] y, Optional<Matrix> truth, Loss loss, int perBlock)
        implements Problem {

    /** @throws IllegalArgumentException if the shapes differ, or operators of this kind cannot be read in blocks */
    public Sensing {
        boolean fits = operators.count() == y.length
                && truth.map(matrix -> matrix.rows() == operators.rows() && matrix.cols() == operators.cols())
                        .orElse(true);
        if (!fits || (perBlock > 0 && !(operators instanceof DenseOperators))) {
            throw new IllegalArgumentException(operators.count() + " operators of " + operators.rows() + "×"
                    + operators.cols() + ", " + y.length + " observations, the truth " + truth);
        }
    }

    @Override
    public int rows() {
        return operators.rows();
    }

    @Override
    public int cols() {
        return operators.cols();
    }

    @Override
    public long observations() {
        return y.length;
    }

    @Override
    public boolean hasTestError() {
        return truth.isPresent();
    }

    @Override
    public double squaredTruth() {
        return KnownMatrix.squaredNorm(truth.map(Matrix::data).orElse(y));
    }

    /** The same with operators read in blocks. */
    public Sensing streamed() {
        return new Sensing(operators, y, truth, loss, OperatorBlocks.perBlock(rows(), cols(), y.length));
    }

    private MatrixSource source() {
        return ((DenseOperators) operators).source();
    }

    @Override
    public boolean recordable() {
        return perBlock == 0;
    }

    /** Numbers are read from memory, or where operators are streamed from farther away, not computed with. */
    @Override
    public double workPerStep() {
        double numbers = operators instanceof RankOneOperators
                ? (double) y.length * (rows() + cols())
                : (double) y.length * rows() * cols();
        return numbers * (perBlock == 0 ? 16 : 256);
    }

    @Override
    public Footprint footprint() {
        if (operators instanceof RankOneOperators) {
            return rankOneFootprint(rows(), cols(), y.length, truth.isPresent());
        }
        return perBlock == 0
                ? own(rows(), cols(), truth.isPresent()).plus(ResidentOperators.footprint(source()))
                : leastFootprint(rows(), cols(), y.length, truth.isPresent());
    }

    /** Of streamed dense operators, with the truth or without it. */
    public static Footprint leastFootprint(int rows, int cols, int count, boolean truth) {
        return own(rows, cols, truth).plus(StreamedOperators.footprint(rows, cols, count));
    }

    /** Of operators of rank one. */
    public static Footprint rankOneFootprint(int rows, int cols, int count, boolean truth) {
        return own(rows, cols, truth).plus(BoundRankOne.footprint(rows, cols, count));
    }

    /** The product and the truth. */
    private static Footprint own(int rows, int cols, boolean truth) {
        long entries = (long) rows * cols;
        return Footprint.matrices(truth ? 1 : 0, rows, cols).plus(new Footprint(0, entries, 0, 0));
    }

    @Override
    public BoundProblem bind(Arena arena, Precision precision, Transpose orientation, int runs) {
        return new Bound(arena, precision, orientation, runs);
    }

    private BoundOperators bindOperators(
            Arena arena, Precision precision, Transpose orientation, int runs, MatrixBatch minusOne) {
        if (operators instanceof RankOneOperators rankOne) {
            return new BoundRankOne(arena, precision, orientation, rankOne, y, runs, minusOne);
        }
        return perBlock == 0
                ? new ResidentOperators(arena, precision, orientation, source(), y, runs)
                : new StreamedOperators(arena, precision, orientation, source(), y, runs, perBlock);
    }

    private final class Bound implements BoundProblem {
        private final Ops ops;
        private final MatrixBatch product;
        private final BoundOperators bound;
        private final Optional<KnownMatrix> known;

        Bound(Arena arena, Precision precision, Transpose orientation, int runs) {
            ops = arena.backend().ops();
            MatrixBatch minusOne = KnownMatrix.minusOne(arena, precision);
            bound = bindOperators(arena, precision, orientation, runs, minusOne);
            known = truth.map(matrix -> new KnownMatrix(arena, precision, orientation, matrix, minusOne));
            Shape shape =
                    orientation == Transpose.NO ? new Shape(runs, rows(), cols()) : new Shape(runs, cols(), rows());
            product = arena.allocate(shape, precision);
        }

        @Override
        public void gradient(
                MatrixBatch perRun,
                Transpose transLeft,
                MatrixBatch left,
                Transpose transRight,
                MatrixBatch right,
                MatrixBatch out) {
            ops.multiply(1, transLeft, left, transRight, right, 0, product);
            bound.gradient(perRun, product, out);
        }

        @Override
        public void gradient(MatrixBatch perRun, MatrixBatch present, MatrixBatch out) {
            bound.gradient(perRun, present, out);
        }

        @Override
        public void squaredResidual(Ops line, MatrixBatch present, MatrixBatch scratch, MatrixBatch sums) {
            bound.squaredResidual(line, present, sums);
        }

        @Override
        public void squaredTestError(Ops line, MatrixBatch present, MatrixBatch scratch, MatrixBatch sums) {
            known.orElseThrow(() -> new IllegalStateException("no truth is known, no test error"))
                    .squaredDistance(line, present, scratch, sums);
        }
    }
}
