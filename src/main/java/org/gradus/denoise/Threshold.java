package org.gradus.denoise;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** The middle of the plateau of rank #{σ_i > τ}, τ the {@link NoiseLevel#hardThreshold} at the estimated noise level. */
public record Threshold() implements StoppingRule {
    @Override
    public String name() {
        return "threshold";
    }

    @Override
    public Stop choose(NoisyMatrix noisy, DeepDescent descent, LongConsumer watcher) {
        double sigma = Discrepancy.estimated(noisy);
        double threshold = NoiseLevel.hardThreshold(noisy, sigma);
        int rank = (int) IntStream.range(0, descent.ranks())
                .filter(i -> noisy.values()[i] > threshold)
                .count();
        OptionalDouble level = OptionalDouble.of(sigma);
        String reason = String.format(
                Locale.ROOT, "the middle of the plateau of the rank above the hard threshold %.4g", threshold);
        if (rank == 0) {
            return new Stop(0, 0, level, Optional.empty(), "no singular value exceeds the threshold");
        }
        // neighbours recovered together: the next rank that can be told apart
        return IntStream.iterate(rank, r -> r >= 1, r -> r - 1)
                .mapToObj(descent::plateau)
                .flatMap(Optional::stream)
                .findFirst()
                .map(plateau -> OfRank.at(plateau, level, reason))
                .orElseThrow(() -> new NoStopException(
                        "no plateau up to rank " + rank + " of the " + noisy.name() + " ends within "
                                + descent.horizon() + " steps: give more --steps, a larger --scale or --rank"));
    }
}
