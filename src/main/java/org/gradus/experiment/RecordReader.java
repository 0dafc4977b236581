package org.gradus.experiment;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.gradus.experiment.Config.CheckpointSection;
import org.gradus.experiment.Config.Every;
import org.gradus.experiment.Config.EverySeconds;
import org.gradus.experiment.Config.EverySteps;
import org.gradus.experiment.Config.Geometric;
import org.gradus.experiment.Config.Listed;
import org.gradus.experiment.Config.RecordSection;
import org.gradus.experiment.Config.StepsSection;

/** The section {@code record}. */
final class RecordReader {
    private static final double DEFAULT_RATIO = 1.1;
    private static final double MAX_RATIO = 1000;
    private static final double DEFAULT_CHECKPOINT_SECONDS = 60;

    private RecordReader() {}

    /** @param lastStep the number of steps of the run */
    static RecordSection read(Section record, long lastStep) {
        return new RecordSection(
                record.find("steps").map(RecordReader::steps).orElse(new Geometric(DEFAULT_RATIO)),
                record.find("singular-values").map(RecordReader::singularValues).orElse(OptionalInt.empty()),
                record.find("factors").map(Value::bool).orElse(false),
                record.find("balancedness").map(Value::bool).orElse(false),
                record.find("alignment")
                        .map(value -> value.integer(1, SyntheticReader.MAX_SIDE))
                        .orElse(0),
                record.find("products").map(value -> steps(value, lastStep)).orElse(List.of()),
                record.find("checkpoint")
                        .map(RecordReader::checkpoint)
                        .orElse(Optional.of(new EverySeconds(DEFAULT_CHECKPOINT_SECONDS))));
    }

    private static StepsSection steps(Value steps) {
        if (steps.isList()) {
            return new Listed(steps(steps, Long.MAX_VALUE));
        }
        if (!steps.isMapping()) {
            throw steps.error("must be {every: k}, {geometric: g} or a list of steps, not "
                    + steps.node().shown());
        }
        Value rule = steps.section().exactlyOne(List.of("every", "geometric"));
        return rule.name().equals("every")
                ? new Every(rule.integer(1, Long.MAX_VALUE))
                : new Geometric(rule.above(1, MAX_RATIO, "a number greater than 1 and at most 1000"));
    }

    private static List<Long> steps(Value list, long last) {
        return list.items("a list of steps").stream()
                .map(item -> item.integer(0, last))
                .toList();
    }

    private static OptionalInt singularValues(Value value) {
        if (value.is("all")) {
            return OptionalInt.empty();
        }
        if (value.is("none")) {
            return OptionalInt.of(0);
        }
        if (!value.isNumber()) {
            throw value.error(
                    "must be all, none or how many of them, not " + value.node().shown());
        }
        return OptionalInt.of(value.integer(1, SyntheticReader.MAX_SIDE));
    }

    private static Optional<CheckpointSection> checkpoint(Value value) {
        if (value.is("none")) {
            return Optional.empty();
        }
        if (!value.isMapping()) {
            throw value.error("must be {seconds: s}, {steps: k} or none, not "
                    + value.node().shown());
        }
        Value due = value.section().exactlyOne(List.of("seconds", "steps"));
        return Optional.of(
                due.name().equals("seconds")
                        ? new EverySeconds(due.positive())
                        : new EverySteps(due.integer(1, Long.MAX_VALUE)));
    }
}
