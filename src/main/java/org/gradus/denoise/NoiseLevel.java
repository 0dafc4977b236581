package org.gradus.denoise;

import java.util.OptionalDouble;

/**
 * What the singular values of W = (low rank) + (independent entries of standard deviation σ) tell about the noise (M. Gavish and
 * D. Donoho, The Optimal Hard Threshold for Singular Values is 4/√3, IEEE Trans. Inf. Theory 60, 2014). n = max(rows, cols), β =
 * min(rows, cols)/n, μ_β the median of the law of Marčenko and Pastur.
 */
public final class NoiseLevel {
    /** The law is that of large matrices; below this many singular values their median says little. */
    public static final int FEWEST = 10;

    private NoiseLevel() {}

    /**
     * σ̂ = median(σ_i)/√(n·μ_β). It holds where the signal has few of the singular values, and is too large by as much as it
     * moves their median; texture that reaches through the whole spectrum counts as noise.
     *
     * @return empty where the matrix has fewer than {@link #FEWEST} singular values, or less than half of full rank
     */
    public static OptionalDouble estimate(NoisyMatrix noisy) {
        double median = median(noisy.values());
        return noisy.values().length < FEWEST || 2 * noisy.rank() <= noisy.values().length
                ? OptionalDouble.empty()
                : OptionalDouble.of(median / Math.sqrt(larger(noisy) * MarchenkoPastur.median(beta(noisy))));
    }

    /**
     * λ*(β)·√n·σ, λ*(β) = √(2(β+1) + 8β/((β+1) + √(β²+14β+1))): the threshold of which hard thresholding has the least
     * asymptotic mean squared error; 4/√3·√n·σ for square matrices.
     */
    public static double hardThreshold(NoisyMatrix noisy, double sigma) {
        double beta = beta(noisy);
        double star = Math.sqrt(2 * (beta + 1) + 8 * beta / (beta + 1 + Math.sqrt(beta * beta + 14 * beta + 1)));
        return star * Math.sqrt(larger(noisy)) * sigma;
    }

    /** Of descending values. */
    static double median(double[] values) {
        int k = values.length;
        return (values[(k - 1) / 2] + values[k / 2]) / 2;
    }

    private static double larger(NoisyMatrix noisy) {
        return Math.max(noisy.rows(), noisy.cols());
    }

    private static double beta(NoisyMatrix noisy) {
        return Math.min(noisy.rows(), noisy.cols()) / larger(noisy);
    }
}
