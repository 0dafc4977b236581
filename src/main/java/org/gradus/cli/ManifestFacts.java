package org.gradus.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a manifest says, flat: dotted keys with their values. */
final class ManifestFacts {
    /** Shown elsewhere, or told by the rest. */
    private static final Set<String> NOT_PROVENANCE =
            Set.of("format", "configuration", "outcome", "target_singular_values", "adjoint_singular_values");

    private static final int LONGEST_LIST = 12;
    private static final int DEEPEST = 20;

    private ManifestFacts() {}

    /** Numbers, texts, booleans and null; a list is one text. */
    static Map<String, Object> configuration(Map<String, Object> manifest) {
        Map<String, Object> flat = new LinkedHashMap<>();
        if (manifest.get("configuration") instanceof Map<?, ?> tree) {
            flatten("", tree, flat, 0);
        }
        return flat;
    }

    /** Everything else that the manifest says of how the run came about. */
    static Map<String, String> provenance(Map<String, Object> manifest) {
        Map<String, Object> flat = new LinkedHashMap<>();
        manifest.forEach((key, value) -> {
            if (!NOT_PROVENANCE.contains(key)) {
                flatten(Map.of(key, value == null ? "unknown" : value), flat);
            }
        });
        Map<String, String> texts = new LinkedHashMap<>();
        flat.forEach((key, value) -> texts.put(key, String.valueOf(value)));
        // a choice reads best as "cpu: the reason"
        for (String choice : List.of("backend", "solver")) {
            String name = texts.remove(choice + ".name");
            String reason = texts.remove(choice + ".reason");
            if (name != null) {
                texts.put(choice, reason == null ? name : name + ": " + reason);
            }
        }
        return texts;
    }

    private static void flatten(Map<?, ?> tree, Map<String, Object> flat) {
        flatten("", tree, flat, 0);
    }

    private static void flatten(String prefix, Map<?, ?> tree, Map<String, Object> flat, int depth) {
        tree.forEach((key, value) -> {
            String name = prefix + key;
            if (value instanceof Map<?, ?> below && depth < DEEPEST) {
                flatten(name + ".", below, flat, depth + 1);
            } else if (value instanceof List<?> list) {
                flat.put(name, text(list));
            } else {
                flat.put(name, value instanceof Map<?, ?> ? value.toString() : value);
            }
        });
    }

    private static String text(List<?> list) {
        List<Object> shown = new ArrayList<>(list.subList(0, Math.min(list.size(), LONGEST_LIST)));
        String text = shown.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return list.size() > LONGEST_LIST ? text + ", … (" + list.size() + ")" : text;
    }
}
