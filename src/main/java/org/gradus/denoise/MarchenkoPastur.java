package org.gradus.denoise;

/**
 * The law of V. Marčenko and L. Pastur (Math. USSR Sb. 1, 1967): the limit of the eigenvalues of XXᵀ/n, X m×n with independent
 * entries of variance 1 and m/n → β in (0, 1]. Its density on [(1−√β)², (1+√β)²] is √((β₊ − x)(x − β₋))/(2πβx); with x = 1 + β +
 * 2√β cos θ the probability of what lies above x(θ) is (2/π)∫_0^θ sin²t/(1 + β + 2√β cos t) dt.
 */
final class MarchenkoPastur {
    private static final int INTERVALS = 4096;

    private MarchenkoPastur() {}

    /** μ_β, to about eight digits. */
    static double median(double beta) {
        if (!(beta > 0 && beta <= 1)) {
            throw new IllegalArgumentException("a ratio of sides " + beta + " is outside (0, 1]");
        }
        double low = 0;
        double high = Math.PI;
        for (int halving = 0; halving < 50; halving++) {
            double middle = (low + high) / 2;
            if (above(beta, middle) < 0.5) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return point(beta, low);
    }

    private static double point(double beta, double theta) {
        return 1 + beta + 2 * Math.sqrt(beta) * Math.cos(theta);
    }

    /** The probability of [x(θ), β₊], by Simpson's rule. */
    static double above(double beta, double theta) {
        double width = theta / INTERVALS;
        double sum = 0;
        for (int i = 0; i <= INTERVALS; i++) {
            double weight = i == 0 || i == INTERVALS ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * integrand(beta, i * width);
        }
        return 2 / Math.PI * sum * width / 3;
    }

    /** Bounded by (1 − cos t)/2 ≤ 1, which it is for β = 1, where numerator and denominator vanish together at π. */
    private static double integrand(double beta, double t) {
        double sine = Math.sin(t);
        double denominator = point(beta, t);
        return beta == 1 ? (1 - Math.cos(t)) / 2 : sine * sine / denominator;
    }
}
