package org.gradus.theory;

/**
 * How far the effective rank may be from r(Ŵ_L) on the plateau of rank L.
 *
 * @param value &gt; 0; a fraction of r(Ŵ_L) where relative, else in ranks
 */
public record Tolerance(double value, boolean relative) {
    public Tolerance {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("tolerance " + value + " is not a positive finite number");
        }
    }

    public static Tolerance relative(double fraction) {
        return new Tolerance(fraction, true);
    }

    public static Tolerance absolute(double ranks) {
        return new Tolerance(ranks, false);
    }

    /** The half width, in ranks, of the band around r. */
    public double around(double effectiveRank) {
        return relative ? value * effectiveRank : value;
    }
}
