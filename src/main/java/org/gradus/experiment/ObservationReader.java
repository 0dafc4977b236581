package org.gradus.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.gradus.experiment.Config.MaskSection;
import org.gradus.experiment.Config.ObservationsSection;
import org.gradus.experiment.Config.OperatorsFile;
import org.gradus.experiment.Config.OperatorsKind;
import org.gradus.experiment.Config.OperatorsSection;
import org.gradus.experiment.Config.OperatorsWay;
import org.gradus.experiment.Config.RandomOperators;
import org.gradus.experiment.Config.RankOneFiles;

/** The sections {@code problem.operators}, {@code problem.observations} and {@code problem.mask}. */
final class ObservationReader {
    private static final List<String> WAYS = List.of("file", "gaussian", "symmetric-gaussian", "rank-one");

    private ObservationReader() {}

    static OperatorsSection operators(Section problem, Path config) {
        Section operators = problem.require("operators", "a mapping with one of " + String.join(", ", WAYS))
                .section();
        Value way = operators.exactlyOne(WAYS);
        return new OperatorsSection(way(way, config), side(operators, "rows"), side(operators, "columns"));
    }

    private static OperatorsWay way(Value way, Path config) {
        return switch (way.name()) {
            case "file" -> new OperatorsFile(config.resolveSibling(way.path()));
            case "gaussian" -> random(way.section(), OperatorsKind.GAUSSIAN);
            case "symmetric-gaussian" -> random(way.section(), OperatorsKind.SYMMETRIC_GAUSSIAN);
            default -> rankOne(way.section(), config);
        };
    }

    private static OptionalInt side(Section operators, String name) {
        return operators
                .find(name)
                .map(value -> OptionalInt.of(value.integer(1, SyntheticReader.MAX_SIDE)))
                .orElseGet(OptionalInt::empty);
    }

    private static RandomOperators random(Section section, OperatorsKind kind) {
        return new RandomOperators(
                kind,
                section.require("count", "an integer of at least 1").integer(1, Integer.MAX_VALUE - 8),
                section.find("standard-deviation")
                        .map(value -> OptionalDouble.of(value.positive()))
                        .orElseGet(OptionalDouble::empty),
                ProblemReader.seed(section));
    }

    private static OperatorsWay rankOne(Section section, Path config) {
        Value way = section.exactlyOne(List.of("count", "files"));
        if (way.name().equals("count")) {
            return random(section, OperatorsKind.RANK_ONE);
        }
        String expected = "a list of two files, rows × m and columns × m";
        List<Value> files = way.items(expected);
        if (files.size() != 2) {
            throw way.error("must be " + expected + ", not of " + files.size());
        }
        return new RankOneFiles(
                config.resolveSibling(files.get(0).path()),
                config.resolveSibling(files.get(1).path()));
    }

    static ObservationsSection observations(Section observations, Path config) {
        return new ObservationsSection(
                observations.find("file").map(value -> config.resolveSibling(value.path())),
                observations.find("noise").map(Value::section).map(ProblemReader::noise));
    }

    /** @param target whether a target is given, whose entries are all known */
    static MaskSection mask(Section problem, boolean target, Path config) {
        Section mask = problem.require("mask", "a mapping with one of file, fraction, count")
                .section();
        Value way = mask.exactlyOne(List.of("file", "fraction", "count"));
        Optional<Value> heldOut = mask.find("held-out");
        if (target && heldOut.isPresent()) {
            throw heldOut.get().error("has no use beside a target, against which all entries are tested; leave it out");
        }
        String expected = "a number greater than 0 and at most 1";
        return new MaskSection(
                way.name().equals("file") ? Optional.of(config.resolveSibling(way.path())) : Optional.empty(),
                way.name().equals("fraction") ? OptionalDouble.of(way.above(0, 1, expected)) : OptionalDouble.empty(),
                way.name().equals("count")
                        ? OptionalInt.of(way.integer(1, Integer.MAX_VALUE - 8))
                        : OptionalInt.empty(),
                heldOut.map(value -> OptionalDouble.of(fraction(value))).orElseGet(OptionalDouble::empty),
                ProblemReader.seed(mask));
    }

    private static double fraction(Value value) {
        String expected = "a number greater than 0 and less than 1";
        double fraction = value.above(0, 1, expected);
        if (fraction == 1) {
            throw value.error("must be " + expected + ", or nothing is observed");
        }
        return fraction;
    }
}
