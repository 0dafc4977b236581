package org.gradus.denoise;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.SpectralEstimates;
import org.gradus.observe.Ranks;

/**
 * A noisy matrix with its stopped descent and what it is to be seen against. Estimates are made when they are asked for.
 *
 * @param descent empty for the zero matrix, of which every estimate is zero
 */
public record Denoised(NoisyMatrix noisy, Optional<DeepDescent> descent, Stop stop) {

    /** @throws NoStopException if the rule finds no step */
    public static Denoised of(NoisyMatrix noisy, DeepDescent.Terms terms, StoppingRule rule, LongConsumer watcher) {
        if (noisy.rank() == 0) {
            Stop atOnce = new Stop(0, 0, OptionalDouble.empty(), Optional.empty(), "it is zero everywhere");
            return new Denoised(noisy, Optional.empty(), atOnce);
        }
        DeepDescent descent = new DeepDescent(noisy, terms);
        return new Denoised(noisy, Optional.of(descent), rule.choose(noisy, descent, watcher));
    }

    /** What is compared. */
    public enum Estimate {
        NOISY("noisy input"),
        DESCENT("deep descent"),
        /** {@link SpectralEstimates#truncated} at the rank of the descent. */
        TRUNCATED("truncated SVD"),
        /** {@link SpectralEstimates#softened} with {@link Denoised#softThreshold}. */
        SOFTENED("soft-thresholded SVD");

        private final String title;

        Estimate(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** The singular values of an estimate, descending. */
    public double[] values(Estimate estimate) {
        double[] sigma = noisy.values();
        return switch (estimate) {
            case NOISY -> sigma.clone();
            case DESCENT -> descentAt(stop.step());
            case TRUNCATED -> Arrays.copyOf(Arrays.copyOf(sigma, stop.rank()), sigma.length);
            case SOFTENED ->
                Arrays.stream(sigma)
                        .map(value -> Math.max(0, value - softThreshold()))
                        .toArray();
        };
    }

    private double[] descentAt(long step) {
        return descent.map(deep -> deep.recovered(step)).orElseGet(() -> new double[noisy.values().length]);
    }

    public Matrix matrix(Estimate estimate) {
        return switch (estimate) {
            case NOISY -> noisy.data();
            case DESCENT -> at(stop.step());
            case TRUNCATED -> SpectralEstimates.truncated(noisy.svd(), stop.rank());
            case SOFTENED -> SpectralEstimates.softened(noisy.svd(), softThreshold());
        };
    }

    /** The product of the descent after so many steps. */
    public Matrix at(long step) {
        return SpectralEstimates.withValues(noisy.svd(), descentAt(step));
    }

    /** σ_{L+1}, the smallest threshold that leaves rank L; 0 where L is full. */
    public double softThreshold() {
        return stop.rank() < noisy.values().length ? noisy.values()[stop.rank()] : 0;
    }

    /** Σσ_i/σ_1 of an estimate; NaN for zero. */
    public double effectiveRank(Estimate estimate) {
        return Ranks.effective(values(estimate));
    }

    /** ‖W − Ŷ‖_F². */
    public double squaredResidual(Estimate estimate) {
        double[] values = values(estimate);
        double sum = 0;
        for (int i = values.length - 1; i >= 0; i--) {
            double rest = noisy.values()[i] - values[i];
            sum += rest * rest;
        }
        return sum;
    }
}
