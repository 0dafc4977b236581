package org.gradus.linalg;

/**
 * Operators A_i = a_i b_iᵀ, never expanded: A(W)_i = a_iᵀ W b_i, A*(y) = A diag(y) Bᵀ.
 *
 * @param a rows×m, column i is a_i
 * @param b cols×m, column i is b_i
 */
public record RankOneOperators(Matrix a, Matrix b) implements LinearMap {

    /** @throws IllegalArgumentException if a and b differ in their number of columns */
    public RankOneOperators {
        if (a.cols() != b.cols()) {
            throw new IllegalArgumentException("as many a_i as b_i, not " + a.cols() + " and " + b.cols());
        }
    }

    @Override
    public int rows() {
        return a.rows();
    }

    @Override
    public int cols() {
        return b.rows();
    }

    @Override
    public int count() {
        return a.cols();
    }

    @Override
    public double[] apply(Matrix w) {
        Matrix images = Lapack.times(w, b);
        double[] y = new double[count()];
        for (int i = 0; i < y.length; i++) {
            for (int row = 0; row < rows(); row++) {
                y[i] += a.get(row, i) * images.get(row, i);
            }
        }
        return y;
    }

    @Override
    public Matrix adjoint(double[] y) {
        Matrix scaled = a.copy();
        for (int i = 0; i < y.length; i++) {
            for (int row = 0; row < rows(); row++) {
                scaled.set(row, i, y[i] * a.get(row, i));
            }
        }
        return Lapack.timesTransposed(scaled, b);
    }

    /** ⟨A_i, A_j⟩ = (a_iᵀa_j)(b_iᵀb_j). */
    @Override
    public Matrix gram() {
        Matrix gram = Gram.ofCols(a);
        double[] right = Gram.ofCols(b).data();
        for (int k = 0; k < right.length; k++) {
            gram.data()[k] *= right[k];
        }
        return gram;
    }

    /** ‖a_i b_iᵀ‖_F² = ‖a_i‖²‖b_i‖². */
    @Override
    public double squaredNorm() {
        double sum = 0;
        for (int i = 0; i < count(); i++) {
            sum += squaredColumn(a, i) * squaredColumn(b, i);
        }
        return sum;
    }

    private static double squaredColumn(Matrix matrix, int col) {
        double sum = 0;
        for (int i = 0; i < matrix.rows(); i++) {
            sum += matrix.get(i, col) * matrix.get(i, col);
        }
        return sum;
    }
}
