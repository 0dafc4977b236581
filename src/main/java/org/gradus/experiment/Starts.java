package org.gradus.experiment;

import org.gradus.experiment.Config.StartSection;
import org.gradus.init.Balanced;
import org.gradus.init.Dimensions;
import org.gradus.init.Identical;
import org.gradus.init.Initialization;
import org.gradus.init.Orthogonal;
import org.gradus.init.Perturbed;
import org.gradus.init.RandomEntries;
import org.gradus.init.RandomEntries.Distribution;
import org.gradus.init.Scales;

/** From the section {@code factors.initialization} to the start it names. */
final class Starts {
    private static final String KEY = "factors.initialization.kind";

    private Starts() {}

    static Initialization of(Config config, SharedData shared, Dimensions dimensions) {
        StartSection section = config.factors().start();
        double scale = section.scale().isPresent() || section.productScale().isEmpty()
                ? section.scale().orElse(Double.NaN)
                : Scales.perFactor(section.productScale().getAsDouble(), dimensions.depth());
        Initialization start = switch (section.kind()) {
            case IDENTICAL -> new Identical(scale);
            case PERTURBED -> new Perturbed(scale, section.perturbation().orElseThrow());
            case BALANCED -> Balanced.matching(shared.data().reference(), scale);
            case ORTHOGONAL -> new Orthogonal(scale, section.seed());
            case GAUSSIAN -> entries(Distribution.GAUSSIAN, scale, section);
            case UNIFORM -> entries(Distribution.UNIFORM, scale, section);
            case GIVEN -> shared.given(section.files());
        };
        start.refusal(dimensions).ifPresent(reason -> {
            throw config.source().error(KEY, reason);
        });
        return start;
    }

    private static Initialization entries(Distribution distribution, double scale, StartSection section) {
        return new RandomEntries(distribution, scale, section.standardDeviation(), section.seed());
    }
}
