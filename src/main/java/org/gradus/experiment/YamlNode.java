package org.gradus.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A YAML value with the place it stands at; immutable, so that aliases may share it. */
sealed interface YamlNode {

    /** File and line, or the command-line option. */
    String place();

    /** What the value is, in the words of an error message. */
    String shown();

    enum Kind {
        NULL,
        BOOLEAN,
        INTEGER,
        FLOAT,
        STRING
    }

    /** @param text the value as written, without quotes */
    record Scalar(String place, Kind kind, String text) implements YamlNode {
        @Override
        public String shown() {
            return kind == Kind.NULL ? "nothing" : Quote.of(text);
        }
    }

    record Sequence(String place, List<YamlNode> items) implements YamlNode {
        @Override
        public String shown() {
            return "a list";
        }
    }

    record Mapping(String place, Map<String, Entry> entries) implements YamlNode {
        static Mapping empty(String place) {
            return new Mapping(place, Map.of());
        }

        Mapping with(String key, Entry entry) {
            Map<String, Entry> changed = new LinkedHashMap<>(entries);
            changed.put(key, entry);
            return new Mapping(place, changed);
        }

        @Override
        public String shown() {
            return "a mapping";
        }
    }

    /** @param place that of the key */
    record Entry(String place, YamlNode value) {}

    static boolean isNull(YamlNode node) {
        return node instanceof Scalar scalar && scalar.kind() == Kind.NULL;
    }
}
