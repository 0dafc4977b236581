package org.gradus.cli;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.gradus.denoise.DeepDescent;
import org.gradus.experiment.ConfigException;
import org.gradus.experiment.OptionNumber;
import org.gradus.init.Scales;
import org.gradus.select.Backends;
import picocli.CommandLine.Option;

/** The descent that denoises. */
final class DescentOptions {
    private static final int DEFAULT_DEPTH = 3;
    private static final long DEFAULT_STEPS = 10_000_000;

    @Option(names = "--depth", paramLabel = "N", description = "Number of factors, 2 or more; default 3.")
    private Optional<String> depth;

    @Option(
            names = "--scale",
            paramLabel = "ALPHA",
            description = "Scale of each factor at the start; by default such that that of the product, ALPHA^N, is the"
                    + " least of 1e-4 of the largest singular value and 1/10 of the median one, but 1e-8 of the"
                    + " largest at least. Smaller: closer to truncated SVD, more steps.")
    private Optional<String> scale;

    @Option(names = "--product-scale", paramLabel = "S", description = "Or that of the product, ALPHA^N.")
    private Optional<String> productScale;

    @Option(
            names = "--step-size",
            paramLabel = "ETA|auto",
            description = "Default auto: half the limit up to which no singular value overshoots, 1/(N*s1^(2-2/N)); no"
                    + " more than that limit.")
    private Optional<String> stepSize;

    @Option(names = "--steps", paramLabel = "COUNT", description = "The last step looked at; default 1e7.")
    private Optional<String> steps;

    @Option(
            names = "--solver",
            paramLabel = "modes|dense",
            description =
                    "Default modes: a number for each singular value, exactly. dense: the factors themselves, as a"
                            + " check, at 3(N-1) matrix products a step.")
    private String solver = "modes";

    @Option(
            names = "--backend",
            paramLabel = "auto|cpu|cuda|reference",
            description = "Where --solver dense runs; default auto.")
    private Optional<String> backend;

    /** @throws ConfigException for values that are none */
    DeepDescent.Terms terms() {
        int factors = depth.map(text -> OptionNumber.depth("--depth", text)).orElse(DEFAULT_DEPTH);
        if (factors < 2) {
            throw new ConfigException(
                    "--depth 1 recovers all singular values at once, and no rank before another; give 2 or more");
        }
        if (scale.isPresent() && productScale.isPresent()) {
            throw new ConfigException("--scale and --product-scale exclude each other; give one of them");
        }
        OptionalDouble alpha = Stream.concat(
                        scale.map(text -> OptionNumber.positive("--scale", text)).stream(),
                        productScale
                                .map(text -> Scales.perFactor(OptionNumber.positive("--product-scale", text), factors))
                                .stream())
                .mapToDouble(Double::doubleValue)
                .findFirst();
        OptionalDouble step = stepSize.filter(text -> !text.equals("auto")).stream()
                .mapToDouble(text -> OptionNumber.positive("--step-size", text, "auto or a number greater than 0"))
                .findFirst();
        long horizon = steps.map(text -> OptionNumber.steps("--steps", text)).orElse(DEFAULT_STEPS);
        return new DeepDescent.Terms(factors, alpha, step, horizon);
    }

    /** The backend of a dense descent; empty where none is asked for. */
    Optional<String> denseBackend() {
        if (!solver.equals("dense") && !solver.equals("modes")) {
            throw new ConfigException("--solver must be modes or dense, not '" + solver + "'");
        }
        backend.ifPresent(name -> {
            if (!name.equals("auto") && !Backends.NAMES.contains(name)) {
                throw new ConfigException("--backend must be auto, cpu, cuda or reference, not '" + name + "'");
            }
            if (solver.equals("modes")) {
                throw new ConfigException("--backend belongs to --solver dense; modes need none");
            }
        });
        return solver.equals("modes") ? Optional.empty() : Optional.of(backend.orElse("auto"));
    }
}
