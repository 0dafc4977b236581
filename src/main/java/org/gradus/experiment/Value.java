package org.gradus.experiment;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gradus.experiment.YamlNode.Kind;
import org.gradus.experiment.YamlNode.Mapping;
import org.gradus.experiment.YamlNode.Scalar;
import org.gradus.experiment.YamlNode.Sequence;

/**
 * The value of one key; each reading of it as a type fails with place, key, what is wrong and what would be right.
 *
 * @param key dotted, list indices included
 * @param place where the key stands
 */
record Value(String key, String place, YamlNode node) {

    /** The last part of the key. */
    String name() {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    ConfigException error(String message) {
        return new ConfigException(place + ": " + key + ": " + message);
    }

    private ConfigException mustBe(String expected) {
        return error("must be " + expected + ", not " + node.shown());
    }

    boolean is(String word) {
        return node instanceof Scalar scalar && scalar.text().equals(word);
    }

    boolean isNumber() {
        return node instanceof Scalar scalar && (scalar.kind() == Kind.INTEGER || scalar.kind() == Kind.FLOAT);
    }

    boolean isMapping() {
        return node instanceof Mapping;
    }

    boolean isList() {
        return node instanceof Sequence;
    }

    private Scalar scalar(String expected, Kind... kinds) {
        if (node instanceof Scalar scalar && Arrays.asList(kinds).contains(scalar.kind())) {
            return scalar;
        }
        throw mustBe(expected);
    }

    /** A finite number. */
    double number() {
        return number("a number");
    }

    private double number(String expected) {
        Scalar scalar = scalar(expected, Kind.INTEGER, Kind.FLOAT);
        double number;
        try {
            number = YamlNumber.toDouble(scalar.text());
        } catch (ArithmeticException e) {
            throw error("must be " + expected + ", not " + node.shown() + ", which " + e.getMessage());
        }
        return number;
    }

    double positive() {
        return above(0, Double.MAX_VALUE, "a number greater than 0");
    }

    double nonNegative() {
        double number = number("a number of at least 0");
        if (number < 0) {
            throw mustBe("a number of at least 0");
        }
        return number;
    }

    /** A number in (from, to]. */
    double above(double from, double to, String expected) {
        double number = number(expected);
        if (!(number > from && number <= to)) {
            throw mustBe(expected);
        }
        return number;
    }

    /** An integer, which may be written as 1e6 or 2.0, in [from, to]. */
    long integer(long from, long to) {
        String expected = "an integer from " + from + " to " + to;
        Scalar scalar = scalar(expected, Kind.INTEGER, Kind.FLOAT);
        try {
            long integer = YamlNumber.toLong(scalar.text());
            if (integer >= from && integer <= to) {
                return integer;
            }
        } catch (ArithmeticException e) {
            throw error("must be " + expected + ", not " + node.shown() + ", which " + e.getMessage());
        }
        throw mustBe(expected);
    }

    int integer(int from, int to) {
        return Math.toIntExact(integer((long) from, (long) to));
    }

    long seed() {
        return integer(Long.MIN_VALUE, Long.MAX_VALUE);
    }

    boolean bool() {
        return scalar("true or false", Kind.BOOLEAN).text().equalsIgnoreCase("true");
    }

    /** A constant by its name in lower case. */
    <E extends Enum<E>> E choice(Class<E> type) {
        List<E> constants = List.of(type.getEnumConstants());
        List<String> words = constants.stream().map(Value::word).toList();
        String list = "one of " + String.join(", ", words);
        String expected = words.size() == 1 ? words.get(0) : list;
        String text = node instanceof Scalar scalar ? scalar.text() : "";
        if (words.contains(text)) {
            return constants.get(words.indexOf(text));
        }
        if (ConfigKeys.UNAVAILABLE_VALUES.getOrDefault(key, List.of()).contains(text)) {
            throw error(Quote.of(text) + " is not available in this version; " + String.join(", ", words)
                    + (words.size() == 1 ? " is" : " are"));
        }
        String hint = NearestKey.of(text, words)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("");
        throw error("must be " + expected + ", not " + node.shown() + hint);
    }

    /** How a constant is written in a configuration. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** A path as written, relative or absolute. */
    Path path() {
        String text = node instanceof Scalar scalar ? scalar.text() : "";
        if (text.isBlank() || YamlNode.isNull(node)) {
            throw mustBe("a path");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw mustBe("a path");
        }
    }

    List<Value> items(String expected) {
        if (!(node instanceof Sequence sequence)) {
            throw mustBe(expected);
        }
        List<YamlNode> items = sequence.items();
        return IntStream.range(0, items.size())
                .mapToObj(i -> new Value(key + "." + i, items.get(i).place(), items.get(i)))
                .toList();
    }

    Section section() {
        return asSection()
                .orElseThrow(() -> mustBe("a mapping with keys of " + String.join(", ", ConfigKeys.SECTIONS.get(key))));
    }

    private Optional<Section> asSection() {
        if (YamlNode.isNull(node)) {
            return Optional.of(new Section(key, place, Mapping.empty(place)));
        }
        return node instanceof Mapping mapping ? Optional.of(new Section(key, place, mapping)) : Optional.empty();
    }
}
