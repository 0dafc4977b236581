package org.gradus.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers of seven digits for people's tables. */
final class NumberText {
    private static final int DIGITS = 7;

    private NumberText() {}

    /** The nearest. */
    static String near(double value) {
        return rounded(value, RoundingMode.HALF_EVEN);
    }

    /** Rounded towards where a bound stays true. */
    static String rounded(double value, RoundingMode mode) {
        if (!Double.isFinite(value)) {
            return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return "0";
        }
        BigDecimal digits =
                new BigDecimal(value).round(new MathContext(DIGITS, mode)).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= -5 && exponent < 12) {
            return digits.toPlainString();
        }
        String mantissa = digits.movePointLeft(exponent).stripTrailingZeros().toPlainString();
        return String.format(Locale.ROOT, "%se%+03d", mantissa, exponent);
    }
}
