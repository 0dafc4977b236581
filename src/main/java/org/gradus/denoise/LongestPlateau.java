package org.gradus.denoise;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * The middle of the plateau that is longest in log k, among those of rank 1 … ⌊min(rows, cols)/2⌋: the lower half of the
 * spectrum is taken for noise, whose smallest values lie far apart by chance. One that lasts for ever is the longest.
 */
public record LongestPlateau() implements StoppingRule {
    @Override
    public String name() {
        return "plateau";
    }

    @Override
    public Stop choose(NoisyMatrix noisy, DeepDescent descent, LongConsumer watcher) {
        int last = Math.min(noisy.values().length / 2, descent.ranks());
        return IntStream.rangeClosed(1, last)
                .mapToObj(descent::plateau)
                .flatMap(Optional::stream)
                .max(Comparator.comparingDouble(Plateau::logLength))
                .map(plateau -> OfRank.at(
                        plateau, OptionalDouble.empty(), "the middle of the longest plateau in the logarithm of steps"))
                .orElseThrow(() -> new NoStopException("the " + noisy.rows() + "×" + noisy.cols() + " "
                        + noisy.name() + " has no plateau of a rank up to " + last + " that ends within "
                        + descent.horizon() + " steps: give --rank, or more --steps"));
    }
}
