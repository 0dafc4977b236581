package org.gradus.report;

import java.util.Arrays;
import java.util.List;
import org.gradus.report.SweepRuns.Run;

/**
 * Runs that agree in the keys of a figure.
 *
 * @param mean of the measure over the runs that have one; NaN where none has
 * @param least of them
 * @param greatest of them
 * @param runs how many there are
 * @param counted how many have the measure
 * @param lostOutcomes distinct ends of those that came to nothing
 */
record SweepCell(double mean, double least, double greatest, int runs, int counted, List<String> lostOutcomes) {

    static SweepCell of(List<Run> runs, String measure, boolean geometric) {
        double[] values = runs.stream()
                .mapToDouble(run -> run.measure(measure))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        List<String> lost =
                runs.stream().filter(Run::isLost).map(Run::outcome).distinct().toList();
        if (values.length == 0) {
            return new SweepCell(Double.NaN, Double.NaN, Double.NaN, runs.size(), 0, lost);
        }
        double least = values[0];
        double greatest = values[values.length - 1];
        double mean = geometric
                ? Math.exp(Arrays.stream(values).map(Math::log).sum() / values.length)
                : Arrays.stream(values).map(value -> value / values.length).sum();
        double within = Math.max(least, Math.min(greatest, mean)); // whatever rounding does to equal values
        return new SweepCell(within, least, greatest, runs.size(), values.length, lost);
    }

    boolean hasValue() {
        return counted > 0;
    }

    /** Whether no run belongs here. */
    boolean isEmpty() {
        return runs == 0;
    }

    /** Whether there is no value since all runs came to nothing. */
    boolean isLost() {
        return !hasValue() && !lostOutcomes.isEmpty();
    }

    /** Whether the value is that of some of the runs only. */
    boolean isPartlyLost() {
        return hasValue() && !lostOutcomes.isEmpty();
    }
}
