package org.gradus.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import org.gradus.experiment.Config.SyntheticTarget;

/** The seeds that a run depends on, for its manifest. */
final class Seeds {
    private Seeds() {}

    static Map<String, Object> of(Config config) {
        Map<String, Object> seeds = new LinkedHashMap<>();
        if (config.problem().target() instanceof SyntheticTarget synthetic) {
            seeds.put("target", synthetic.seed());
        }
        config.problem().noise().ifPresent(noise -> seeds.put("noise", noise.seed()));
        switch (config.factors().start().kind()) {
            case ORTHOGONAL, GAUSSIAN, UNIFORM ->
                seeds.put("initialization", config.factors().start().seed());
            case IDENTICAL, PERTURBED, BALANCED, GIVEN -> {}
        }
        return seeds;
    }
}
