package org.gradus.linalg;

import java.util.Arrays;

/** Estimates U diag(f(σ)) Vᵀ of a matrix U diag(σ) Vᵀ: its singular vectors stay, its singular values change. */
public final class SpectralEstimates {
    private SpectralEstimates() {}

    /**
     * The matrix of rank ≤ L nearest in the Frobenius and the spectral norm: f(σ_i) = σ_i for i ≤ L, else 0 (C. Eckart and
     * G. Young, Psychometrika 1, 1936).
     *
     * @param rank 0 ≤ L ≤ k, the number of singular values
     */
    public static Matrix truncated(Lapack.Svd svd, int rank) {
        if (rank < 0 || rank > svd.values().length) {
            throw new IllegalArgumentException("rank " + rank + " of " + svd.values().length + " singular values");
        }
        return withValues(svd, Arrays.copyOf(Arrays.copyOf(svd.values(), rank), svd.values().length));
    }

    /**
     * argmin_X ½‖X − A‖_F² + τ‖X‖_*, the proximal operator of the nuclear norm: f(σ) = max(σ − τ, 0) (J.-F. Cai, E. Candès and
     * Z. Shen, SIAM J. Optim. 20, 2010).
     *
     * @param threshold τ ≥ 0
     */
    public static Matrix softened(Lapack.Svd svd, double threshold) {
        if (!(threshold >= 0)) {
            throw new IllegalArgumentException("a threshold of " + threshold + "; it is 0 or more");
        }
        return withValues(
                svd,
                Arrays.stream(svd.values())
                        .map(value -> Math.max(value - threshold, 0))
                        .toArray());
    }

    /**
     * U diag(p) Vᵀ, rows×cols.
     *
     * @param values p, of any sign and order, as many as σ; columns with p_i = 0 cost nothing beyond the last other one
     */
    public static Matrix withValues(Lapack.Svd svd, double[] values) {
        int k = svd.values().length;
        if (values.length != k) {
            throw new IllegalArgumentException(values.length + " values for " + k + " singular vectors");
        }
        int used = k;
        while (used > 0 && values[used - 1] == 0) {
            used--;
        }
        int rows = svd.u().rows();
        int cols = svd.vt().cols();
        if (used == 0) {
            return Matrix.zeros(rows, cols);
        }
        Matrix left = new Matrix(rows, used, Arrays.copyOf(svd.u().data(), rows * used));
        Matrix right = Matrix.zeros(used, cols);
        for (int j = 0; j < cols; j++) {
            for (int i = 0; i < used; i++) {
                right.set(i, j, values[i] * svd.vt().get(i, j));
            }
        }
        return Lapack.times(left, right);
    }
}
