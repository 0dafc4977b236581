package org.gradus.problem;

import java.util.Optional;
import org.gradus.backend.Arena;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
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
    public int residentMatrices() {
        return clean.isPresent() ? 2 : 1;
    }

    @Override
    public BoundProblem bind(Arena arena, Precision precision, Transpose orientation) {
        return new Bound(arena, precision, orientation);
    }

    private final class Bound implements BoundProblem {
        private final Ops ops;
        private final Transpose orientation;
        private final MatrixBatch observed;
        private final MatrixBatch truth;
        private final MatrixBatch minusOne;

        Bound(Arena arena, Precision precision, Transpose orientation) {
            ops = arena.backend().ops();
            this.orientation = orientation;
            observed = upload(arena, precision, orientation, target);
            truth = clean.map(matrix -> upload(arena, precision, orientation, matrix))
                    .orElse(null);
            minusOne = arena.allocate(new Shape(1, 1, 1), precision);
            ops.upload(new double[] {-1}, minusOne);
        }

        private MatrixBatch upload(Arena arena, Precision precision, Transpose orientation, Matrix matrix) {
            Matrix oriented = orientation == Transpose.NO ? matrix : matrix.transposed();
            MatrixBatch batch = arena.allocate(new Shape(1, oriented.rows(), oriented.cols()), precision);
            ops.upload(oriented.data(), batch);
            return batch;
        }

        @Override
        public void gradient(
                MatrixBatch perRun,
                Transpose transLeft,
                MatrixBatch left,
                Transpose transRight,
                MatrixBatch right,
                MatrixBatch out) {
            ops.residual(perRun, transLeft, left, transRight, right, observed, out);
        }

        @Override
        public void gradient(MatrixBatch perRun, MatrixBatch product, MatrixBatch out) {
            difference(ops, product, observed, out);
            ops.scale(perRun, out);
        }

        @Override
        public void squaredResidual(Ops line, MatrixBatch product, MatrixBatch scratch, MatrixBatch sums) {
            difference(line, product, observed, scratch);
            line.sumOfSquares(scratch, sums);
        }

        @Override
        public void squaredTestError(Ops line, MatrixBatch product, MatrixBatch scratch, MatrixBatch sums) {
            if (truth == null) {
                throw new IllegalStateException("no clean target, no test error");
            }
            difference(line, product, truth, scratch);
            line.sumOfSquares(scratch, sums);
        }

        @Override
        public double squaredTruth() {
            double sum = 0;
            for (double entry : clean.orElse(target).data()) {
                sum += entry * entry;
            }
            return sum;
        }

        @Override
        public Optional<MatrixBatch> fullTarget() {
            return orientation == Transpose.NO ? Optional.of(observed) : Optional.empty();
        }

        private void difference(Ops line, MatrixBatch product, MatrixBatch from, MatrixBatch out) {
            line.copy(product, out);
            line.addScaled(minusOne, from, out);
        }
    }
}
