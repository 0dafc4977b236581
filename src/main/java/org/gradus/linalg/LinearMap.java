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
}
