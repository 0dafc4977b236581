package org.gradus.observe;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
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
     * Hears of the rows that a run had before it was resumed, before the first question about it.
     *
     * @param rows steps and effective ranks, read when asked for
     */
    default void recall(int run, Supplier<Rows> rows) {}

    /** Rows of a table: the i-th is that of {@code steps[i]}. */
    record Rows(double[] steps, double[] effectiveRanks) {}

    /** Whether only a row can tell that a run stops there, so that no run may go on before its row has been looked at. */
    default boolean looksAtStates() {
        return true;
    }

    /** The step at which every run stops if it has not before, where that is known beforehand; it gets a row. */
    default long lastStep() {
        return Schedule.NEVER;
    }

    /** No run ever stops. */
    static StopRule never() {
        return foreseen(Schedule.NEVER, (state, run, previous) -> Optional.empty());
    }

    /**
     * Any of: loss ≤ bound; ‖W − W_prev‖_F ≤ bound·‖W_prev‖_F between rows. Without either, never.
     */
    static StopRule anyOf(OptionalDouble loss, OptionalDouble relativeChange) {
        if (loss.isEmpty() && relativeChange.isEmpty()) {
            return never();
        }
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

    /** Where any of the rules says so. */
    default StopRule or(StopRule other) {
        StopRule self = this;
        return new StopRule() {
            @Override
            public Optional<String> reason(State state, int run, Supplier<Matrix> previous) {
                Optional<String> reason = self.reason(state, run, previous);
                Optional<String> otherReason = other.reason(state, run, previous); // asked always: it may count rows
                return reason.isPresent() ? reason : otherReason;
            }

            @Override
            public void recall(int run, Supplier<Rows> rows) {
                self.recall(run, rows);
                other.recall(run, rows);
            }

            @Override
            public boolean looksAtStates() {
                return self.looksAtStates() || other.looksAtStates();
            }

            @Override
            public long lastStep() {
                return Math.min(self.lastStep(), other.lastStep());
            }
        };
    }

    /** At {@code step}, where the recorder adds a row, or at the first row where that is later; {@code why} says what is there. */
    static StopRule at(long step, String why) {
        return foreseen(
                step,
                (state, run, previous) ->
                        state.step() >= step ? Optional.of("step " + step + " is " + why) : Optional.empty());
    }

    private static StopRule foreseen(long lastStep, StopRule rule) {
        return new StopRule() {
            @Override
            public Optional<String> reason(State state, int run, Supplier<Matrix> previous) {
                return rule.reason(state, run, previous);
            }

            @Override
            public boolean looksAtStates() {
                return false;
            }

            @Override
            public long lastStep() {
                return lastStep;
            }
        };
    }

    /** At the row at which the {@code wanted}-th plateau of the effective rank has been found, see PlateauDetector. */
    static StopRule plateau(int wanted) {
        Map<Integer, PlateauDetector> detectors = new HashMap<>();
        return new StopRule() {
            private PlateauDetector detector(int run) {
                return detectors.computeIfAbsent(run, key -> new PlateauDetector());
            }

            @Override
            public Optional<String> reason(State state, int run, Supplier<Matrix> previous) {
                double rank = Ranks.effective(state.singularValues(run));
                int count = detector(run).add(state.step(), rank);
                return count >= wanted
                        ? Optional.of(String.format(
                                Locale.ROOT, "plateau %d of the effective rank was found, at %.4g", count, rank))
                        : Optional.empty();
            }

            @Override
            public void recall(int run, Supplier<Rows> rows) {
                double[] steps = rows.get().steps();
                for (int i = 0; i < steps.length; i++) {
                    detector(run).add((long) steps[i], rows.get().effectiveRanks()[i]);
                }
            }
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
