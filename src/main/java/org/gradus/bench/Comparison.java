package org.gradus.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cell by cell, the times of one result over those of another. */
public final class Comparison {
    private static final List<String> KEY = List.of("solver", "backend", "precision", "depth", "n", "runs");

    /**
     * A cell that both have.
     *
     * @param step median seconds of a step, second over first; record likewise
     * @param clear whether the quartiles of a step do not overlap
     */
    public record Ratio(String cell, double step, double record, boolean clear) {}

    /** Thrown where a tree is not the result of a benchmark. */
    public static final class MalformedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        MalformedException(String message) {
            super(message);
        }
    }

    private final List<Ratio> ratios = new ArrayList<>();
    private final List<String> onlyFirst = new ArrayList<>();
    private final List<String> onlySecond = new ArrayList<>();

    /** @throws MalformedException if one has no list {@code cells} as {@link Measured#tree} makes it */
    public Comparison(Map<String, Object> first, Map<String, Object> second) {
        Map<String, Map<?, ?>> base = cells(first);
        Map<String, Map<?, ?>> other = cells(second);
        base.forEach((name, cell) -> {
            Optional<Map<?, ?>> same = Optional.ofNullable(other.get(name));
            same.ifPresentOrElse(found -> ratios.add(ratio(name, cell, found)), () -> onlyFirst.add(name));
        });
        other.keySet().stream().filter(name -> !base.containsKey(name)).forEach(onlySecond::add);
    }

    public List<Ratio> ratios() {
        return List.copyOf(ratios);
    }

    /** Cells that the second does not have. */
    public List<String> onlyFirst() {
        return List.copyOf(onlyFirst);
    }

    public List<String> onlySecond() {
        return List.copyOf(onlySecond);
    }

    private static Map<String, Map<?, ?>> cells(Map<String, Object> tree) {
        if (!(tree.get("cells") instanceof List<?> list)) {
            throw new MalformedException("has no list cells; gradus bench --output FILE writes one");
        }
        Map<String, Map<?, ?>> cells = new LinkedHashMap<>();
        for (Object each : list) {
            if (!(each instanceof Map<?, ?> cell)) {
                throw new MalformedException("cells must hold objects");
            }
            List<String> parts = new ArrayList<>();
            for (String key : KEY) {
                parts.add(
                        key.equals("depth")
                                ? "N = " + cell.get(key)
                                : key.equals("n")
                                        ? "n = " + cell.get(key)
                                        : key.equals("runs") ? cell.get(key) + " runs" : String.valueOf(cell.get(key)));
            }
            cells.put(String.join(", ", parts), cell);
        }
        return cells;
    }

    private static Ratio ratio(String name, Map<?, ?> first, Map<?, ?> second) {
        double low = number(second, "step_seconds", "quartile_1") - number(first, "step_seconds", "quartile_3");
        double high = number(first, "step_seconds", "quartile_1") - number(second, "step_seconds", "quartile_3");
        return new Ratio(
                name,
                number(second, "step_seconds", "median") / number(first, "step_seconds", "median"),
                number(second, "record_seconds", "median") / number(first, "record_seconds", "median"),
                low > 0 || high > 0);
    }

    private static double number(Map<?, ?> cell, String key, String part) {
        if (cell.get(key) instanceof Map<?, ?> sample && sample.get(part) instanceof Number number) {
            return number.doubleValue();
        }
        throw new MalformedException("a cell has no number " + key + "." + part);
    }
}
