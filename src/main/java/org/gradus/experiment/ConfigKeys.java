package org.gradus.experiment;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Every key that a configuration may have, section by section; docs/configuration.schema.json agrees with it. */
final class ConfigKeys {
    /** Dotted key of a section ("" is the whole configuration) to the keys in it. */
    static final Map<String, List<String>> SECTIONS = sections();

    /** Values of the promised configuration that this version does not have: dotted key to words. */
    static final Map<String, List<String>> UNAVAILABLE_VALUES = Map.of();

    private ConfigKeys() {}

    private static Map<String, List<String>> sections() {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        sections.put("", List.of("problem", "factors", "descent", "record", "compute", "output", "sweep"));
        sections.put("problem", List.of("kind", "target", "loss", "operators", "observations", "mask"));
        sections.put("problem.target", List.of("file", "synthetic", "noise"));
        sections.put("problem.target.synthetic", List.of("rows", "columns", "spectrum", "symmetric", "seed"));
        sections.put("problem.target.noise", List.of("standard-deviation", "seed"));
        sections.put(
                "problem.operators", List.of("file", "rows", "columns", "gaussian", "symmetric-gaussian", "rank-one"));
        sections.put("problem.operators.gaussian", List.of("count", "standard-deviation", "seed"));
        sections.put("problem.operators.symmetric-gaussian", List.of("count", "standard-deviation", "seed"));
        sections.put("problem.operators.rank-one", List.of("count", "standard-deviation", "seed", "files"));
        sections.put("problem.observations", List.of("file", "noise"));
        sections.put("problem.observations.noise", List.of("standard-deviation", "seed"));
        sections.put("problem.mask", List.of("file", "fraction", "count", "held-out", "seed"));
        sections.put("factors", List.of("depth", "widths", "initialization"));
        sections.put(
                "factors.initialization",
                List.of("kind", "scale", "product-scale", "standard-deviation", "perturbation", "seed", "files"));
        sections.put("descent", List.of("step-size", "steps", "solver", "stop"));
        sections.put("descent.stop", List.of("loss", "relative-change", "rank", "plateau"));
        sections.put(
                "record",
                List.of("steps", "singular-values", "factors", "balancedness", "alignment", "products", "checkpoint"));
        sections.put("record.steps", List.of("every", "geometric"));
        sections.put("record.checkpoint", List.of("seconds", "steps"));
        sections.put("compute", List.of("backend", "precision", "threads", "device", "singular-values"));
        sections.put("sweep", List.of("mode", "over"));
        return Collections.unmodifiableMap(sections);
    }

    /** Whether there is a key of this dotted name; an item of a list counts as one. */
    static boolean isKey(String dotted) {
        int dot = dotted.lastIndexOf('.');
        String section = dot < 0 ? "" : dotted.substring(0, dot);
        String name = dotted.substring(dot + 1);
        if (name.matches("[0-9]{1,9}")) {
            return !section.isEmpty() && isKey(section);
        }
        return SECTIONS.getOrDefault(section, List.of()).contains(name);
    }

    /** Why {@code dotted} is no key of a configuration, and which is meant instead. */
    static String refusal(String dotted) {
        List<String> all = SECTIONS.entrySet().stream()
                .flatMap(section -> section.getValue().stream()
                        .map(name -> section.getKey().isEmpty() ? name : section.getKey() + "." + name))
                .toList();
        int dot = dotted.lastIndexOf('.');
        String section = dot < 0 ? "" : dotted.substring(0, dot);
        return NearestKey.of(dotted, all)
                .map(near -> "unknown key; did you mean '" + near + "'?")
                .orElseGet(() -> SECTIONS.containsKey(section)
                        ? refusal(section, dotted.substring(dot + 1))
                        : "unknown key; it must be one of the configuration, such as factors.initialization.seed");
    }

    /** Why {@code name} is no key of {@code section}, and what is meant instead. */
    static String refusal(String section, String name) {
        List<String> known = SECTIONS.get(section);
        return "unknown key; "
                + NearestKey.of(name, known)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElseGet(() -> elsewhere(name) + "known here: " + String.join(", ", known));
    }

    private static String elsewhere(String name) {
        String sections = SECTIONS.entrySet().stream()
                .filter(section -> section.getValue().contains(name))
                .map(section -> section.getKey().isEmpty() ? "the top level" : "'" + section.getKey() + "'")
                .collect(Collectors.joining(" or "));
        return sections.isEmpty() ? "" : "it belongs in " + sections + "; ";
    }
}
