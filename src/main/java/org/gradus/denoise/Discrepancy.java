package org.gradus.denoise;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * The discrepancy principle (V. Morozov, Soviet Math. Dokl. 7, 1966): the first step with ‖W − Ŷ_k‖_F ≤ σ·√(rows·cols), since
 * the truth itself is as far from W.
 *
 * @param sigma the noise's standard deviation; left out: {@link NoiseLevel#estimate}
 */
public record Discrepancy(OptionalDouble sigma) implements StoppingRule {
    @Override
    public String name() {
        return "discrepancy";
    }

    @Override
    public Stop choose(NoisyMatrix noisy, DeepDescent descent, LongConsumer watcher) {
        double level = sigma.orElseGet(() -> estimated(noisy));
        double distance = level * Math.sqrt((double) noisy.rows() * noisy.cols());
        OptionalLong step = descent.firstWithin(distance, watcher);
        if (step.isEmpty()) {
            throw new NoStopException(String.format(
                    Locale.ROOT,
                    "within %d steps the residual of the %s does not fall to %.4g, the noise level %.4g times the root"
                            + " of the number of entries: give more --steps, a larger --scale, a smaller --depth or a"
                            + " larger --noise-level",
                    descent.horizon(),
                    noisy.name(),
                    distance,
                    level));
        }
        int rank = descent.rankOf(descent.recovered(step.getAsLong()));
        String reason = "the first step with ‖W − Ŷ‖_F ≤ σ√(rows·cols)";
        return new Stop(step.getAsLong(), rank, OptionalDouble.of(level), Optional.empty(), reason);
    }

    static double estimated(NoisyMatrix noisy) {
        return NoiseLevel.estimate(noisy)
                .orElseThrow(() -> new NoStopException("the noise level of the " + noisy.rows() + "×" + noisy.cols()
                        + " " + noisy.name() + " of rank " + noisy.rank()
                        + " cannot be estimated, which takes at least " + NoiseLevel.FEWEST
                        + " rows and columns and noise in every direction: give --noise-level or --rank"));
    }
}
