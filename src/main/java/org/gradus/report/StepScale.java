package org.gradus.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Common logarithms of the steps k ≥ 1. Step 0 has no logarithm: it stands at the left end of the axis under the label
 * "0", a twelfth of the axis before the first recorded positive step.
 */
record StepScale(boolean hasZero, double firstPositive, double upper) implements Scale {
    static final String LABEL = "step k";

    private static final double ZERO_GAP = 1.0 / 11;

    /** @param steps ascending, whole, at least one */
    static StepScale of(double[] steps) {
        boolean hasZero = steps[0] == 0;
        double first = hasZero ? (steps.length > 1 ? steps[1] : 1) : steps[0];
        double last = Math.max(first, steps[steps.length - 1]);
        LogScale range = LogScale.of(first, last);
        return new StepScale(hasZero, range.lower(), range.upper());
    }

    /** From the first recorded positive step of all runs to the last step of all. */
    static StepScale ofAll(List<double[]> runs) {
        DoubleSummaryStatistics positive = runs.stream()
                .flatMapToDouble(Arrays::stream)
                .filter(step -> step > 0)
                .summaryStatistics();
        DoubleStream zero = runs.stream().anyMatch(steps -> steps[0] == 0) ? DoubleStream.of(0) : DoubleStream.empty();
        DoubleStream range = positive.getCount() == 0
                ? DoubleStream.empty()
                : DoubleStream.of(positive.getMin(), positive.getMax()).distinct();
        return of(DoubleStream.concat(zero, range).toArray());
    }

    @Override
    public double lower() {
        return hasZero ? firstPositive - ZERO_GAP * (upper - firstPositive) : firstPositive;
    }

    @Override
    public double position(double step) {
        return step > 0 ? Math.log10(step) : lower();
    }

    /** The position of a step, or of a bound of one, or the end of the axis beyond which it lies. */
    double within(double step) {
        return Math.max(lower(), Math.min(upper, position(step)));
    }

    @Override
    public List<Mark> marks() {
        List<Mark> marks = new ArrayList<>();
        if (hasZero) {
            marks.add(new Mark(lower(), "0"));
        }
        marks.addAll(LogScale.marks(firstPositive, upper));
        return List.copyOf(marks);
    }
}
