package org.gradus.dynamics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gradus.init.Dimensions;
import org.gradus.init.Initialization;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.LowRank;
import org.gradus.linalg.Matrix;

/**
 * The subspace in which a low-rank problem lives (docs/theory.md, exact reduction to the signal subspace). With W_j(0) = εQ_j
 * and F_j = Q_j ⋯ Q_1, S is the range of Ψ = F_NᵀŴ and of Ψᵀ together, B (n×s) an orthonormal basis of it.
 *
 * @param basis B
 * @param target BᵀΨB, s×s
 * @param frames F_jB, n×s, j = 0 … N
 */
record SubspaceBasis(Matrix basis, Matrix target, List<Matrix> frames) {
    /** Directions that two orthonormal frames share up to this angle count once. */
    private static final double SAME_DIRECTION = 1e-12;

    /**
     * Builds the basis.
     *
     * @param scale ε, by which the start's factors are multiples of orthogonal matrices
     */
    static SubspaceBasis of(LowRank lowRank, Initialization start, double scale, Dimensions dimensions) {
        int depth = dimensions.depth();
        Matrix back = lowRank.u();
        for (int j = depth; j >= 1; j--) {
            back = scaled(Lapack.transposedTimes(start.factor(j, dimensions), back), 1 / scale);
        }
        Matrix basis = commonBasis(back, lowRank.v());
        Matrix left = Lapack.transposedTimes(basis, back);
        for (int mode = 0; mode < left.cols(); mode++) {
            for (int i = 0; i < left.rows(); i++) {
                left.set(i, mode, left.get(i, mode) * lowRank.values()[mode]);
            }
        }
        Matrix target = Lapack.timesTransposed(left, Lapack.transposedTimes(basis, lowRank.v()));
        List<Matrix> frames = new ArrayList<>(List.of(basis));
        for (int j = 1; j <= depth; j++) {
            frames.add(scaled(Lapack.times(start.factor(j, dimensions), frames.get(j - 1)), 1 / scale));
        }
        return new SubspaceBasis(basis, target, frames);
    }

    /** s. */
    int size() {
        return basis.cols();
    }

    /** An orthonormal basis of the sum of two ranges: left singular vectors of [X Y] whose value is not rounding. */
    private static Matrix commonBasis(Matrix x, Matrix y) {
        double[] both = Arrays.copyOf(x.data(), x.data().length + y.data().length);
        System.arraycopy(y.data(), 0, both, x.data().length, y.data().length);
        Lapack.Svd svd = Lapack.svd(new Matrix(x.rows(), x.cols() + y.cols(), both));
        int size = (int) Arrays.stream(svd.values())
                .filter(value -> value > SAME_DIRECTION)
                .count();
        return new Matrix(x.rows(), size, Arrays.copyOf(svd.u().data(), x.rows() * size));
    }

    private static Matrix scaled(Matrix matrix, double factor) {
        for (int i = 0; i < matrix.data().length; i++) {
            matrix.data()[i] *= factor;
        }
        return matrix;
    }
}
