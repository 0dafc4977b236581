package org.gradus.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Common logarithms; values that have none (zero, negative, not finite) are gaps. Labels are powers of ten, every m-th
 * where the decades are many; within less than two decades 1, 2 and 5 times these. The decades' multiples are minor
 * marks where there is room.
 */
record LogScale(double lower, double upper) implements Scale {
    private static final int MOST_LABELS = 7;
    private static final int[] STRIDES = {1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 25, 50, 100};

    /** More marks than that along an axis merge. */
    private static final int MOST_MARKS = 30;

    private static final int MOST_DECADES_WITH_MINOR_MARKS = 6;

    LogScale {
        if (!(lower < upper) || !Double.isFinite(upper - lower)) {
            throw new IllegalArgumentException("no axis from 10^" + lower + " to 10^" + upper);
        }
    }

    /**
     * The axis for positive values from {@code least} to {@code greatest}; less than a decade is widened to the next 1,
     * 2 or 5 · 10ⁿ, so that there are always two labels.
     */
    static LogScale of(double least, double greatest) {
        double lower = Math.log10(least);
        double upper = Math.log10(greatest);
        if (upper - lower >= 1) {
            return new LogScale(lower, upper);
        }
        double below = nextLabel(lower, -1);
        double above = nextLabel(upper, 1);
        return new LogScale(below, above > below ? above : below + 1);
    }

    @Override
    public double position(double value) {
        return value > 0 && Double.isFinite(value) ? Math.log10(value) : Double.NaN;
    }

    @Override
    public List<Mark> marks() {
        return marks(lower, upper);
    }

    static List<Mark> marks(double lower, double upper) {
        double slack = 1e-9;
        int first = (int) Math.floor(lower + slack);
        int last = (int) Math.floor(upper + slack);
        int powers = last - (int) Math.ceil(lower - slack) + 1;
        int least = (powers + MOST_LABELS - 1) / MOST_LABELS;
        int stride = Arrays.stream(STRIDES).filter(s -> s >= least).findFirst().orElse(least);
        List<Mark> marks = new ArrayList<>();
        for (int exponent = first; exponent <= last; exponent++) {
            for (int factor = 1; factor <= 9; factor++) {
                double position = exponent + Math.log10(factor);
                boolean visible = position >= lower - slack && position <= upper + slack;
                boolean wanted = factor == 1
                        ? powers <= MOST_MARKS || Math.floorMod(exponent, stride) == 0
                        : powers <= MOST_DECADES_WITH_MINOR_MARKS;
                if (visible && wanted) {
                    marks.add(new Mark(position, label(factor, exponent, powers, stride)));
                }
            }
        }
        return List.copyOf(marks);
    }

    private static String label(int factor, int exponent, int powers, int stride) {
        if (powers < 2) {
            return factor == 1 || factor == 2 || factor == 5 ? Numerals.number(factor, exponent) : "";
        }
        return factor == 1 && Math.floorMod(exponent, stride) == 0 ? Numerals.powerOfTen(exponent) : "";
    }

    /** The position of 1, 2 or 5 · 10ⁿ at or next to the given one, below for direction −1, above for +1. */
    private static double nextLabel(double position, int direction) {
        int exponent = (int) Math.floor(position);
        double best = direction < 0 ? exponent : exponent + 1;
        for (int factor : new int[] {1, 2, 5}) {
            double candidate = exponent + Math.log10(factor);
            boolean beyond = direction * (candidate - position) >= -1e-12;
            if (beyond && direction * (best - candidate) > 0) {
                best = candidate;
            }
        }
        return best;
    }
}
