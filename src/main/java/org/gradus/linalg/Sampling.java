package org.gradus.linalg;

/**
 * P_Ω as a list of entries: A_k picks the k-th place of a sparse matrix, in its order.
 *
 * @param places whose values play no role
 */
public record Sampling(SparseMatrix places) implements LinearMap {

    @Override
    public int rows() {
        return places.rows();
    }

    @Override
    public int cols() {
        return places.cols();
    }

    @Override
    public int count() {
        return places.count();
    }

    @Override
    public double[] apply(Matrix w) {
        return places.gather(w);
    }

    @Override
    public Matrix adjoint(double[] c) {
        return places.with(c).dense();
    }

    @Override
    public Matrix gram() {
        return Matrix.scaledIdentity(count(), 1);
    }

    @Override
    public double squaredNorm() {
        return count();
    }

    @Override
    public boolean hasOrthonormalOperators() {
        return true;
    }
}
