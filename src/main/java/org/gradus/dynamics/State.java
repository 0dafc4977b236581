package org.gradus.dynamics;

import java.util.function.Supplier;
import org.gradus.linalg.Matrix;

/** What was measured of every run after {@link #step} updates. */
public interface State {

    long step();

    double loss(int run);

    /** σ_1 ≥ σ_2 ≥ … of the product, all min(n_0, n_N) of them. */
    double[] singularValues(int run);

    /** ‖P_T(W − truth)‖_F/‖P_T truth‖_F; NaN where the problem has no test error. */
    double testError(int run);

    /**
     * The singular values of W_j, descending; only if they were asked for.
     *
     * @param j 1 … N
     */
    double[] factorSingularValues(int run, int j);

    /** max_j ‖W_{j+1}ᵀW_{j+1} − W_jW_jᵀ‖_F, 0 for N = 1; only if it was asked for. */
    double balancedness(int run);

    /** W = W_N ⋯ W_1, n_N×n_0. */
    Matrix product(int run);

    /** The product for later use, when this state is no longer valid; made only when it is asked for. */
    default Supplier<Matrix> keptProduct(int run) {
        Matrix product = product(run);
        return () -> product;
    }

    /**
     * W_j, n_j×n_{j−1}.
     *
     * @param j 1 … N
     */
    Matrix factor(int run, int j);
}
