package org.gradus.denoise;

import org.gradus.linalg.Lapack;
import org.gradus.linalg.LowRank;
import org.gradus.linalg.Matrix;

/**
 * W, what is observed, with its thin singular value decomposition.
 *
 * @param name for messages: matrix, picture, red, green or blue channel
 * @param rank the numerical rank, 0 of the zero matrix
 */
public record NoisyMatrix(String name, Matrix data, Lapack.Svd svd, int rank) {

    /** Decomposes a matrix, which is left as it is. */
    public static NoisyMatrix of(String name, Matrix data) {
        Lapack.Svd svd = Lapack.svd(data.copy());
        double[] values = svd.values();
        int rank = values[0] == 0 ? 0 : LowRank.rank(values, data.rows(), data.cols());
        return new NoisyMatrix(name, data, svd, rank);
    }

    public int rows() {
        return data.rows();
    }

    public int cols() {
        return data.cols();
    }

    /** σ_1 ≥ σ_2 ≥ …, min(rows, cols) of them. */
    public double[] values() {
        return svd.values();
    }
}
