package org.gradus.cli;

import java.util.Locale;
import org.gradus.backend.Options;
import org.gradus.experiment.Config.ComputeSection;
import org.gradus.experiment.Config.PrecisionKind;
import org.gradus.experiment.Config.SingularValuesKind;
import org.gradus.select.Backends;

/** From the section {@code compute} to a backend. */
final class Selections {
    private Selections() {}

    static Backends.Selection open(ComputeSection compute) {
        String wanted = compute.backend().name().toLowerCase(Locale.ROOT);
        Options options = new Options(
                compute.threads().orElse(Runtime.getRuntime().availableProcessors()),
                compute.device(),
                compute.precision() == PrecisionKind.TF32,
                compute.singularValues() == SingularValuesKind.GRAM);
        return Backends.open(wanted, options);
    }
}
