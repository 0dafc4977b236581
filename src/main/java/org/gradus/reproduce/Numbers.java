package org.gradus.reproduce;

import java.util.Arrays;
import java.util.Locale;

/** Numbers as people read them, and a little arithmetic of tables. */
final class Numbers {
    private Numbers() {}

    /** Whole numbers below a million as they are, others with three significant digits. */
    static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6
                ? String.format(Locale.ROOT, "%d", (long) value)
                : String.format(Locale.ROOT, "%.3g", value);
    }

    /** The same without zeros at the end of its decimals. */
    static String brief(double value) {
        String text = text(value);
        return text.contains(".") ? text.replaceFirst("0+($|e)", "$1").replaceFirst("\\.($|e)", "$1") : text;
    }

    /** |value − expected|/|expected|. */
    static double deviation(double value, double expected) {
        return Math.abs(value - expected) / Math.abs(expected);
    }

    /** The largest; NaN where one is NaN or there is none. */
    static double largest(double... values) {
        return Arrays.stream(values).max().orElse(Double.NaN);
    }

    /** The smallest; NaN where one is NaN or there is none. */
    static double smallest(double... values) {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }

    /** The middle value, or the mean of the two; NaN where one is NaN or there is none. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted); // NaN at the end
        int n = sorted.length;
        if (n == 0 || Double.isNaN(sorted[n - 1])) {
            return Double.NaN;
        }
        return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }
}
