package org.gradus.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers with few digits, since a page of many runs is mostly numbers. */
final class Digits {
    /** One part in 10⁴ and better: less than a pixel of any chart. */
    static final int SIGNIFICANT = 5;

    /** Powers of ten up to this one are exact doubles. */
    private static final int LARGEST_EXACT = 22;

    private static final MathContext ROUNDED = new MathContext(SIGNIFICANT, RoundingMode.HALF_EVEN);

    private Digits() {}

    /** The double nearest to the value's first {@value #SIGNIFICANT} digits; what is not finite stays. */
    static double rounded(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return value;
        }
        int places = SIGNIFICANT - 1 - (int) Math.floor(Math.log10(Math.abs(value)));
        if (Math.abs(places) > LARGEST_EXACT) {
            return new BigDecimal(value).round(ROUNDED).doubleValue();
        }
        double power = Math.pow(10, Math.abs(places));
        return places >= 0 ? Math.rint(value * power) / power : Math.rint(value / power) * power;
    }

    static double[] rounded(double[] values) {
        double[] rounded = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = rounded(values[i]);
        }
        return rounded;
    }

    /** As a table shows it: whole numbers as they are, others with {@value #SIGNIFICANT} digits. */
    static String text(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        double rounded = rounded(value);
        double size = Math.abs(rounded);
        if (!Double.isFinite(value) || (size >= 1e-3 && size < 1e5)) {
            return Double.isFinite(value)
                    ? new BigDecimal(Double.toString(rounded))
                            .stripTrailingZeros()
                            .toPlainString()
                    : "–";
        }
        String scientific = Double.toString(rounded).replace("E", "e");
        return scientific.replace(".0e", "e");
    }
}
