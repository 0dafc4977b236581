package org.gradus.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradus.experiment.OptionNumber;
import org.gradus.experiment.StepSizeChoice;
import org.gradus.init.Scales;
import org.gradus.theory.Modes;
import org.gradus.theory.Query;
import org.gradus.theory.Start;
import picocli.CommandLine.Option;

/** A problem that is given by its eigenvalues alone. Loads no native library. */
final class SpectrumOptions {
    @Option(names = "--spectrum", paramLabel = "10,5,2,1", description = "Eigenvalues, instead of CONFIG.yaml.")
    private Optional<String> spectrum;

    @Option(names = "--zeros", paramLabel = "COUNT", description = "Further eigenvalues that are zero; default 0.")
    private Optional<String> zeros;

    @Option(names = "--depth", paramLabel = "N", description = "Number of factors.")
    private Optional<String> depth;

    @Option(names = "--scale", paramLabel = "ALPHA", description = "Scale of each factor at the start.")
    private Optional<String> scale;

    @Option(names = "--product-scale", paramLabel = "S", description = "Or that of the product, ALPHA^N.")
    private Optional<String> productScale;

    @Option(
            names = "--perturbation",
            paramLabel = "BETA",
            description = "The first factor starts at (ALPHA - BETA)I; 0 < BETA <= ALPHA.")
    private Optional<String> perturbation;

    @Option(
            names = "--step-size",
            paramLabel = "ETA|auto",
            description = "Default auto: half the limit up to which no eigenvalue overshoots.")
    private Optional<String> stepSize;

    /** The options given, by their names. */
    List<String> given() {
        return Stream.of(
                        name("--spectrum", spectrum),
                        name("--zeros", zeros),
                        name("--depth", depth),
                        name("--scale", scale),
                        name("--product-scale", productScale),
                        name("--perturbation", perturbation),
                        name("--step-size", stepSize))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> name(String option, Optional<String> value) {
        return value.map(text -> option);
    }

    /** What is missing or given twice. */
    Optional<String> refusal() {
        if (spectrum.isEmpty()) {
            return Optional.of("a prediction wants CONFIG.yaml, or --spectrum with --depth and --scale");
        }
        if (depth.isEmpty()) {
            return Optional.of("--spectrum wants --depth, the number of factors");
        }
        if (scale.isPresent() == productScale.isPresent()) {
            return Optional.of("--spectrum wants exactly one of --scale and --product-scale");
        }
        return Optional.empty();
    }

    /** @throws org.gradus.experiment.ConfigException for values that are none */
    Question question(Question.Terms terms) {
        Modes modes = modes();
        Start start = start();
        StepSizeChoice choice = StepSizeChoice.of(
                modes,
                start,
                stepSize.filter(text -> !text.equals("auto"))
                        .map(text -> OptionNumber.positive("--step-size", text, "auto or a number greater than 0"))
                        .orElse(Double.NaN));
        Query query = new Query(modes, start, choice.value(), terms.levels(), terms.tolerance(), terms.horizon());
        return Question.of(query, choice);
    }

    private Modes modes() {
        double[] written = OptionNumber.items("--spectrum", spectrum.orElseThrow()).stream()
                .mapToDouble(item -> OptionNumber.finite("--spectrum: an eigenvalue", item))
                .toArray();
        int more = zeros.map(text -> OptionNumber.size("--zeros", text)).orElse(0);
        double[] all = new double[written.length + more];
        System.arraycopy(written, 0, all, 0, written.length);
        return Modes.exactly(all);
    }

    private Start start() {
        int factors = OptionNumber.depth("--depth", depth.orElseThrow());
        double alpha = scale.map(text -> OptionNumber.positive("--scale", text))
                .orElseGet(() -> Scales.perFactor(
                        OptionNumber.positive("--product-scale", productScale.orElseThrow()), factors));
        return perturbation
                .map(text -> Start.perturbed(factors, alpha, OptionNumber.upToScale("--perturbation", text, alpha)))
                .orElseGet(() -> Start.identical(factors, alpha));
    }
}
