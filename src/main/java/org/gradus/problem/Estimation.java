package org.gradus.problem;

import java.util.Optional;
import org.gradus.backend.Arena;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Transpose;
import org.gradus.linalg.Matrix;

/**
 * Every entry is observed: G = W − Ŵ.
 *
 * @param target Ŵ, what the loss sees
 * @param clean the truth, where the target is a noisy copy of it
 */
public record Estimation(Matrix target, Optional<Matrix> clean, Loss loss) implements Problem {

    /** @throws IllegalArgumentException if target and clean differ in shape */
    public Estimation {
        if (clean.isPresent()
                && (clean.get().rows() != target.rows() || clean.get().cols() != target.cols())) {
            throw new IllegalArgumentException("the clean target is a " + clean.get() + ", the noisy one a " + target);
        }
    }

    @Override
    public int rows() {
        return target.rows();
    }

    @Override
    public int cols() {
        return target.cols();
    }

    @Override
    public long observations() {
        return (long) rows() * cols();
    }

    @Override
    public boolean hasTestError() {
        return clean.isPresent();
    }

    @Override
    public double squaredTruth() {
        return KnownMatrix.squaredNorm(clean.orElse(target).data());
    }

    @Override
    public Footprint footprint() {
        return Footprint.matrices(clean.isPresent() ? 2 : 1, rows(), cols());
    }

    @Override
    public BoundProblem bind(Arena arena, Precision precision, Transpose orientation, int runs) {
        return new Bound(arena, precision, orientation);
    }

    private final class Bound implements BoundProblem {
        private final Ops ops;
        private final Transpose orientation;
        private final KnownMatrix observed;
        private final Optional<KnownMatrix> truth;

        Bound(Arena arena, Precision precision, Transpose orientation) {
            ops = arena.backend().ops();
            this.orientation = orientation;
            MatrixBatch minusOne = KnownMatrix.minusOne(arena, precision);
            observed = new KnownMatrix(arena, precision, orientation, target, minusOne);
            truth = clean.map(matrix -> new KnownMatrix(arena, precision, orientation, matrix, minusOne));
        }

        @Override
        public void gradient(
                MatrixBatch perRun,
                Transpose transLeft,
                MatrixBatch left,
                Transpose transRight,
                MatrixBatch right,
                MatrixBatch out) {
            ops.residual(perRun, transLeft, left, transRight, right, observed.batch(), out);
        }

        @Override
        public void gradient(MatrixBatch perRun, MatrixBatch product, MatrixBatch out) {
            observed.difference(ops, product, out);
            ops.scale(perRun, out);
        }

        @Override
        public void squaredResidual(Ops line, MatrixBatch product, MatrixBatch scratch, MatrixBatch sums) {
            observed.squaredDistance(line, product, scratch, sums);
        }

        @Override
        public void squaredTestError(Ops line, MatrixBatch product, MatrixBatch scratch, MatrixBatch sums) {
            truth.orElseThrow(() -> new IllegalStateException("no clean target, no test error"))
                    .squaredDistance(line, product, scratch, sums);
        }

        @Override
        public Optional<MatrixBatch> fullTarget() {
            return orientation == Transpose.NO ? Optional.of(observed.batch()) : Optional.empty();
        }
    }
}
