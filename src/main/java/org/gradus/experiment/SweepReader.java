package org.gradus.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradus.experiment.YamlNode.Entry;
import org.gradus.experiment.YamlNode.Mapping;
import org.gradus.experiment.YamlNode.Scalar;

/**
 * The section {@code sweep}. Keys in {@code over} are written dotted, {@code descent.step-size: […]}, or nested, which is what
 * {@code --set sweep.over.descent.step-size=[…]} makes of them.
 */
final class SweepReader {

    /** How the values of several keys are put together. */
    enum Mode {
        /** Each with each, the last key varying fastest. */
        PRODUCT,
        /** The first values of all keys, the second ones of all keys, … */
        ZIP
    }

    private SweepReader() {}

    /** The configuration with the keys of {@code sweep.over} nested, so that settings find them. */
    static Mapping nested(Mapping root) {
        Entry sweep = root.entries().get("sweep");
        if (sweep == null || !(sweep.value() instanceof Mapping section)) {
            return root;
        }
        Entry over = section.entries().get("over");
        if (over == null || !(over.value() instanceof Mapping keys)) {
            return root;
        }
        Mapping nested = Mapping.empty(keys.place());
        for (SweptNode key : flattened(keys, "", new ArrayList<>())) {
            boolean item = key.name().matches(".*\\.[0-9]+"); // of a list, which over has none of
            List<String> path = item ? List.of(key.name()) : List.of(key.name().split("\\.", -1));
            nested = new Setting(path, key.node(), key.place()).applyTo(nested);
        }
        Mapping changed = section.with("over", new Entry(over.place(), nested));
        return root.with("sweep", new Entry(sweep.place(), changed));
    }

    static Mode mode(Section sweep) {
        return sweep.find("mode").map(value -> value.choice(Mode.class)).orElse(Mode.PRODUCT);
    }

    /** @throws ConfigException for keys that no configuration has, and for what is neither list nor range */
    static List<SweepKey> keys(Section sweep) {
        String expected = "a mapping of keys to lists or ranges, such as {factors.initialization.seed: [1, 2, 3]}";
        Value over = sweep.require("over", expected);
        if (!(over.node() instanceof Mapping mapping) || mapping.entries().isEmpty()) {
            throw over.error("must be " + expected + ", not "
                    + (over.isMapping() ? "empty" : over.node().shown()));
        }
        Map<String, SweepKey> keys = new LinkedHashMap<>();
        for (SweptNode swept : flattened(mapping, "", new ArrayList<>())) {
            String name = swept.name();
            Value value = new Value("sweep.over." + Quote.line(name), swept.place(), swept.node());
            requireKey(name, value);
            keys.put(name, new SweepKey(name, values(value)));
        }
        return List.copyOf(keys.values());
    }

    /** What stands under a dotted name. */
    private record SweptNode(String name, String place, YamlNode node) {}

    private static List<SweptNode> flattened(Mapping mapping, String prefix, List<SweptNode> found) {
        mapping.entries().forEach((part, entry) -> {
            String name = prefix + part;
            if (entry.value() instanceof Mapping inner
                    && !SweepRange.isRange(inner)
                    && !inner.entries().isEmpty()) {
                flattened(inner, name + ".", found);
                return;
            }
            found.stream().filter(other -> other.name().equals(name)).findAny().ifPresent(other -> {
                throw new ConfigException(entry.place() + ": sweep.over." + Quote.line(name)
                        + ": is given twice; the first one stands at " + other.place());
            });
            found.add(new SweptNode(name, entry.place(), entry.value()));
        });
        return found;
    }

    private static void requireKey(String name, Value value) {
        String first = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        if (first.equals("output") || first.equals("sweep")) {
            throw value.error("cannot be swept; every run has a folder of its own in the sweep's output");
        }
        if (!ConfigKeys.isKey(name)) {
            throw value.error(ConfigKeys.refusal(name));
        }
    }

    private static List<Scalar> values(Value value) {
        String expected = "a list of values or a range {from, to, count, spacing}";
        if (value.node() instanceof Mapping mapping && SweepRange.isRange(mapping)) {
            return SweepRange.values(value);
        }
        List<Scalar> values = new ArrayList<>();
        for (Value item : value.items(expected)) {
            if (!(item.node() instanceof Scalar scalar) || YamlNode.isNull(scalar)) {
                throw item.error("must be a number, a word, true or false, not "
                        + item.node().shown());
            }
            values.add(scalar);
        }
        if (values.isEmpty()) {
            throw value.error("is an empty list; it must have at least one value");
        }
        return values;
    }
}
