package org.gradus.observe;

/**
 * Measures of complexity of a matrix from its singular values σ_1 ≥ σ_2 ≥ … ≥ 0. All are NaN for the zero matrix, of which
 * none is defined.
 */
public final class Ranks {
    private Ranks() {}

    /** r(W) = Σσ_i/σ_1, nuclear over spectral norm: the measure of Chou, Gieshoff, Maly and Rauhut. */
    public static double effective(double[] values) {
        return nuclearNorm(values) / spectralNorm(values);
    }

    /** ‖W‖_F²/‖W‖². */
    public static double stable(double[] values) {
        double sum = 0;
        for (double value : values) {
            double ratio = value / values[0];
            sum += ratio * ratio;
        }
        return sum;
    }

    /** exp(−Σ p_i ln p_i), p_i = σ_i/Σσ (O. Roy and M. Vetterli, EUSIPCO 2007); 0·ln 0 is 0. */
    public static double entropy(double[] values) {
        double sum = nuclearNorm(values);
        if (!(sum > 0)) {
            return Double.NaN;
        }
        double entropy = 0;
        for (double value : values) {
            double share = value / sum;
            entropy -= share > 0 ? share * Math.log(share) : 0;
        }
        return Math.exp(entropy);
    }

    /** ‖W‖_* = Σσ_i. */
    public static double nuclearNorm(double[] values) {
        double sum = 0;
        for (int i = values.length - 1; i >= 0; i--) {
            sum += values[i];
        }
        return sum;
    }

    /** ‖W‖ = σ_1. */
    public static double spectralNorm(double[] values) {
        return values[0];
    }

    /** ‖W‖_F = √Σσ_i², scaled by σ_1 so that nothing overflows. */
    public static double frobeniusNorm(double[] values) {
        return values[0] == 0 ? 0 : values[0] * Math.sqrt(stable(values));
    }
}
