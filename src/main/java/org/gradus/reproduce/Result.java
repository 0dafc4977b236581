package org.gradus.reproduce;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gradus.experiment.Manifest;
import org.gradus.store.JsonFile;
import org.gradus.store.RunFormat;
import org.gradus.store.StoreException;

/**
 * How an experiment ended, as verdict.json keeps it.
 *
 * @param changes what was not as published; empty where all was
 * @param seconds that carrying out and judging took
 */
public record Result(
        String name,
        String claim,
        String source,
        String changes,
        Verdict verdict,
        double seconds,
        String version,
        String commit) {
    static final String FILE = "verdict.json";
    static final String FIGURE = "figure.svg";

    static Result of(Card card, String changes, Verdict verdict, double seconds, Manifest.Origin origin) {
        return new Result(
                card.name(), card.claim(), card.source(), changes, verdict, seconds, origin.version(), origin.commit());
    }

    /** What verdicts.json holds of it. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", name);
        tree.put("claim", claim);
        tree.put("source", source);
        tree.put("holds", verdict.holds());
        tree.put("sentence", verdict.sentence());
        tree.put("remark", verdict.remark());
        tree.put("measures", verdict.measures().stream().map(Result::tree).toList());
        tree.put("changes", changes);
        tree.put("duration_seconds", seconds);
        tree.put("version", version);
        tree.put("commit", commit);
        return tree;
    }

    private static Map<String, Object> tree(Measure measure) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("quantity", measure.quantity());
        tree.put("value", measure.value());
        tree.put("relation", measure.relation().name().toLowerCase(Locale.ROOT));
        tree.put("bound", measure.bound());
        tree.put("holds", measure.holds());
        tree.put("reason", measure.reason());
        return tree;
    }

    void write(Path folder) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(RunFormat.KEY, RunFormat.VERSION);
        object.putAll(tree());
        JsonFile.write(folder.resolve(FILE), object);
    }

    /**
     * The result in an experiment's folder; empty where there is none.
     *
     * @throws StoreException if verdict.json is damaged, or from a newer version
     */
    static Optional<Result> read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Map<String, Object> object = RunFormat.read(file);
        try {
            List<Measure> measures = new ArrayList<>();
            for (Object measure : (List<?>) object.get("measures")) {
                measures.add(measure((Map<?, ?>) measure));
            }
            return Optional.of(new Result(
                    (String) object.get("name"),
                    (String) object.get("claim"),
                    (String) object.get("source"),
                    (String) object.get("changes"),
                    new Verdict(measures, (String) object.get("remark")),
                    ((Number) object.get("duration_seconds")).doubleValue(),
                    (String) object.get("version"),
                    (String) object.get("commit")));
        } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw new StoreException(file + ": is no verdict as reproduce writes it; --overwrite replaces it", e);
        }
    }

    private static Measure measure(Map<?, ?> tree) {
        return new Measure(
                (String) tree.get("quantity"),
                number(tree.get("value")),
                Measure.Relation.valueOf(((String) tree.get("relation")).toUpperCase(Locale.ROOT)),
                number(tree.get("bound")),
                (String) tree.get("reason"));
    }

    /** JSON has no NaN: it is written as null. */
    private static double number(Object value) {
        return value == null ? Double.NaN : ((Number) value).doubleValue();
    }
}
