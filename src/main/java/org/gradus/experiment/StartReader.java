package org.gradus.experiment;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.gradus.experiment.Config.StartKind;
import org.gradus.experiment.Config.StartSection;

/** The section {@code factors.initialization}: which keys there are depends on its kind. */
final class StartReader {
    private static final List<String> SCALES = List.of("scale", "product-scale", "standard-deviation");

    private StartReader() {}

    /** @param config the configuration file, whose folder paths are relative to */
    static StartSection read(Section start, int depth, Path config) {
        String kinds = Arrays.stream(StartKind.values()).map(Value::word).collect(Collectors.joining(", "));
        StartKind kind = start.require("kind", "one of " + kinds).choice(StartKind.class);
        refuseKeysOfOtherKinds(start, kind);
        OptionalDouble[] scales = new OptionalDouble[SCALES.size()];
        Arrays.fill(scales, OptionalDouble.empty());
        List<String> own = SCALES.stream().filter(keys(kind)::contains).toList();
        if (!own.isEmpty()) {
            Value scale = start.exactlyOne(own);
            scales[SCALES.indexOf(scale.name())] = OptionalDouble.of(scale.positive());
        }
        return new StartSection(
                kind,
                scales[0],
                scales[1],
                scales[2],
                kind == StartKind.PERTURBED ? perturbation(start, scales[0], scales[1], depth) : OptionalDouble.empty(),
                ProblemReader.seed(start),
                kind == StartKind.GIVEN ? files(start, depth, config) : List.of());
    }

    /** The keys that a start of this kind may have. */
    static List<String> keys(StartKind kind) {
        return switch (kind) {
            case IDENTICAL -> List.of("kind", "scale", "product-scale");
            case PERTURBED -> List.of("kind", "scale", "product-scale", "perturbation");
            case BALANCED, ORTHOGONAL -> List.of("kind", "scale", "product-scale", "seed");
            case GAUSSIAN, UNIFORM -> List.of("kind", "scale", "product-scale", "standard-deviation", "seed");
            case GIVEN -> List.of("kind", "files");
        };
    }

    private static void refuseKeysOfOtherKinds(Section start, StartKind kind) {
        for (String name : start.node().entries().keySet()) {
            if (!keys(kind).contains(name)) {
                String owners = Arrays.stream(StartKind.values())
                        .filter(other -> keys(other).contains(name))
                        .map(Value::word)
                        .collect(Collectors.joining(", "));
                throw start.find(name)
                        .orElseThrow()
                        .error("belongs to kind " + owners + "; kind " + Value.word(kind) + " has "
                                + String.join(", ", keys(kind)));
            }
        }
    }

    /** β of W_1 = (α − β)I, 0 &lt; β ≤ α, where α = s^{1/N} if the product's scale s is given. */
    private static OptionalDouble perturbation(
            Section start, OptionalDouble scale, OptionalDouble productScale, int depth) {
        double alpha = scale.orElseGet(() -> Math.pow(productScale.orElseThrow(), 1.0 / depth));
        String limit = scale.isPresent() ? "the scale " : "the scale of one factor, product-scale^(1/depth) = ";
        String expected = "a number greater than 0 and at most " + limit + alpha;
        return OptionalDouble.of(start.require("perturbation", expected).above(0, alpha, expected));
    }

    private static List<Path> files(Section start, int depth, Path config) {
        String expected = "a list of depth = " + depth + " files, W_1 first";
        Value files = start.require("files", expected);
        List<Value> items = files.items(expected);
        if (items.size() != depth) {
            throw files.error("must be " + expected + ", not of " + items.size());
        }
        return items.stream().map(item -> config.resolveSibling(item.path())).toList();
    }
}
