package org.gradus.linalg;

/** A linear map A from rows×cols matrices to count numbers, A(W)_i = ⟨A_i, W⟩, with its adjoint, in host memory. */
public interface LinearMap {

    int rows();

    int cols();

    /** m, how many numbers come out. */
    int count();

    /** A(W). */
    double[] apply(Matrix w);

    /** A*(y) = Σ y_i A_i. */
    Matrix adjoint(double[] y);

    /** A*A(W), in one pass over the operators where that saves time. */
    default Matrix normal(Matrix w) {
        return adjoint(apply(w));
    }

    /** AA*, the m×m matrix of ⟨A_i, A_j⟩, new; for m² &lt; 2³¹ only. */
    Matrix gram();

    /** Σ‖A_i‖_F², the trace of AA*. */
    double squaredNorm();

    /** Whether AA* is the identity, so that it need not be formed. */
    default boolean hasOrthonormalOperators() {
        return false;
    }
}
