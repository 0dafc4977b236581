package org.gradus.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The values of a swept key in order.
 *
 * @param name of the key
 * @param values as the table has them
 * @param numeric whether all are numbers, ascending then
 * @param stride every how-manieth value of the sweep is here
 */
record SweepAxis(String name, List<String> values, boolean numeric, int stride) {
    private static final int MOST_DIGITS = 7;
    private static final int LONGEST = 18;

    /** From this ratio of the greatest to the least positive value on, a scale is logarithmic. */
    static final double LOGARITHMIC_FROM = 20;

    /** @param most values that are wanted; of more, every m-th is taken */
    static SweepAxis of(SweepRuns runs, int key, int most) {
        List<String> all = runs.values(key);
        int stride = (all.size() + most - 1) / most;
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < all.size(); i += stride) {
            taken.add(all.get(i));
        }
        return new SweepAxis(
                runs.name(key), List.copyOf(taken), all.stream().allMatch(SweepRuns::isNumber), Math.max(stride, 1));
    }

    int size() {
        return values.size();
    }

    /** With as many digits, three at least, as tell them apart. */
    List<String> labels() {
        if (!numeric) {
            return values.stream().map(SweepAxis::shortened).toList();
        }
        List<String> labels = labels(3);
        for (int digits = 4; digits <= MOST_DIGITS && new HashSet<>(labels).size() < labels.size(); digits++) {
            labels = labels(digits);
        }
        return labels;
    }

    /** All as powers of ten but those near 1, where one of them is. */
    private List<String> labels(int digits) {
        List<BigDecimal> rounded = values.stream()
                .map(value -> new BigDecimal(value.strip()).round(new MathContext(digits)))
                .toList();
        List<String> plain = rounded.stream()
                .map(value -> Numerals.number(value.unscaledValue().longValueExact(), -value.scale()))
                .toList();
        boolean powers = plain.stream().anyMatch(label -> label.matches(".*10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+"));
        return powers ? rounded.stream().map(Numerals::scientific).toList() : plain;
    }

    private static String shortened(String value) {
        String shown = SvgFile.legal(value.strip().replaceAll("\\s+", " "));
        return shown.length() > LONGEST ? shown.substring(0, LONGEST - 1) + "…" : shown;
    }

    /** Where the values stand when they are not cells: at their numbers, else one beside the other. */
    Scale scale() {
        if (!numeric) {
            return new PlacesScale(labels());
        }
        double[] numbers = positions();
        boolean logarithmic = numbers[0] > 0 && numbers[numbers.length - 1] >= LOGARITHMIC_FROM * numbers[0];
        return CurveFigure.scale(numbers, logarithmic);
    }

    /** In the units of {@link #scale()}'s values. */
    double[] positions() {
        double[] positions = new double[values.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = numeric ? Double.parseDouble(values.get(i)) : i;
        }
        return positions;
    }
}
