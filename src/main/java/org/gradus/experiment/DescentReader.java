package org.gradus.experiment;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.gradus.experiment.Config.DescentSection;
import org.gradus.experiment.Config.SolverKind;
import org.gradus.experiment.Config.StopSection;

/** The section {@code descent}. */
final class DescentReader {
    static final long MAX_STEPS = 1_000_000_000_000L;

    private DescentReader() {}

    static DescentSection read(Section descent) {
        OptionalDouble stepSize = descent.find("step-size")
                .filter(value -> !value.is("auto"))
                .map(value -> OptionalDouble.of(value.above(0, Double.MAX_VALUE, "auto or a number greater than 0")))
                .orElse(OptionalDouble.empty());
        long steps =
                descent.require("steps", "an integer from 0 to " + MAX_STEPS).integer(0, MAX_STEPS);
        SolverKind solver = descent.find("solver")
                .map(value -> value.choice(SolverKind.class))
                .orElse(SolverKind.AUTO);
        Section stop = descent.section("stop");
        return new DescentSection(
                stepSize,
                steps,
                solver,
                new StopSection(
                        positive(stop.find("loss")),
                        positive(stop.find("relative-change")),
                        count(stop.find("rank")),
                        count(stop.find("plateau"))));
    }

    private static OptionalInt count(Optional<Value> value) {
        return value.map(v -> OptionalInt.of(v.integer(1, Integer.MAX_VALUE))).orElse(OptionalInt.empty());
    }

    private static OptionalDouble positive(Optional<Value> value) {
        return value.map(v -> OptionalDouble.of(v.positive())).orElse(OptionalDouble.empty());
    }
}
