package org.gradus.report;

import java.util.ArrayList;
import java.util.List;

/** Values as they are, with four to eight marks at multiples of 1, 2 or 5 · 10ⁿ. */
record LinearScale(double lower, double upper) implements Scale {
    private static final int MOST_INTERVALS = 7;

    LinearScale {
        if (!(lower < upper) || !Double.isFinite(upper - lower)) {
            throw new IllegalArgumentException("no axis from " + lower + " to " + upper);
        }
    }

    /** The axis from {@code least} to {@code greatest}, widened where they agree to more digits than a label shows. */
    static LinearScale of(double least, double greatest) {
        double width = Math.max(Math.abs(least), Math.abs(greatest));
        if (!(greatest - least > 1e-9 * width)) {
            double margin = width > Double.MIN_NORMAL ? width / 2 : 1;
            return new LinearScale(least - margin, greatest + margin);
        }
        return new LinearScale(least, greatest);
    }

    @Override
    public double position(double value) {
        return Double.isFinite(value) ? value : Double.NaN;
    }

    @Override
    public List<Mark> marks() {
        double least = (upper - lower) / MOST_INTERVALS;
        int exponent = (int) Math.floor(Math.log10(least));
        double leading = least / Math.pow(10, exponent);
        long factor = leading <= 1 ? 1 : leading <= 2 ? 2 : leading <= 5 ? 5 : 1;
        exponent += leading > 5 ? 1 : 0;
        double interval = factor * Math.pow(10, exponent);
        List<Mark> marks = new ArrayList<>();
        long last = (long) Math.floor(upper / interval + 1e-9);
        for (long i = (long) Math.ceil(lower / interval - 1e-9); i <= last; i++) {
            marks.add(new Mark(i * interval, Numerals.mark(i * factor, exponent)));
        }
        return List.copyOf(marks);
    }
}
