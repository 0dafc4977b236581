package org.gradus.theory;

/**
 * A start that splits into scalars: W_1 = (α−β)·I, the other factors α·I (in the target's eigenbasis), β = 0 for identical and
 * balanced starts.
 *
 * @param depth N ≥ 1
 * @param scale α > 0
 * @param perturbation β, 0 for none, else 0 &lt; β ≤ α
 */
public record Start(int depth, double scale, double perturbation) {
    public Start {
        if (depth < 1) {
            throw new IllegalArgumentException("depth " + depth + " is not a number of factors; 1 or more");
        }
        if (!(scale > 0) || Double.isInfinite(scale)) {
            throw new IllegalArgumentException("scale " + scale + " is not a positive finite number");
        }
        if (!(perturbation >= 0 && perturbation <= scale)) {
            throw new IllegalArgumentException(
                    "perturbation " + perturbation + " is outside (0, " + scale + "], the scale being " + scale);
        }
    }

    /** W_j = αI for all j. */
    public static Start identical(int depth, double scale) {
        return new Start(depth, scale, 0);
    }

    /** W_1 = (α−β)I, the others αI; 0 &lt; β ≤ α. */
    public static Start perturbed(int depth, double scale, double perturbation) {
        if (!(perturbation > 0)) {
            throw new IllegalArgumentException(
                    "perturbation " + perturbation + " is outside (0, " + scale + "], the scale being " + scale);
        }
        return new Start(depth, scale, perturbation);
    }

    public boolean isPerturbed() {
        return perturbation > 0;
    }

    /** α − β, the value of W_1. */
    public double first() {
        return scale - perturbation;
    }

    /**
     * lim |p| of a mode under a stable step size: |λ|, but 0 for λ &lt; 0 where the two signs of d cannot be told apart by the
     * gradient (identical start, N ≥ 2: d = 0 is never passed).
     */
    public double limit(double lambda) {
        return lambda < 0 && !isPerturbed() && depth > 1 ? 0 : Math.abs(lambda);
    }

    @Override
    public String toString() {
        return isPerturbed()
                ? "perturbed start, N = " + depth + ", α = " + scale + ", β = " + perturbation
                : "identical start, N = " + depth + ", α = " + scale;
    }
}
