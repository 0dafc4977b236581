package org.gradus.linalg;

/** The identity: every entry of W is observed, column by column. */
public record EveryEntry(int rows, int cols) implements LinearMap {

    @Override
    public int count() {
        return Math.multiplyExact(rows, cols);
    }

    @Override
    public double[] apply(Matrix w) {
        return w.data().clone();
    }

    @Override
    public Matrix adjoint(double[] y) {
        return new Matrix(rows, cols, y.clone());
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
