package org.gradus.experiment;

import java.util.Locale;
import java.util.Optional;
import org.gradus.init.Dimensions;
import org.gradus.init.Initialization;
import org.gradus.problem.Problem;
import org.gradus.theory.Modes;
import org.gradus.theory.Start;
import org.gradus.theory.StepSize;

/**
 * The step size in use and the limits it is to be seen against; limits are already divided by the loss's gradient factor and
 * by κ = ‖A‖² of the operators.
 *
 * @param value η
 * @param automatic whether it was left to us: half the monotone limit
 * @param monotoneLimit up to here no mode overshoots
 * @param stableLimit beyond it the largest mode does not come to rest
 */
public record StepSizeChoice(double value, boolean automatic, double monotoneLimit, double stableLimit) {

    static StepSizeChoice of(Config config, Dimensions dimensions, Initialization start, double largest, Data data) {
        Problem problem = data.problem();
        double gradientFactor = data.gain() * problem.loss().gradientFactor(problem.observations());
        int depth = dimensions.depth();
        double monotone =
                StepSize.monotoneLimit(depth, largest, start.largestSingularValue(dimensions)) / gradientFactor;
        double stable = StepSize.stableLimit(depth, largest) / gradientFactor;
        boolean automatic = config.descent().stepSize().isEmpty();
        if (automatic && !Double.isFinite(monotone)) {
            throw config.source()
                    .error("descent.step-size", "auto has nothing to go by, since the target is zero; give a number");
        }
        if (automatic && !(monotone / 2 > 0)) {
            throw config.source()
                    .error("descent.step-size", "auto finds none above 0 for a target of spectral norm " + largest);
        }
        double value = automatic ? monotone / 2 : config.descent().stepSize().getAsDouble();
        return new StepSizeChoice(value, automatic, monotone, stable);
    }

    String describe() {
        return String.format(
                Locale.ROOT,
                "%.6g (%s; monotone up to %.4g, stable below %.4g)",
                value,
                automatic ? "auto: half the monotone limit" : "given",
                monotoneLimit,
                stableLimit);
    }

    /**
     * Half the monotone limit of the loss ½‖W − Ŵ‖², or the value given.
     *
     * @param given NaN for none
     * @throws ConfigException if none is given and there is nothing to go by
     */
    public static StepSizeChoice of(Modes modes, Start start, double given) {
        double monotone = StepSize.monotoneLimit(start.depth(), modes.largest(), start.scale());
        double stable = StepSize.stableLimit(start.depth(), modes.largest());
        if (Double.isNaN(given) && !(monotone / 2 > 0 && Double.isFinite(monotone))) {
            throw new ConfigException(
                    "--step-size auto finds no number for a spectrum up to " + modes.largest() + "; give one");
        }
        return new StepSizeChoice(Double.isNaN(given) ? monotone / 2 : given, Double.isNaN(given), monotone, stable);
    }

    /** What to do about a run that diverged. */
    public String advice() {
        return value >= stableLimit
                ? String.format(Locale.ROOT, "descent.step-size must be below %.4g here", stableLimit)
                : "try a smaller descent.step-size";
    }

    public Optional<String> warning() {
        if (value >= stableLimit) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "step size %.6g is beyond the stable limit %.6g: the largest mode will oscillate or diverge",
                    value,
                    stableLimit));
        }
        return Optional.empty();
    }
}
