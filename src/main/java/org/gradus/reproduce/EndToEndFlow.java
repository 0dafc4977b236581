package org.gradus.reproduce;

import java.util.List;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.SparseMatrix;
import org.gradus.linalg.Spectrum;

/**
 * The gradient flow of the product alone, from balanced factors (S. Arora, N. Cohen, E. Hazan, On the optimization of deep
 * networks, 2018, theorem 1):
 *
 * <pre>    Ẇ = −Σ_j (WWᵀ)^{(N−j)/N} G (WᵀW)^{(j−1)/N}
 *       = −U (UᵀGV ∘ K) Vᵀ,   K_ab = Σ_j σ_a^{2(N−j)/N} σ_b^{2(j−1)/N},   W = U diag(σ) Vᵀ.</pre>
 *
 * <p>Its diagonal is σ̇_i = −N σ_i^{2−2/N} u_iᵀGv_i (Arora et al. 2019, theorem 3), its rest the motion of the singular vectors.
 */
final class EndToEndFlow {
    private final SparseMatrix observed;
    private final int depth;
    private final double rate;

    /**
     * @param observed entries, of the loss ½Σr²
     * @param depth N
     * @param rate time of a step of the descent
     */
    EndToEndFlow(SparseMatrix observed, int depth, double rate) {
        this.observed = observed;
        this.depth = depth;
        this.rate = rate;
    }

    /**
     * By the classical Runge–Kutta method.
     *
     * @param start W(0)
     * @param stride of one step of the method, in steps of the descent
     * @param strides of them
     * @param spectra takes the singular values at the start and after each stride
     * @return W at the end
     */
    Matrix integrate(Matrix start, int stride, int strides, List<double[]> spectra) {
        double time = rate * stride;
        Matrix w = start.copy();
        spectra.add(Spectrum.of(w));
        for (int k = 0; k < strides; k++) {
            Matrix first = velocity(w);
            Matrix second = velocity(sum(w, time / 2, first));
            Matrix third = velocity(sum(w, time / 2, second));
            Matrix fourth = velocity(sum(w, time, third));
            w = sum(sum(sum(sum(w, time / 6, first), time / 3, second), time / 3, third), time / 6, fourth);
            spectra.add(Spectrum.of(w));
        }
        return w;
    }

    private Matrix velocity(Matrix w) {
        double[] residual = observed.gather(w);
        for (int k = 0; k < residual.length; k++) {
            residual[k] -= observed.values()[k];
        }
        Matrix gradient = observed.with(residual).dense();
        Lapack.Svd svd = Lapack.svd(w.copy());
        Matrix inner = Lapack.timesTransposed(Lapack.transposedTimes(svd.u(), gradient), svd.vt());
        double[] powers = powers(svd.values());
        int n = svd.values().length;
        for (int b = 0; b < n; b++) {
            for (int a = 0; a < n; a++) {
                double kernel = 0;
                for (int j = 1; j <= depth; j++) {
                    kernel += Math.pow(powers[a], depth - j) * Math.pow(powers[b], j - 1);
                }
                inner.set(a, b, -kernel * inner.get(a, b));
            }
        }
        return Lapack.times(Lapack.times(svd.u(), inner), svd.vt());
    }

    /** σ^{2/N}. */
    private double[] powers(double[] values) {
        double[] powers = new double[values.length];
        for (int i = 0; i < powers.length; i++) {
            powers[i] = Math.pow(values[i], 2.0 / depth);
        }
        return powers;
    }

    private static Matrix sum(Matrix a, double factor, Matrix b) {
        double[] data = new double[a.data().length];
        for (int i = 0; i < data.length; i++) {
            data[i] = a.data()[i] + factor * b.data()[i];
        }
        return new Matrix(a.rows(), a.cols(), data);
    }
}
