package org.gradus.baseline;

import org.gradus.linalg.Gram;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;

/**
 * A_i = a_i b_iᵀ, never expanded.
 *
 * @param a rows×m, column i is a_i
 * @param b cols×m, column i is b_i
 */
public record RankOneOperators(Matrix a, Matrix b) implements LinearMap {

    /** @throws IllegalArgumentException if there are not as many a_i as b_i */
    public RankOneOperators {
        if (a.cols() != b.cols()) {
            throw new IllegalArgumentException(a.cols() + " left vectors, but " + b.cols() + " right ones");
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

    /** ⟨a_i b_iᵀ, W⟩ = (Wᵀa_i)ᵀ b_i. */
    @Override
    public double[] apply(Matrix w) {
        Matrix products = Lapack.transposedTimes(w, a);
        double[] out = new double[count()];
        for (int i = 0; i < out.length; i++) {
            for (int j = 0; j < cols(); j++) {
                out[i] += products.get(j, i) * b.get(j, i);
            }
        }
        return out;
    }

    /** Σ c_i a_i b_iᵀ. */
    @Override
    public Matrix adjoint(double[] c) {
        Matrix scaled = a.copy();
        for (int i = 0; i < c.length; i++) {
            for (int j = 0; j < rows(); j++) {
                scaled.set(j, i, c[i] * a.get(j, i));
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

    @Override
    public double squaredNorm() {
        double sum = 0;
        for (int i = 0; i < count(); i++) {
            double left = 0;
            double right = 0;
            for (int j = 0; j < rows(); j++) {
                left += a.get(j, i) * a.get(j, i);
            }
            for (int j = 0; j < cols(); j++) {
                right += b.get(j, i) * b.get(j, i);
            }
            sum += left * right;
        }
        return sum;
    }
}
