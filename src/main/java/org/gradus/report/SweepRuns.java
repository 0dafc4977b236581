package org.gradus.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gradus.store.StoreException;

/**
 * What the table of a sweep tells of its runs.
 *
 * @param title of the sweep, kept in the figures' metadata
 * @param keys that were swept, dotted
 */
public record SweepRuns(String title, List<String> keys, List<Run> runs) {
    private static final double MOST = 1e300;
    private static final Set<String> TEXTS = Set.of("run", "outcome");

    /**
     * One run.
     *
     * @param values of the keys, in their order
     * @param outcome as in its manifest
     * @param measures by the name of their column; those that the run has
     */
    public record Run(List<String> values, String outcome, Map<String, Double> measures) {
        public Run {
            values = List.copyOf(values);
            measures = Map.copyOf(measures);
        }

        /** Whether its numbers are those of a run that came to nothing. */
        boolean isLost() {
            return outcome.equals("diverged") || outcome.equals("failed");
        }

        /** NaN where the run has none, is lost, or it is so large that no axis reaches there. */
        double measure(String name) {
            double value = isLost() ? Double.NaN : measures.getOrDefault(name, Double.NaN);
            return Math.abs(value) <= MOST ? value : Double.NaN;
        }
    }

    /** @throws IllegalArgumentException if a run has not one value for each key */
    public SweepRuns {
        keys = List.copyOf(keys);
        runs = List.copyOf(runs);
        for (Run run : runs) {
            if (run.values().size() != keys.size()) {
                throw new IllegalArgumentException(run.values() + " for the keys " + keys);
            }
        }
    }

    /**
     * @param rows of sweep.csv, cells by column
     * @throws StoreException if a key has no column, or a number is none
     */
    public static SweepRuns of(String title, List<String> keys, List<Map<String, String>> rows) {
        List<Run> runs = new ArrayList<>();
        for (Map<String, String> row : rows) {
            List<String> values = new ArrayList<>();
            for (String key : keys) {
                if (!row.containsKey(key)) {
                    throw new StoreException(title + ": sweep.csv has no column " + key + ", which was swept");
                }
                values.add(row.get(key));
            }
            Map<String, Double> measures = new LinkedHashMap<>();
            row.forEach((column, cell) -> {
                if (!TEXTS.contains(column) && !keys.contains(column) && !cell.isEmpty()) {
                    measures.put(column, number(title, column, cell));
                }
            });
            runs.add(new Run(values, row.getOrDefault("outcome", ""), measures));
        }
        return new SweepRuns(title, keys, runs);
    }

    private static double number(String title, String column, String cell) {
        try {
            return cell.toLowerCase(Locale.ROOT).matches("[+-]?(nan|inf|infinity)")
                    ? Double.NaN
                    : Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            throw new StoreException(title + ": sweep.csv, column " + column + ": '" + cell + "' is not a number", e);
        }
    }

    /** The measures that some run has, in the order in which they first come, those of the table first. */
    public List<String> measures() {
        Set<String> found = new LinkedHashSet<>();
        runs.forEach(run -> run.measures().forEach((name, value) -> {
            if (Double.isFinite(run.measure(name))) {
                found.add(name);
            }
        }));
        return found.stream().sorted().toList();
    }

    /** Distinct values of a key: ascending if all are numbers, else as they come. */
    List<String> values(int key) {
        List<String> distinct =
                runs.stream().map(run -> run.values().get(key)).distinct().toList();
        return distinct.stream().allMatch(SweepRuns::isNumber)
                ? distinct.stream()
                        .sorted((a, b) -> Double.compare(Double.parseDouble(a), Double.parseDouble(b)))
                        .toList()
                : distinct;
    }

    static boolean isNumber(String text) {
        try {
            return Double.isFinite(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Keys of more than one value. */
    List<Integer> varied() {
        return IntStream.range(0, keys.size())
                .filter(key -> values(key).size() > 1)
                .boxed()
                .toList();
    }

    /** Whether a key only tells repetitions apart. */
    boolean isSeed(int key) {
        return keys.get(key).matches("(.*\\.)?seed");
    }

    /** Keys that give runs a colour: all but seeds, if they make so few groups, else the first that does alone, else none. */
    public List<Integer> colouring(int most) {
        List<Integer> parameters = varied().stream().filter(key -> !isSeed(key)).toList();
        return groups(parameters) <= most
                ? parameters
                : parameters.stream()
                        .map(List::of)
                        .filter(alone -> groups(alone) <= most)
                        .findFirst()
                        .orElse(List.of());
    }

    private long groups(List<Integer> parameters) {
        return IntStream.range(0, runs.size())
                .mapToObj(run -> label(run, parameters))
                .distinct()
                .count();
    }

    /** The values that a run has of some keys: "depth 3, scale 0.1". */
    public String label(int run, List<Integer> parameters) {
        return parameters.stream()
                .map(key ->
                        name(key) + " " + SvgFile.legal(runs.get(run).values().get(key)))
                .collect(Collectors.joining(", "));
    }

    /** As a figure calls a key: its last part, or as many as tell it from the others. */
    String name(int key) {
        String[] parts = keys.get(key).split("\\.");
        for (int count = 1; count < parts.length; count++) {
            String end = String.join(".", List.of(parts).subList(parts.length - count, parts.length));
            if (keys.stream().filter(other -> ("." + other).endsWith("." + end)).count() == 1) {
                return spoken(end);
            }
        }
        return spoken(keys.get(key));
    }

    private static String spoken(String name) {
        return SvgFile.legal(name.replaceAll("[-_]", " ").replace(".", " "));
    }
}
