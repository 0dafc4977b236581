package org.gradus.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradus.experiment.Config.FileTarget;
import org.gradus.experiment.Config.LossKind;
import org.gradus.experiment.Config.NoiseSection;
import org.gradus.experiment.Config.ObservationsSection;
import org.gradus.experiment.Config.ProblemKind;
import org.gradus.experiment.Config.ProblemSection;
import org.gradus.experiment.Config.TargetSection;

/** The section {@code problem}: which keys there are depends on its kind. */
final class ProblemReader {
    private static final Map<ProblemKind, List<String>> KEYS = Map.of(
            ProblemKind.ESTIMATION, List.of("kind", "target", "loss"),
            ProblemKind.SENSING, List.of("kind", "target", "loss", "operators", "observations"),
            ProblemKind.COMPLETION, List.of("kind", "target", "loss", "mask"));

    private ProblemReader() {}

    /** @param config the configuration file, whose folder paths are relative to */
    static ProblemSection read(Section problem, Path config) {
        ProblemKind kind = problem.find("kind")
                .map(value -> value.choice(ProblemKind.class))
                .orElse(ProblemKind.ESTIMATION);
        refuseKeysOfOtherKinds(problem, kind);
        LossKind loss =
                problem.find("loss").map(value -> value.choice(LossKind.class)).orElse(LossKind.SUM);
        Optional<Section> target = target(problem, kind);
        Optional<NoiseSection> noise = target.flatMap(section -> section.find("noise"))
                .map(Value::section)
                .map(ProblemReader::noise);
        ObservationsSection observations = ObservationReader.observations(problem.section("observations"), config);
        if (observations.file().isPresent() && noise.isPresent()) {
            throw target.orElseThrow()
                    .find("noise")
                    .orElseThrow()
                    .error(
                            "has no effect beside problem.observations.file, which holds what is observed; leave it out");
        }
        return new ProblemSection(
                kind,
                target.map(section -> target(section, config)),
                noise,
                loss,
                kind == ProblemKind.SENSING
                        ? Optional.of(ObservationReader.operators(problem, config))
                        : Optional.empty(),
                observations,
                kind == ProblemKind.COMPLETION
                        ? Optional.of(ObservationReader.mask(problem, target.isPresent(), config))
                        : Optional.empty());
    }

    private static void refuseKeysOfOtherKinds(Section problem, ProblemKind kind) {
        for (String name : problem.node().entries().keySet()) {
            if (!KEYS.get(kind).contains(name)) {
                String owner = KEYS.get(ProblemKind.SENSING).contains(name) ? "sensing" : "completion";
                throw problem.find(name)
                        .orElseThrow()
                        .error("belongs to kind " + owner + "; kind " + Value.word(kind) + " has "
                                + String.join(", ", KEYS.get(kind)));
            }
        }
    }

    /** Estimation needs it; sensing does unless there are observations, completion unless the mask's file has values. */
    private static Optional<Section> target(Section problem, ProblemKind kind) {
        String expected = "a mapping with 'file' or 'synthetic'";
        boolean without = kind == ProblemKind.COMPLETION
                ? problem.section("mask").find("file").isPresent()
                : kind == ProblemKind.SENSING
                        && problem.section("observations").find("file").isPresent();
        if (problem.find("target").isEmpty() && without) {
            return Optional.empty();
        }
        String instead = kind == ProblemKind.SENSING ? ", unless observations.file is given" : "";
        return Optional.of(problem.require("target", expected + instead).section());
    }

    private static TargetSection target(Section target, Path config) {
        Value source = target.exactlyOne(List.of("file", "synthetic"));
        return source.name().equals("file")
                ? new FileTarget(config.resolveSibling(source.path()))
                : SyntheticReader.read(source.section());
    }

    static NoiseSection noise(Section noise) {
        return new NoiseSection(
                noise.require("standard-deviation", "a number of at least 0").nonNegative(), seed(noise));
    }

    static long seed(Section section) {
        return section.find("seed").map(Value::seed).orElse(0L);
    }
}
