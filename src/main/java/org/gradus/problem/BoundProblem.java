package org.gradus.problem;

import java.util.Optional;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Transpose;

/**
 * A problem whose data lie in a backend's memory. Products W and gradients G are batch·(rows×cols), or all of them
 * transposed, as was said when it was bound.
 */
public interface BoundProblem {

    /**
     * out_b ← s_b·G_b, G the adjoint of the residual at W = op(left)·op(right); ∂L/∂W = {@link Loss#gradientFactor}·G.
     * Recordable where the problem is.
     *
     * @param perRun s, batch·(1×1)
     */
    void gradient(
            MatrixBatch perRun,
            Transpose transLeft,
            MatrixBatch left,
            Transpose transRight,
            MatrixBatch right,
            MatrixBatch out);

    /** out_b ← s_b·G_b at W = product. Recordable where the problem is. */
    void gradient(MatrixBatch perRun, MatrixBatch product, MatrixBatch out);

    /**
     * sums ← the sum of squared residuals at W = product, per run.
     *
     * @param ops the line that does it
     * @param scratch overwritten
     * @param sums batch·(1×1) of FLOAT64
     */
    void squaredResidual(Ops ops, MatrixBatch product, MatrixBatch scratch, MatrixBatch sums);

    /** sums ← ‖P_T(W − truth)‖_F² over the entries T of the test error; only where there is one. */
    void squaredTestError(Ops ops, MatrixBatch product, MatrixBatch scratch, MatrixBatch sums);

    /** Ŵ as 1·(rows×cols) where every entry of W is observed and W is not handed over transposed: G = W − Ŵ. */
    default Optional<MatrixBatch> fullTarget() {
        return Optional.empty();
    }
}
