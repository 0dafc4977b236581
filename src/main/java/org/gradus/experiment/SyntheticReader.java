package org.gradus.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradus.experiment.Config.SyntheticTarget;

/** The section {@code problem.target.synthetic}. */
final class SyntheticReader {
    static final int MAX_SIDE = 1 << 20;

    private SyntheticReader() {}

    static SyntheticTarget read(Section section) {
        Value height = section.require("rows", "an integer from 1 to " + MAX_SIDE);
        int rows = height.integer(1, MAX_SIDE);
        Optional<Value> width = section.find("columns");
        int columns = width.map(value -> value.integer(1, MAX_SIDE)).orElse(rows);
        if ((long) rows * columns > Integer.MAX_VALUE) {
            throw width.orElse(height)
                    .error("makes " + (long) rows * columns + " entries; a matrix has at most " + Integer.MAX_VALUE);
        }
        Optional<Value> mirrored = section.find("symmetric");
        boolean symmetric = mirrored.map(Value::bool).orElse(false);
        if (symmetric && rows != columns) {
            throw mirrored.orElseThrow().error("needs as many rows as columns, not " + rows + " × " + columns);
        }
        Value spectrum = section.require("spectrum", "a list of numbers");
        return new SyntheticTarget(
                rows,
                columns,
                spectrum(spectrum, Math.min(rows, columns), symmetric),
                symmetric,
                ProblemReader.seed(section));
    }

    private static List<Double> spectrum(Value spectrum, int longest, boolean symmetric) {
        List<Value> items = spectrum.items("a list of numbers");
        if (items.isEmpty() || items.size() > longest) {
            throw spectrum.error(
                    "must have from 1 to min(rows, columns) = " + longest + " entries, not " + items.size());
        }
        List<Double> values = new ArrayList<>();
        for (Value item : items) {
            double value = item.number();
            if (value < 0 && !symmetric) {
                throw item.error(
                        "must be a number of at least 0, not " + item.node().shown()
                                + ": singular values; with symmetric: true they are eigenvalues of any sign");
            }
            values.add(value);
        }
        if (values.stream().allMatch(value -> value == 0)) {
            throw spectrum.error("must have an entry other than 0");
        }
        return List.copyOf(values);
    }
}
