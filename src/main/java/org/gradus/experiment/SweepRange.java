package org.gradus.experiment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.gradus.experiment.YamlNode.Entry;
import org.gradus.experiment.YamlNode.Kind;
import org.gradus.experiment.YamlNode.Mapping;
import org.gradus.experiment.YamlNode.Scalar;

/**
 * {@code {from, to, count, spacing}}: the ends as they are written, and between them from + i(to − from)/(count − 1), or for
 * geometric spacing from·(to/from)^(i/(count − 1)), rounded to 15 significant decimals. A number that is whole is written as an
 * integer, so that it can be a seed.
 */
final class SweepRange {
    static final List<String> KEYS = List.of("from", "to", "count", "spacing");

    private static final MathContext DIGITS = new MathContext(15);

    /** A sweep of the range alone has so many runs. */
    private static final int MOST = Sweep.MOST_RUNS;

    private enum Spacing {
        LINEAR,
        GEOMETRIC
    }

    private SweepRange() {}

    /** Whether the mapping of a swept key has a range's keys rather than parts of dotted names. */
    static boolean isRange(Mapping mapping) {
        return mapping.entries().keySet().stream().anyMatch(KEYS::contains);
    }

    static List<Scalar> values(Value range) {
        Mapping mapping = (Mapping) range.node();
        mapping.entries().forEach((name, entry) -> {
            if (!KEYS.contains(name)) {
                throw new ConfigException(entry.place() + ": " + range.key() + "." + Quote.line(name)
                        + ": unknown key; a range has " + String.join(", ", KEYS));
            }
        });
        Value from = part(range, mapping, "from", "a number");
        Value to = part(range, mapping, "to", "a number");
        Value counted = part(range, mapping, "count", "an integer from 1 to " + MOST);
        int count = counted.integer(1, MOST);
        Spacing spacing = mapping.entries().containsKey("spacing") ? spacing(range, mapping) : Spacing.LINEAR;
        if (spacing == Spacing.GEOMETRIC) {
            from.positive();
            to.positive();
        }
        if (count == 1 && from.number() != to.number()) {
            throw counted.error("must be at least 2, for both ends of the range");
        }
        List<Scalar> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BigDecimal value = i == 0
                    ? new BigDecimal(from.number())
                    : i == count - 1
                            ? new BigDecimal(to.number())
                            : between(from.number(), to.number(), i, count - 1, spacing);
            values.add(scalar(range.place(), value));
        }
        return values;
    }

    private static Spacing spacing(Value range, Mapping mapping) {
        Value written = part(range, mapping, "spacing", "linear or geometric");
        return Arrays.stream(Spacing.values())
                .filter(spacing -> written.is(spacing.name().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> written.error(
                        "must be linear or geometric, not " + written.node().shown()));
    }

    private static Value part(Value range, Mapping mapping, String name, String expected) {
        Entry entry = mapping.entries().get(name);
        if (entry == null) {
            String others = KEYS.stream().filter(key -> !key.equals(name)).collect(Collectors.joining(", "));
            throw range.error("has no " + name + ", which must be " + expected + ", beside " + others);
        }
        return new Value(range.key() + "." + name, entry.place(), entry.value());
    }

    private static BigDecimal between(double from, double to, int i, int last, Spacing spacing) {
        if (spacing == Spacing.GEOMETRIC) {
            double logarithm = Math.log(from) + (Math.log(to) - Math.log(from)) * i / last;
            return new BigDecimal(Math.exp(logarithm), DIGITS);
        }
        BigDecimal low = BigDecimal.valueOf(from);
        BigDecimal width = BigDecimal.valueOf(to).subtract(low);
        BigDecimal exact = low.multiply(BigDecimal.valueOf(last)).add(width.multiply(BigDecimal.valueOf(i)));
        BigDecimal quotient = exact.divide(BigDecimal.valueOf(last), MathContext.DECIMAL128);
        return quotient.remainder(BigDecimal.ONE).signum() == 0 ? quotient : quotient.round(DIGITS);
    }

    private static Scalar scalar(String place, BigDecimal value) {
        double number = value.doubleValue();
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1L << 53;
        return whole
                ? new Scalar(place, Kind.INTEGER, Long.toString((long) number))
                : new Scalar(place, Kind.FLOAT, Double.toString(number));
    }
}
