package org.gradus.experiment;

import java.util.List;
import java.util.Optional;
import org.gradus.experiment.YamlNode.Entry;
import org.gradus.experiment.YamlNode.Mapping;

/**
 * A mapping of the configuration, all of whose keys are known.
 *
 * @param key dotted, empty for the whole configuration
 * @param place where it stands, for errors about what is not in it
 */
record Section(String key, String place, Mapping node) {

    /** @throws ConfigException at the first unknown key, with the nearest known one */
    Section {
        for (var entry : node.entries().entrySet()) {
            if (!ConfigKeys.SECTIONS.get(key).contains(entry.getKey())) {
                throw new ConfigException(entry.getValue().place() + ": " + Quote.line(dotted(key, entry.getKey()))
                        + ": " + ConfigKeys.refusal(key, entry.getKey()));
            }
        }
    }

    static Section root(Mapping root) {
        return new Section("", root.place(), root);
    }

    private static String dotted(String section, String name) {
        return section.isEmpty() ? name : section + "." + name;
    }

    /** The value of {@code name}, empty where the key is not there. */
    Optional<Value> find(String name) {
        if (!ConfigKeys.SECTIONS.get(key).contains(name)) {
            throw new IllegalArgumentException("'" + name + "' is no declared key of section '" + key + "'");
        }
        Entry entry = node.entries().get(name);
        return Optional.ofNullable(entry).map(e -> new Value(dotted(key, name), e.place(), e.value()));
    }

    /** @param expected completes "is missing; it must be …" */
    Value require(String name, String expected) {
        return find(name).orElseThrow(() -> missing(name, "is missing; it must be " + expected));
    }

    /** A sub-section; without its key, or with nothing after it, the empty one. */
    Section section(String name) {
        return find(name)
                .map(Value::section)
                .orElseGet(() -> new Section(dotted(key, name), place, Mapping.empty(place)));
    }

    /** The one key of {@code names} that is there. */
    Value exactlyOne(List<String> names) {
        List<Value> given = names.stream().flatMap(name -> find(name).stream()).toList();
        String rule = "exactly one of " + String.join(", ", names) + " must be given";
        if (given.isEmpty()) {
            throw new ConfigException(place + ": " + key + ": " + rule);
        }
        if (given.size() > 1) {
            throw given.get(1).error("is given beside '" + given.get(0).name() + "'; " + rule);
        }
        return given.get(0);
    }

    /** An error about a key that is not there. */
    ConfigException missing(String name, String message) {
        return new ConfigException(place + ": " + dotted(key, name) + ": " + message);
    }
}
