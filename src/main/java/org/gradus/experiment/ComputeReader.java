package org.gradus.experiment;

import java.util.OptionalInt;
import org.gradus.experiment.Config.BackendKind;
import org.gradus.experiment.Config.ComputeSection;
import org.gradus.experiment.Config.PrecisionKind;
import org.gradus.experiment.Config.SingularValuesKind;

/** The section {@code compute}. */
final class ComputeReader {
    private static final int MAX_THREADS = 1024;
    private static final int LAST_DEVICE = 1023;

    private ComputeReader() {}

    static ComputeSection read(Section compute) {
        return new ComputeSection(
                compute.find("backend")
                        .map(value -> value.choice(BackendKind.class))
                        .orElse(BackendKind.AUTO),
                compute.find("precision")
                        .map(value -> value.choice(PrecisionKind.class))
                        .orElse(PrecisionKind.FLOAT64),
                compute.find("threads")
                        .map(value -> OptionalInt.of(value.integer(1, MAX_THREADS)))
                        .orElse(OptionalInt.empty()),
                compute.find("device")
                        .map(value -> value.integer(0, LAST_DEVICE))
                        .orElse(0),
                compute.find("singular-values")
                        .map(value -> value.choice(SingularValuesKind.class))
                        .orElse(SingularValuesKind.EXACT));
    }
}
