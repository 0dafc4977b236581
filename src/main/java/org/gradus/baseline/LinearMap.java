package org.gradus.baseline;

import org.gradus.linalg.Matrix;

/** A: W ↦ (⟨A_1, W⟩, …, ⟨A_m, W⟩) on rows×cols matrices, and its adjoint A*: c ↦ Σ c_i A_i. */
public interface LinearMap {

    int rows();

    int cols();

    /** m. */
    int count();

    /** A(W), m numbers. */
    double[] apply(Matrix w);

    /** A*(c), a new rows×cols matrix. */
    Matrix adjoint(double[] c);

    /** AA*, the m×m matrix of ⟨A_i, A_j⟩, new. */
    Matrix gram();

    /** Σ‖A_i‖_F², the trace of AA*. */
    double squaredNorm();

    /** Whether AA* is the identity, so that it need not be formed. */
    default boolean hasOrthonormalOperators() {
        return false;
    }
}
