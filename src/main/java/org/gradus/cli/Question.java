package org.gradus.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradus.experiment.ConfigException;
import org.gradus.experiment.Forecast;
import org.gradus.experiment.Plan;
import org.gradus.experiment.StepSizeChoice;
import org.gradus.theory.Query;
import org.gradus.theory.Tolerance;

/**
 * What a prediction is asked for, in the user's units and in those of theory.
 *
 * @param query its step size is that of ½‖W − Ŵ‖²
 * @param stepSize and limits, of the user's loss
 * @param divergence how the recursion goes where it does not come to rest
 */
record Question(Query query, StepSizeChoice stepSize, Optional<String> divergence, List<String> warnings) {
    private static final String KIND = "factors.initialization.kind";

    Question {
        warnings = List.copyOf(warnings);
    }

    /** What is to be predicted, whatever the problem: levels, tolerance and horizon. */
    record Terms(List<Double> levels, Tolerance tolerance, long horizon) {
        Terms {
            levels = List.copyOf(levels);
        }
    }

    /** @throws ConfigException if theory does not cover the plan's start */
    static Question of(Plan plan, Terms terms) {
        Query query = Forecast.query(plan, terms.levels(), terms.tolerance(), terms.horizon())
                .orElseThrow(() -> refused(plan));
        return of(query, plan.stepSize(), plan.warnings());
    }

    static Question of(Query query, StepSizeChoice stepSize) {
        return of(query, stepSize, stepSize.warning().stream().toList());
    }

    private static Question of(Query query, StepSizeChoice stepSize, List<String> said) {
        Optional<String> divergence = Divergence.of(query);
        List<String> warnings =
                Stream.concat(said.stream(), divergence.stream()).toList();
        return new Question(query, stepSize, divergence, warnings);
    }

    private static ConfigException refused(Plan plan) {
        return plan.config()
                .source()
                .error(
                        KIND,
                        "nothing can be predicted: " + Forecast.refusal(plan).orElseThrow());
    }

    /** What the user's step sizes are multiplied by to be those of ½‖W − Ŵ‖²: 1 for loss sum. */
    double gradientFactor() {
        return query.stepSize() / stepSize.value();
    }
}
