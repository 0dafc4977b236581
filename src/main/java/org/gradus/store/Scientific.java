package org.gradus.store;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * C's {@code %.16e}: 17 significant digits of the exact binary value, ties to even, at least two digits of exponent.
 * {@code String.format} pads Double.toString's shortest digits with zeros instead.
 */
public final class Scientific {
    private static final int DIGITS = 17;
    private static final MathContext ROUNDING = new MathContext(DIGITS, RoundingMode.HALF_EVEN);

    private Scientific() {}

    /** Such as -1.2345678901234567e-05; nan, inf and -inf for what is not finite. */
    public static String format(double value) {
        StringBuilder out = new StringBuilder(25);
        append(out, value);
        return out.toString();
    }

    /** Appends what {@link #format} returns. */
    public static void append(StringBuilder out, double value) {
        if (Double.isNaN(value)) {
            out.append("nan");
            return;
        }
        if (Double.doubleToRawLongBits(value) < 0) {
            out.append('-');
        }
        double magnitude = Math.abs(value);
        if (Double.isInfinite(magnitude)) {
            out.append("inf");
        } else if (magnitude == 0) {
            appendDigits(out, "0", 0);
        } else {
            BigDecimal rounded = new BigDecimal(magnitude, ROUNDING);
            String digits = Long.toString(rounded.unscaledValue().longValueExact());
            appendDigits(out, digits, digits.length() - 1 - rounded.scale());
        }
    }

    /** d.ddd… · 10^exponent. */
    private static void appendDigits(StringBuilder out, String digits, int exponent) {
        out.append(digits.charAt(0)).append('.').append(digits, 1, digits.length());
        out.append("0".repeat(DIGITS - digits.length())).append(exponent < 0 ? "e-" : "e+");
        int size = Math.abs(exponent);
        out.append(size < 10 ? "0" : "").append(size);
    }
}
