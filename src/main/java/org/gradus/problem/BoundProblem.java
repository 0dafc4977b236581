package org.gradus.problem;

import org.gradus.backend.MatrixBatch;

/** A problem whose data lie in a backend's memory. All matrices are batch·(rows×cols) unless said otherwise. */
public interface BoundProblem {

    /**
     * out ← G, the adjoint of the residual at W = left·right; ∂L/∂W = {@link Loss#gradientFactor}·G. Recordable.
     *
     * @param left batch·(rows×k)
     * @param right batch·(k×cols)
     */
    void gradient(MatrixBatch left, MatrixBatch right, MatrixBatch out);

    /** out ← G at W = product. Recordable. */
    void gradient(MatrixBatch product, MatrixBatch out);

    /**
     * sums ← the sum of squared residuals at W = product, per run.
     *
     * @param scratch overwritten
     * @param sums batch·(1×1) of FLOAT64
     */
    void squaredResidual(MatrixBatch product, MatrixBatch scratch, MatrixBatch sums);

    /** sums ← ‖P_T(W − truth)‖_F² over the entries T of the test error; only where there is one. */
    void squaredTestError(MatrixBatch product, MatrixBatch scratch, MatrixBatch sums);

    /** ‖P_T truth‖_F². */
    double squaredTruth();
}
