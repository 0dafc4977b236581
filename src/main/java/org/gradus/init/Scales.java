package org.gradus.init;

import java.util.Locale;

/** The two ways in which authors state how large a start is: α per factor, s = α^N for the product. */
public final class Scales {
    private Scales() {}

    /** α = s^{1/N}. */
    public static double perFactor(double productScale, int depth) {
        return Math.pow(productScale, 1.0 / depth);
    }

    static String describe(double scale, int depth) {
        return String.format(Locale.ROOT, "scale %.6g per factor, %.6g for the product", scale, Math.pow(scale, depth));
    }

    static String onlySquare(String kind, Dimensions dimensions) {
        return kind + " factors are multiples of the identity, so all sizes must be equal, not " + dimensions.sizes()
                + "; use kind: balanced (the same dynamics for any shape) or orthogonal";
    }
}
