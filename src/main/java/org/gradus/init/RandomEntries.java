package org.gradus.init;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gradus.linalg.Matrix;
import org.gradus.random.RandomStream;
import org.gradus.random.RandomStream.Purpose;

/**
 * Independent entries with mean 0: normal, or uniform with the same variance.
 *
 * @param scale α: standard deviation α/√max(n_j, n_{j−1}); ignored where standardDeviation is given
 * @param standardDeviation of every entry of every factor
 */
public record RandomEntries(Distribution distribution, double scale, OptionalDouble standardDeviation, long seed)
        implements Initialization {

    /** Of the entries. */
    public enum Distribution {
        GAUSSIAN,
        UNIFORM
    }

    @Override
    public Optional<String> refusal(Dimensions dimensions) {
        return Optional.empty();
    }

    @Override
    public Matrix factor(int j, Dimensions dimensions) {
        int rows = dimensions.size(j);
        int cols = dimensions.size(j - 1);
        int length = Math.multiplyExact(rows, cols);
        RandomStream stream = new RandomStream(seed, Purpose.FACTOR, j);
        double deviation = deviation(j, dimensions);
        return new Matrix(
                rows,
                cols,
                distribution == Distribution.GAUSSIAN
                        ? stream.gaussians(length, deviation)
                        : stream.uniforms(length, Math.sqrt(3) * deviation));
    }

    private double deviation(int j, Dimensions dimensions) {
        return standardDeviation.orElse(scale / Math.sqrt(Math.max(dimensions.size(j), dimensions.size(j - 1))));
    }

    /** The edge σ(√n_j + √n_{j−1}) at which the largest singular value concentrates (Bai and Yin 1993). */
    @Override
    public double largestSingularValue(Dimensions dimensions) {
        double largest = 0;
        for (int j = 1; j <= dimensions.depth(); j++) {
            double edge = Math.sqrt(dimensions.size(j)) + Math.sqrt(dimensions.size(j - 1));
            largest = Math.max(largest, deviation(j, dimensions) * edge);
        }
        return largest;
    }

    @Override
    public String describe(Dimensions dimensions) {
        String kind = distribution.name().toLowerCase(Locale.ROOT) + " (seed " + seed + "), ";
        return standardDeviation.isPresent()
                ? kind + "standard deviation " + standardDeviation.getAsDouble()
                : kind + Scales.describe(scale, dimensions.depth()) + ", standard deviation scale/√max(n_j, n_{j−1})";
    }
}
