package org.gradus.init;

import java.util.Optional;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;

/**
 * Balanced spectral start. With Ŵ = UΣVᵀ and k the smallest size, W_1 = α Q_1 V_kᵀ, W_j = α Q_j Q_{j−1}ᵀ, W_N = α U_k
 * Q_{N−1}ᵀ, where Q_j are the first k columns of the identity of size n_j. So W(0) = α^N U_k V_kᵀ, every singular value
 * follows the scalar recursion of the identical start, and W_{j+1}ᵀW_{j+1} = W_j W_jᵀ.
 *
 * @param scale α
 * @param left U, n_N×min(n_0, n_N), the target's left singular vectors
 * @param rightTransposed Vᵀ, min(n_0, n_N)×n_0
 */
public record Balanced(double scale, Matrix left, Matrix rightTransposed) implements Initialization {

    /** The start that matches the singular vectors of a target. */
    public static Balanced matching(Matrix target, double scale) {
        Lapack.Svd svd = Lapack.svd(target.copy());
        return new Balanced(scale, svd.u(), svd.vt());
    }

    @Override
    public Optional<String> refusal(Dimensions dimensions) {
        return Optional.empty();
    }

    @Override
    public Matrix factor(int j, Dimensions dimensions) {
        int k = dimensions.smallest();
        boolean last = j == dimensions.depth();
        Matrix factor = Matrix.zeros(dimensions.size(j), dimensions.size(j - 1));
        if (last && j == 1) {
            Matrix start = Lapack.timesTransposed(leading(left, k), leading(rightTransposed.transposed(), k));
            for (int i = 0; i < start.data().length; i++) {
                factor.data()[i] = scale * start.data()[i];
            }
            return factor;
        }
        for (int mode = 0; mode < k; mode++) {
            if (last) {
                for (int i = 0; i < factor.rows(); i++) {
                    factor.set(i, mode, scale * left.get(i, mode));
                }
            } else if (j == 1) {
                for (int i = 0; i < factor.cols(); i++) {
                    factor.set(mode, i, scale * rightTransposed.get(mode, i));
                }
            } else {
                factor.set(mode, mode, scale);
            }
        }
        return factor;
    }

    private static Matrix leading(Matrix matrix, int k) {
        Matrix leading = Matrix.zeros(matrix.rows(), k);
        System.arraycopy(matrix.data(), 0, leading.data(), 0, leading.data().length);
        return leading;
    }

    @Override
    public double largestSingularValue(Dimensions dimensions) {
        return scale;
    }

    @Override
    public String describe(Dimensions dimensions) {
        return "balanced (spectral), " + Scales.describe(scale, dimensions.depth());
    }
}
