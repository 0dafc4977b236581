package org.gradus.experiment;

import java.util.Optional;
import org.gradus.backend.Precision;
import org.gradus.linalg.Lapack;
import org.gradus.observe.Alignment;

/** From {@code record.alignment} to its columns. */
final class AlignmentChoice {
    private static final String KEY = "record.alignment";

    private AlignmentChoice() {}

    /** @throws ConfigException if there is no target, or its leading singular vectors span nothing definite */
    static Optional<Alignment> of(Config config, SharedData shared, Precision precision) {
        int count = config.record().alignment();
        if (count == 0) {
            return Optional.empty();
        }
        Lapack.Svd target = shared.truth()
                .orElseThrow(() -> config.source()
                        .error(KEY, "compares with the target's singular vectors, but no whole target is known here"));
        Alignment.refusal(count, target.values(), target.u().rows(), target.vt().cols())
                .ifPresent(reason -> {
                    throw config.source().error(KEY, "cannot be " + count + ": " + reason);
                });
        double epsilon = precision == Precision.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1f);
        return Optional.of(new Alignment(count, target, epsilon));
    }
}
