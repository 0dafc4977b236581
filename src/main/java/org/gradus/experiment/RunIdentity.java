package org.gradus.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradus.store.Digest;

/**
 * What a checkpoint has to agree with: the run that wrote it and everything that its numbers depend on.
 *
 * @param run the manifest's {@code run_id}
 * @param configuration SHA-256 of the manifest's configuration without what may change from one part of a run to the next
 */
record RunIdentity(String run, String configuration) {
    private static final Map<String, List<String>> MAY_CHANGE = Map.of(
            "descent", List.of("steps"),
            "record", List.of("checkpoint"),
            "compute", List.of("backend", "threads", "device"));

    /** @param tree as it stands in the manifest, which a newer Gradus would perhaps resolve to further keys */
    static RunIdentity of(String run, Map<?, ?> tree) {
        Map<String, Object> fixed = copy(tree);
        fixed.remove("output");
        MAY_CHANGE.forEach((section, names) -> {
            if (fixed.get(section) instanceof Map<?, ?> values) {
                Map<String, Object> kept = copy(values);
                names.forEach(kept::remove);
                fixed.put(section, kept);
            }
        });
        return new RunIdentity(run, Digest.of(fixed));
    }

    /** The configuration of a run that goes on: the earlier one, but for what may change. */
    static Map<String, Object> changed(Map<?, ?> earlier, Map<?, ?> now) {
        Map<String, Object> changed = copy(earlier);
        MAY_CHANGE.forEach((section, names) -> {
            if (now.get(section) instanceof Map<?, ?> values && earlier.get(section) instanceof Map<?, ?> before) {
                Map<String, Object> both = copy(before);
                names.forEach(name -> {
                    if (values.containsKey(name)) {
                        both.put(name, values.get(name));
                    } else {
                        both.remove(name);
                    }
                });
                changed.put(section, both);
            }
        });
        return changed;
    }

    private static Map<String, Object> copy(Map<?, ?> tree) {
        Map<String, Object> copy = new LinkedHashMap<>();
        tree.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }
}
