package org.gradus.report;

import java.util.List;
import java.util.stream.LongStream;

/** Values as they are, with a mark at every whole number. */
record WholeScale(double lower, double upper) implements Scale {
    WholeScale {
        if (!(lower < upper) || upper - lower > 100) {
            throw new IllegalArgumentException("no axis of whole numbers from " + lower + " to " + upper);
        }
    }

    @Override
    public double position(double value) {
        return Double.isFinite(value) ? value : Double.NaN;
    }

    @Override
    public List<Mark> marks() {
        return LongStream.rangeClosed((long) Math.ceil(lower), (long) Math.floor(upper))
                .mapToObj(i -> new Mark(i, Numerals.number(i, 0)))
                .toList();
    }
}
