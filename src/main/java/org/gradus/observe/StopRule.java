package org.gradus.observe;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.gradus.dynamics.State;
import org.gradus.linalg.Matrix;

/** Looks at each recorded state of a run in turn and says why the run should stop there, if it should. */
@FunctionalInterface
public interface StopRule {

    /** @param previous the product at the row before, made when asked for; null at the first */
    Optional<String> reason(State state, int run, Supplier<Matrix> previous);

    /**
     * Any of: loss ≤ bound; ‖W − W_prev‖_F ≤ bound·‖W_prev‖_F between rows. Without either, never.
     */
    static StopRule anyOf(OptionalDouble loss, OptionalDouble relativeChange) {
        return (state, run, previous) -> {
            if (loss.isPresent() && state.loss(run) <= loss.getAsDouble()) {
                return Optional.of(says("loss", state.loss(run), loss.getAsDouble()));
            }
            if (relativeChange.isPresent() && previous != null) {
                double change = relativeChange(state.product(run), previous.get());
                if (change <= relativeChange.getAsDouble()) {
                    return Optional.of(says("relative change", change, relativeChange.getAsDouble()));
                }
            }
            return Optional.empty();
        };
    }

    private static String says(String what, double value, double bound) {
        return String.format(Locale.ROOT, "%s %.6g is at most %.6g", what, value, bound);
    }

    private static double relativeChange(Matrix now, Matrix before) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < now.data().length; i++) {
            double d = now.data()[i] - before.data()[i];
            difference += d * d;
            norm += before.data()[i] * before.data()[i];
        }
        return norm == 0 ? Double.POSITIVE_INFINITY : Math.sqrt(difference / norm);
    }
}
