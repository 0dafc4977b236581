package org.gradus.experiment;

import java.util.ArrayList;
import java.util.List;
import org.gradus.experiment.YamlNode.Entry;
import org.gradus.experiment.YamlNode.Kind;
import org.gradus.experiment.YamlNode.Mapping;
import org.gradus.experiment.YamlNode.Scalar;
import org.gradus.experiment.YamlNode.Sequence;

/**
 * A value from the command line that replaces one of the file.
 *
 * @param path keys, and indices from zero into lists
 * @param place the option as it was written
 */
record Setting(List<String> path, YamlNode value, String place) {
    private static final int LONGEST_PATH = 16;

    Setting {
        path = List.copyOf(path);
    }

    /**
     * {@code path.to.key=value}, the value a YAML 1.2 scalar or flow collection.
     *
     * @throws ConfigException if there is no '=', an empty key, or no such value
     */
    static Setting parse(String text) {
        String place = "--set " + Quote.line(text);
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new ConfigException(place + ": has no '='; it must be path.to.key=value");
        }
        String key = text.substring(0, equals);
        List<String> path = List.of(key.split("\\.", -1));
        if (path.contains("") || path.size() > LONGEST_PATH) {
            throw new ConfigException(place + ": has no key such as 'descent.steps' before its '='");
        }
        String written = text.substring(equals + 1);
        return new Setting(path, value(written, place), place);
    }

    private static YamlNode value(String written, String place) {
        String rule = ": the value must be a scalar, a [list] or a {mapping}";
        try {
            return YamlParser.flowValue(written, place)
                    .orElseThrow(() -> new ConfigException(place + rule + ", not nothing"));
        } catch (YamlSyntaxException e) {
            throw new ConfigException(place + rule + "; it " + e.getMessage());
        }
    }

    /** An option of the command line whose value is a plain word. */
    static Setting option(String option, String word, String... path) {
        String place = option + " " + Quote.line(word);
        return new Setting(List.of(path), new Scalar(place, Kind.STRING, word), place);
    }

    /** @throws ConfigException if the path leads through a scalar or beyond a list */
    Mapping applyTo(Mapping root) {
        return (Mapping) replaced(root, 0);
    }

    private YamlNode replaced(YamlNode node, int depth) {
        if (depth == path.size()) {
            return value;
        }
        if (node instanceof Sequence sequence) {
            List<YamlNode> items = new ArrayList<>(sequence.items());
            int index = index(items.size(), depth);
            items.set(index, replaced(items.get(index), depth + 1));
            return new Sequence(sequence.place(), items);
        }
        Mapping mapping = mapping(node, depth);
        String name = path.get(depth);
        Entry old = mapping.entries().getOrDefault(name, new Entry(place, Mapping.empty(place)));
        boolean last = depth == path.size() - 1;
        return mapping.with(name, new Entry(last ? place : old.place(), replaced(old.value(), depth + 1)));
    }

    private int index(int size, int depth) {
        String written = path.get(depth);
        if (!written.matches("[0-9]{1,9}") || Integer.parseInt(written) >= size) {
            throw error(depth, "is a list of " + size + ", counted from 0, so it has no index " + Quote.of(written));
        }
        return Integer.parseInt(written);
    }

    private Mapping mapping(YamlNode node, int depth) {
        if (path.get(depth).matches("[0-9]+")) {
            throw error(
                    depth,
                    "is no list, so it has no index " + path.get(depth) + "; give the whole list as " + parent(depth)
                            + "=[…]");
        }
        if (YamlNode.isNull(node)) {
            return Mapping.empty(place);
        }
        if (node instanceof Mapping mapping) {
            return mapping;
        }
        throw error(depth, "is " + node.shown() + ", so it has no key " + Quote.of(path.get(depth)));
    }

    private String parent(int depth) {
        return String.join(".", path.subList(0, depth));
    }

    private ConfigException error(int depth, String message) {
        return new ConfigException(place + ": " + (depth == 0 ? path.get(0) : parent(depth)) + ": " + message);
    }
}
