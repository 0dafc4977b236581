package org.gradus.linalg;

import java.util.Arrays;

/**
 * A matrix as U diag(σ) Vᵀ with as many singular values as are not rounding: σ_i > max(rows, cols)·2⁻⁵²·σ_1 (the numerical
 * rank as NumPy and MATLAB count it).
 *
 * @param u rows×r, orthonormal columns
 * @param values σ_1 ≥ … ≥ σ_r > 0
 * @param v cols×r, orthonormal columns
 */
public record LowRank(Matrix u, double[] values, Matrix v) {

    /** The decomposition of a matrix, which is left as it is. */
    public static LowRank of(Matrix matrix) {
        Lapack.Svd svd = Lapack.svd(matrix.copy());
        int rank = rank(svd.values(), matrix.rows(), matrix.cols());
        Matrix u = new Matrix(matrix.rows(), rank, Arrays.copyOf(svd.u().data(), matrix.rows() * rank));
        Matrix vFull = svd.vt().transposed();
        Matrix v = new Matrix(matrix.cols(), rank, Arrays.copyOf(vFull.data(), matrix.cols() * rank));
        return new LowRank(u, Arrays.copyOf(svd.values(), rank), v);
    }

    /** The numerical rank, at least 1, from descending singular values of a rows×cols matrix. */
    public static int rank(double[] values, int rows, int cols) {
        double least = Math.max(rows, cols) * Math.ulp(1.0) * values[0];
        int rank = 0;
        while (rank < values.length && values[rank] > least) {
            rank++;
        }
        return Math.max(rank, 1);
    }
}
