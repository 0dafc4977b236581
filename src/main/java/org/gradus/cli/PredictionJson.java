package org.gradus.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradus.experiment.StepSizeChoice;
import org.gradus.theory.Prediction;

/** A prediction as the promised JSON object; see docs/formats.md. */
final class PredictionJson {
    private PredictionJson() {}

    static Map<String, Object> of(Prediction prediction, StepSizeChoice stepSize) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put(
                "modes", prediction.modes().stream().map(PredictionJson::mode).toList());
        object.put(
                "plateaus",
                prediction.plateaus().stream().map(PredictionJson::plateau).toList());
        Map<String, Object> limits = new LinkedHashMap<>();
        limits.put("value", stepSize.value());
        limits.put("monotone_limit", stepSize.monotoneLimit());
        limits.put("stable_limit", stepSize.stableLimit());
        object.put("step_size", limits);
        return object;
    }

    private static Map<String, Object> mode(Prediction.Mode mode) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("lambda", mode.lambda());
        object.put("count", mode.count());
        List<Map<String, Object>> crossings =
                mode.crossings().stream().map(PredictionJson::crossing).toList();
        object.put("crossings", crossings);
        return object;
    }

    private static Map<String, Object> crossing(Prediction.Crossing crossing) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("level", crossing.level());
        object.put("flow_time", crossing.flowTime());
        object.put("lower", crossing.lower());
        object.put("upper", crossing.upper());
        object.put("step", crossing.step());
        return object;
    }

    private static Map<String, Object> plateau(Prediction.Plateau plateau) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("rank", plateau.rank());
        object.put("first", plateau.first());
        object.put("last", plateau.last());
        object.put("certified_first", plateau.certifiedFirst());
        object.put("certified_last", plateau.certifiedLast());
        object.put("effective_rank", plateau.effectiveRank());
        object.put("for_ever", plateau.forEver());
        return object;
    }
}
