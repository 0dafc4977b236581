package org.gradus.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gradus.experiment.YamlNode.Mapping;
import org.gradus.experiment.YamlNode.Scalar;
import org.gradus.experiment.YamlNode.Sequence;

/** YAML as it was written, as maps, lists, strings, numbers and booleans, ready for JSON. */
final class PlainTree {
    private PlainTree() {}

    static Map<String, Object> of(Mapping mapping) {
        Map<String, Object> tree = new LinkedHashMap<>();
        mapping.entries().forEach((name, entry) -> tree.put(name, of(entry.value())));
        return tree;
    }

    private static Object of(YamlNode node) {
        if (node instanceof Mapping mapping) {
            return of(mapping);
        }
        return node instanceof Sequence sequence
                ? sequence.items().stream().map(PlainTree::of).toList()
                : scalar((Scalar) node);
    }

    /** A number that is none for {@link YamlNumber} stays as it is written; nothing becomes the empty text. */
    private static Object scalar(Scalar scalar) {
        try {
            return switch (scalar.kind()) {
                case NULL -> "";
                case BOOLEAN -> scalar.text().equalsIgnoreCase("true");
                case INTEGER -> YamlNumber.toLong(scalar.text());
                case FLOAT -> YamlNumber.toDouble(scalar.text());
                case STRING -> scalar.text();
            };
        } catch (ArithmeticException noNumber) {
            return scalar.text();
        }
    }
}
