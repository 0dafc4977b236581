package org.gradus.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gradus.denoise.DeepDescent;
import org.gradus.denoise.Denoised;
import org.gradus.denoise.Denoised.Estimate;
import org.gradus.denoise.Quality;
import org.gradus.denoise.StoppingRule;
import org.gradus.linalg.Matrix;

/**
 * A denoising and what it is to be compared with.
 *
 * @param channels one for each of the input's
 * @param estimate what is written: products of the descent by modes, or of the dense one
 * @param denseDifference of the dense products from those by modes, relative, the largest; empty where none was run
 * @param compared one for each {@link Estimate}, in its order
 */
record DenoiseResult(
        DenoiseInput input,
        StoppingRule rule,
        DeepDescent.Terms terms,
        List<Denoised> channels,
        List<Matrix> estimate,
        OptionalDouble denseDifference,
        List<Row> compared) {

    /**
     * @param residual ‖W − Ŷ‖_F/√(number of entries), all channels together, to be seen against the noise level
     * @param quality where a clean matrix is known
     */
    record Row(
            Estimate kind,
            List<Integer> ranks,
            List<Double> effectiveRanks,
            double residual,
            Optional<Quality> quality) {}

    static DenoiseResult of(
            DenoiseInput input,
            StoppingRule rule,
            DeepDescent.Terms terms,
            List<Denoised> channels,
            List<Matrix> estimate,
            OptionalDouble denseDifference) {
        List<Row> compared = new ArrayList<>();
        for (Estimate kind : Estimate.values()) {
            compared.add(row(input, channels, kind, estimate));
        }
        return new DenoiseResult(input, rule, terms, channels, estimate, denseDifference, compared);
    }

    private static Row row(DenoiseInput input, List<Denoised> channels, Estimate kind, List<Matrix> estimate) {
        List<Integer> ranks = channels.stream()
                .map(channel -> kind == Estimate.NOISY
                        ? channel.noisy().rank()
                        : channel.stop().rank())
                .toList();
        List<Double> effective =
                channels.stream().map(channel -> channel.effectiveRank(kind)).toList();
        double squares = channels.stream()
                .mapToDouble(channel -> channel.squaredResidual(kind))
                .sum();
        Matrix shape = input.channels().get(0);
        double entries = (double) channels.size() * shape.rows() * shape.cols();
        Optional<Quality> quality = input.clean()
                .map(clean -> Quality.of(
                        kind == Estimate.DESCENT ? estimate : matrices(channels, kind), clean, input.peak()));
        return new Row(kind, ranks, effective, Math.sqrt(squares / entries), quality);
    }

    Row row(Estimate kind) {
        return compared.stream().filter(row -> row.kind() == kind).findFirst().orElseThrow();
    }

    private static List<Matrix> matrices(List<Denoised> channels, Estimate kind) {
        return channels.stream().map(channel -> channel.matrix(kind)).toList();
    }
}
