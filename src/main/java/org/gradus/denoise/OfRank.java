package org.gradus.denoise;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The middle of the plateau of rank L, see {@link Plateau}. */
public record OfRank(int rank) implements StoppingRule {
    private static final int NEIGHBOURS = 3;

    @Override
    public String name() {
        return "rank";
    }

    @Override
    public Stop choose(NoisyMatrix noisy, DeepDescent descent, LongConsumer watcher) {
        if (rank < 1 || rank > noisy.rank()) {
            throw impossible("the " + noisy.rows() + "×" + noisy.cols() + " " + noisy.name() + " has rank "
                    + noisy.rank() + ": give 1 to " + noisy.rank());
        }
        if (rank > descent.ranks()) {
            throw impossible(String.format(
                    Locale.ROOT,
                    "of the %s only %d singular values exceed twice the start's %.3g: give a smaller --scale, or 1 to"
                            + " %d",
                    noisy.name(),
                    descent.ranks(),
                    Math.pow(descent.scale(), descent.depth()),
                    descent.ranks()));
        }
        Plateau plateau = descent.plateau(rank).orElseThrow(() -> impossible(reason(noisy, descent)));
        return at(plateau, OptionalDouble.empty(), "the middle of the plateau of rank " + rank);
    }

    static Stop at(Plateau plateau, OptionalDouble sigma, String reason) {
        return new Stop(plateau.middle(), plateau.rank(), sigma, Optional.of(plateau), reason);
    }

    private String reason(NoisyMatrix noisy, DeepDescent descent) {
        if (!descent.reaches(rank)) {
            return "the " + noisy.name() + " does not reach it within " + descent.horizon()
                    + " steps: give more --steps, a larger --scale, a smaller --depth or a smaller rank";
        }
        String possible = Stream.concat(
                        IntStream.iterate(rank - 1, r -> r >= 1, r -> r - 1)
                                .filter(r -> descent.plateau(r).isPresent())
                                .limit(NEIGHBOURS)
                                .boxed(),
                        IntStream.rangeClosed(rank + 1, descent.ranks())
                                .filter(r -> descent.plateau(r).isPresent())
                                .limit(NEIGHBOURS)
                                .boxed())
                .sorted()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "singular values %d and %d of the %s (%.6g and %.6g) are recovered at the same step; the nearest"
                        + " possible: %s",
                rank,
                rank + 1,
                noisy.name(),
                noisy.values()[rank - 1],
                noisy.values()[rank],
                possible);
    }

    private NoStopException impossible(String why) {
        return new NoStopException("rank " + rank + " is impossible: " + why);
    }
}
