package org.gradus.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gradus.experiment.Config.RandomOperators;
import org.gradus.experiment.Config.SyntheticTarget;

/** The seeds that a run depends on, for its manifest. */
final class Seeds {
    private Seeds() {}

    static Map<String, Object> of(Config config) {
        Map<String, Object> seeds = new LinkedHashMap<>();
        if (config.problem().target().orElse(null) instanceof SyntheticTarget synthetic) {
            seeds.put("target", synthetic.seed());
        }
        config.problem().noise().ifPresent(noise -> seeds.put("noise", noise.seed()));
        config.problem().operators().ifPresent(operators -> {
            if (operators.way() instanceof RandomOperators random) {
                seeds.put("operators", random.seed());
            }
        });
        config.problem().observations().noise().ifPresent(noise -> seeds.put("observation-noise", noise.seed()));
        config.problem().mask().ifPresent(mask -> {
            if (mask.file().isEmpty() || mask.heldOut().isPresent()) {
                seeds.put("mask", mask.seed());
            }
        });
        switch (config.factors().start().kind()) {
            case ORTHOGONAL, GAUSSIAN, UNIFORM ->
                seeds.put("initialization", config.factors().start().seed());
            case IDENTICAL, PERTURBED, BALANCED, GIVEN -> {}
        }
        return seeds;
    }
}
