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

    /** {@link #usual The usual} measures over the keys that {@link #of(SweepRuns, List)} takes. */
    public static Optional<SweepChoice> of(SweepRuns runs) {
        return of(runs, usual(runs));
    }

    /** Over the keys with the most values, but for seeds. Empty where nothing else was swept, or no measure is given. */
    public static Optional<SweepChoice> of(SweepRuns runs, List<String> measures) {
        List<Integer> keys = runs.varied().stream()
                .filter(key -> !runs.isSeed(key))
                .sorted(Comparator.comparing(key -> -runs.values(key).size()))
                .toList();
        return keys.isEmpty() || measures.isEmpty()
                ? Optional.empty()
                : Optional.of(new SweepChoice(
                        measures, keys.get(0), keys.stream().skip(1).findFirst()));
    }

    /** The usual measures that differ between runs. */
    public static List<String> usual(SweepRuns runs) {
        return USUAL.stream()
                .filter(measure -> runs.runs().stream()
                                .mapToDouble(run -> run.measure(measure))
                                .filter(Double::isFinite)
                                .distinct()
                                .count()
                        > 1)
                .toList();
    }
}
