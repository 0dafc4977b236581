package org.gradus.reproduce;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether a claim holds: where every number does.
 *
 * @param measures at least one
 * @param remark what else was found, or what instead and why; may be empty
 */
public record Verdict(List<Measure> measures, String remark) {
    public Verdict {
        measures = List.copyOf(measures);
        if (measures.isEmpty()) {
            throw new IllegalArgumentException("a verdict needs a number");
        }
    }

    static Verdict of(Measure... measures) {
        return new Verdict(List.of(measures), "");
    }

    /** The same with a remark. */
    Verdict remarking(String text) {
        return new Verdict(measures, text);
    }

    public boolean holds() {
        return measures.stream().allMatch(Measure::holds);
    }

    /** {@code holds: largest deviation 3.1e-15 (≤ 1e-09)}; where it does not, the numbers that do not hold. */
    public String sentence() {
        return measures.stream()
                .filter(measure -> holds() || !measure.holds())
                .map(Measure::text)
                .collect(Collectors.joining("; ", holds() ? "holds: " : "does not hold: ", ""));
    }
}
