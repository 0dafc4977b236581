package org.gradus.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gradus.experiment.Config.FactorsSection;

/** The section {@code factors}. */
final class FactorsReader {
    static final int MAX_DEPTH = 1000;

    private FactorsReader() {}

    /** @param config the configuration file, whose folder paths are relative to */
    static FactorsSection read(Section factors, Path config) {
        int depth =
                factors.require("depth", "an integer from 1 to " + MAX_DEPTH).integer(1, MAX_DEPTH);
        Optional<List<Integer>> widths = factors.find("widths").map(value -> widths(value, depth));
        Section start = factors.require("initialization", "a mapping with 'kind' and a scale")
                .section();
        return new FactorsSection(depth, widths, StartReader.read(start, depth, config));
    }

    private static List<Integer> widths(Value widths, int depth) {
        List<Value> items = widths.items("a list of integers");
        if (items.size() != depth - 1) {
            throw widths.error(
                    "must have depth − 1 = " + (depth - 1) + " entries, n_1 to n_{N−1}, not " + items.size());
        }
        return items.stream()
                .map(item -> item.integer(1, SyntheticReader.MAX_SIDE))
                .toList();
    }
}
