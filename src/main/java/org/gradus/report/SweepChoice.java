package org.gradus.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What of a sweep is to be drawn.
 *
 * @param measures columns of its table
 * @param across index of the key that runs across
 * @param up index of a second one; a sweep over one key has none
 */
public record SweepChoice(List<String> measures, int across, Optional<Integer> up) {
    /** Those of a table that say most, as far as the runs have them, and the first plateaus. */
    private static final List<String> USUAL =
            List.of("loss", "effective_rank", "test_error", "steps", "plateau_1", "plateau_2", "plateau_3");

    public SweepChoice {
        measures = List.copyOf(measures);
    }

    /**
     * The keys with the most values, seeds only where there is no other; the usual measures that differ between runs.
     * Empty where nothing was swept, or no run has a number.
     */
    public static Optional<SweepChoice> of(SweepRuns runs) {
        List<Integer> keys = runs.varied().stream()
                .sorted(Comparator.comparing(runs::isSeed)
                        .thenComparing(key -> -runs.values(key).size()))
                .toList();
        List<String> measures = USUAL.stream()
                .filter(measure -> runs.runs().stream()
                                .mapToDouble(run -> run.measure(measure))
                                .filter(Double::isFinite)
                                .distinct()
                                .count()
                        > 1)
                .toList();
        Optional<Integer> up =
                keys.stream().skip(1).filter(key -> !runs.isSeed(key)).findFirst();
        return keys.isEmpty() || measures.isEmpty()
                ? Optional.empty()
                : Optional.of(new SweepChoice(measures, keys.get(0), up));
    }
}
