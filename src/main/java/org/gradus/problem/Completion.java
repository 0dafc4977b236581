package org.gradus.problem;

import java.util.Optional;
import org.gradus.backend.Arena;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.backend.Transpose;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.SparseMatrix;

/**
 * Some entries are observed: G = P_Ω(W − Ŵ). Residual and loss are made of observed entries only.
 *
 * @param observed P_Ω(Ŵ), what the loss sees
 * @param truth Ŵ without noise, where all of it is known
 * @param heldOut entries that are known but not observed, for the test error where there is no truth
 */
public record Completion(SparseMatrix observed, Optional<Matrix> truth, Optional<SparseMatrix> heldOut, Loss loss)
        implements Problem {

    /** @throws IllegalArgumentException if the shapes differ */
    public Completion {
        boolean fits = truth.map(matrix -> matrix.rows() == observed.rows() && matrix.cols() == observed.cols())
                        .orElse(true)
                && heldOut.map(entries -> entries.rows() == observed.rows() && entries.cols() == observed.cols())
                        .orElse(true);
        if (!fits) {
            throw new IllegalArgumentException("the truth is not " + observed.rows() + "×" + observed.cols());
        }
    }

    @Override
    public int rows() {
        return observed.rows();
    }

    @Override
    public int cols() {
        return observed.cols();
    }

    @Override
    public long observations() {
        return observed.count();
    }

    @Override
    public boolean hasTestError() {
        return truth.isPresent() || heldOut.isPresent();
    }

    @Override
    public double squaredTruth() {
        return KnownMatrix.squaredNorm(truth.map(Matrix::data)
                .or(() -> heldOut.map(SparseMatrix::values))
                .orElseGet(observed::values));
    }

    @Override
    public Footprint footprint() {
        int others = truth.isPresent() ? 0 : heldOut.map(SparseMatrix::count).orElse(0);
        return footprint(rows(), cols(), observed.count(), truth.isPresent(), others);
    }

    /**
     * @param count of observed entries
     * @param whole whether the truth is known
     * @param heldOut how many entries are known otherwise
     */
    public static Footprint footprint(int rows, int cols, long count, boolean whole, long heldOut) {
        Footprint own = Footprint.matrices(whole ? 1 : 0, rows, cols)
                .plus(KnownEntries.footprint(rows, cols, count))
                .plus(new Footprint(0, count, 0, 0)); // residuals of the descent beside those of measurements
        return heldOut == 0 ? own : own.plus(KnownEntries.footprint(rows, cols, heldOut));
    }

    @Override
    public BoundProblem bind(Arena arena, Precision precision, Transpose orientation, int runs) {
        return new Bound(arena, precision, orientation, runs);
    }

    private final class Bound implements BoundProblem {
        private final Ops ops;
        private final KnownEntries entries;
        private final MatrixBatch residuals;
        private final Optional<KnownMatrix> whole;
        private final Optional<KnownEntries> others;

        Bound(Arena arena, Precision precision, Transpose orientation, int runs) {
            ops = arena.backend().ops();
            MatrixBatch minusOne = KnownMatrix.minusOne(arena, precision);
            entries = new KnownEntries(arena, precision, orientation, observed, runs, minusOne);
            residuals = arena.allocate(new Shape(runs, observed.count(), 1), precision);
            whole = truth.map(matrix -> new KnownMatrix(arena, precision, orientation, matrix, minusOne));
            others = whole.isPresent()
                    ? Optional.empty()
                    : heldOut.map(host -> new KnownEntries(arena, precision, orientation, host, runs, minusOne));
        }

        @Override
        public void gradient(
                MatrixBatch perRun,
                Transpose transLeft,
                MatrixBatch left,
                Transpose transRight,
                MatrixBatch right,
                MatrixBatch out) {
            ops.multiply(1, transLeft, left, transRight, right, 0, out);
            ops.observedResidual(perRun, entries.places(), entries.values(), residuals, out);
        }

        @Override
        public void gradient(MatrixBatch perRun, MatrixBatch product, MatrixBatch out) {
            ops.copy(product, out);
            ops.observedResidual(perRun, entries.places(), entries.values(), residuals, out);
        }

        @Override
        public void squaredResidual(Ops line, MatrixBatch product, MatrixBatch scratch, MatrixBatch sums) {
            entries.squaredDistance(line, product, sums);
        }

        @Override
        public void squaredTestError(Ops line, MatrixBatch product, MatrixBatch scratch, MatrixBatch sums) {
            if (whole.isPresent()) {
                whole.get().squaredDistance(line, product, scratch, sums);
            } else {
                others.orElseThrow(() -> new IllegalStateException("nothing is known that is not observed"))
                        .squaredDistance(line, product, sums);
            }
        }
    }
}
