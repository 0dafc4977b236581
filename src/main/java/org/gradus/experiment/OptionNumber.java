package org.gradus.experiment;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Numbers of the command line's options, written as in a configuration: 1e-3 is a number, 1e7 an integer. */
public final class OptionNumber {
    private static final ScalarResolver RESOLVER = new CoreSchema().getScalarResolver();

    private OptionNumber() {}

    /**
     * A finite number.
     *
     * @param expected completes "must be …"
     * @throws ConfigException if it is none
     */
    static double number(String option, String text, String expected) {
        try {
            if (isNumber(text)) {
                return YamlNumber.toDouble(text);
            }
        } catch (ArithmeticException e) {
            throw error(option, text, expected, ", which " + e.getMessage());
        }
        throw error(option, text, expected, "");
    }

    private static double within(String option, String text, double from, double to, String expected) {
        double number = number(option, text, expected);
        if (!(number > from && number <= to)) {
            throw error(option, text, expected, "");
        }
        return number;
    }

    public static double finite(String option, String text) {
        return number(option, text, "a finite number");
    }

    public static double positive(String option, String text) {
        return positive(option, text, "a number greater than 0");
    }

    public static double positive(String option, String text, String expected) {
        return within(option, text, 0, Double.MAX_VALUE, expected);
    }

    /** A number in (0, scale]. */
    public static double upToScale(String option, String text, double scale) {
        return within(option, text, 0, scale, "a number greater than 0 and at most the scale " + scale);
    }

    /** A number in (0, 1). */
    public static double inside(String option, String text) {
        return within(option, text, 0, Math.nextDown(1.0), "a number between 0 and 1, both excluded");
    }

    /** An integer, which may be written as 1e7, in [from, to]. */
    static long integer(String option, String text, long from, long to) {
        String expected = "an integer from " + from + " to " + to;
        try {
            if (isNumber(text)) {
                long integer = YamlNumber.toLong(text);
                if (integer >= from && integer <= to) {
                    return integer;
                }
            }
        } catch (ArithmeticException e) {
            throw error(option, text, expected, ", which " + e.getMessage());
        }
        throw error(option, text, expected, "");
    }

    /** N, as in factors.depth. */
    public static int depth(String option, String text) {
        return Math.toIntExact(integer(option, text, 1, FactorsReader.MAX_DEPTH));
    }

    /** A number of rows, columns or eigenvalues, which may be none. */
    public static int size(String option, String text) {
        return Math.toIntExact(integer(option, text, 0, SyntheticReader.MAX_SIDE));
    }

    /** A number of steps, as in descent.steps. */
    public static long steps(String option, String text) {
        return integer(option, text, 0, DescentReader.MAX_STEPS);
    }

    /** Any integer of 64 bits, as the seeds of a configuration. */
    public static long seed(String option, String text) {
        return integer(option, text, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** An integer in [least, most]. */
    public static int count(String option, String text, int least, int most) {
        return Math.toIntExact(integer(option, text, least, most));
    }

    /** The parts of {@code 10,5,2} or {@code [10, 5, 2]}; at least one. */
    public static List<String> items(String option, String text) {
        String inner = text.strip();
        if (inner.startsWith("[") && inner.endsWith("]") && inner.length() > 1) {
            inner = inner.substring(1, inner.length() - 1).strip();
        }
        if (inner.isEmpty()) {
            throw new ConfigException(
                    option + " is empty; it must be numbers with commas between them, such as 10,5,2");
        }
        List<String> items = new ArrayList<>();
        for (String item : inner.split(",", -1)) {
            items.add(item.strip());
        }
        return items;
    }

    private static boolean isNumber(String text) {
        Tag tag = RESOLVER.resolve(text, true);
        return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT);
    }

    private static ConfigException error(String option, String text, String expected, String why) {
        return new ConfigException(option + " must be " + expected + ", not " + Quote.of(text) + why);
    }
}
