package org.gradus.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gradus.init.Balanced;
import org.gradus.init.Perturbed;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Problem;
import org.gradus.theory.Modes;
import org.gradus.theory.Query;
import org.gradus.theory.Start;
import org.gradus.theory.Tolerance;

/** What theory can be asked about a plan: it covers the starts from which every value of the spectrum runs on its own. */
public final class Forecast {
    private Forecast() {}

    /** Why theory does not cover the plan's start; empty if it does. */
    public static Optional<String> refusal(Plan plan) {
        return plan.solver().modesRefusal();
    }

    /**
     * The question, with the step size that the scalars see: η times the loss's gradient factor.
     *
     * @return empty where theory does not cover the start
     */
    public static Optional<Query> query(Plan plan, List<Double> levels, Tolerance tolerance, long horizon) {
        if (refusal(plan).isPresent()) {
            return Optional.empty();
        }
        Problem problem = plan.data().problem();
        double factor = problem.loss().gradientFactor(problem.observations());
        Query query = new Query(modes(plan), start(plan), plan.stepSize().value() * factor, levels, tolerance, horizon);
        return Optional.of(query);
    }

    private static Modes modes(Plan plan) {
        if (plan.start() instanceof Balanced) {
            int reachable = Math.min(plan.dimensions().smallest(), plan.targetValues().length);
            return Modes.decomposed(Arrays.copyOf(plan.targetValues(), reachable));
        }
        Matrix target = plan.data().reference();
        return Modes.decomposed(Lapack.symmetricEigenvalues(target.copy()));
    }

    private static Start start(Plan plan) {
        int depth = plan.dimensions().depth();
        double scale = plan.start().largestSingularValue(plan.dimensions());
        return plan.start() instanceof Perturbed perturbed
                ? Start.perturbed(depth, scale, perturbed.perturbation())
                : Start.identical(depth, scale);
    }
}
