package org.gradus.denoise;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.gradus.theory.ScalarDynamics;
import org.gradus.theory.Start;
import org.gradus.theory.StepSize;

/**
 * Gradient descent of ½‖W_N ⋯ W_1 − W‖_F² from a balanced spectral start, exactly reduced to a scalar for each singular value of
 * W (docs/theory.md): d_i ← d_i − η d_i^{N−1}(d_i^N − σ_i), d_i(0) = α, and the product is U diag(p) Vᵀ, p_i = d_i^N. A step costs
 * O(min(rows, cols)).
 *
 * <p>The step size is at most the monotone limit, so every p_i moves towards σ_i without overshoot, the larger the faster, and
 * ‖W − Ŷ_k‖_F only falls.
 */
public final class DeepDescent {
    /** p_i ≥ half of σ_i counts as recovered. */
    private static final double RECOVERED = 0.5;

    /** Of the start, relative to σ_1: small enough for plateaus, large enough for few steps and some shrinkage of the noise. */
    private static final double LARGEST_START = 1e-4;

    private static final double SMALLEST_START = 1e-8;
    private static final double START_OF_MEDIAN = 0.1;
    /** A limit that was printed and given back may be above it by rounding. */
    private static final double ROUNDING = 1e-5;

    private static final int STRIDE = 128;

    /**
     * What the user may choose.
     *
     * @param depth N ≥ 2: with one factor all values are recovered at once
     * @param scale α; left out: α^N = min(10⁻⁴·σ_1, median(σ_i)/10), but at least 10⁻⁸·σ_1
     * @param stepSize η; left out: half the monotone limit
     * @param horizon the last step looked at
     */
    public record Terms(int depth, OptionalDouble scale, OptionalDouble stepSize, long horizon) {}

    /** σ_1, by which all below is divided so that no power overflows: d by σ_1^{1/N}, η by σ_1^{−2+2/N}. */
    private final double unit;

    private final double[] sigma;
    private final int rank;
    private final Start start;
    private final double stepSize;
    private final double monotoneLimit;
    private final long horizon;

    /**
     * @param noisy not the zero matrix
     * @throws NoStopException if there is no such descent
     */
    public DeepDescent(NoisyMatrix noisy, Terms terms) {
        unit = noisy.values()[0];
        sigma = Arrays.stream(noisy.values()).map(value -> value / unit).toArray();
        int depth = terms.depth();
        double alpha = terms.scale().isPresent()
                ? terms.scale().getAsDouble() / perFactor(depth)
                : Math.pow(automatic(noisy.rank()), 1.0 / depth);
        double product = Math.pow(alpha, depth);
        if (!(product < RECOVERED && product >= Double.MIN_NORMAL)) {
            throw new NoStopException(String.format(
                    Locale.ROOT,
                    "--scale %.4g starts the product at %.4g; it must be small beside the largest singular value %.4g, and"
                            + " above 0: below %.4g per factor",
                    alpha * perFactor(depth),
                    product * unit,
                    unit,
                    Math.pow(RECOVERED, 1.0 / depth) * perFactor(depth)));
        }
        monotoneLimit = StepSize.monotoneLimit(depth, 1, alpha);
        stepSize = terms.stepSize().isPresent()
                ? terms.stepSize().getAsDouble() * gradientScale(depth)
                : monotoneLimit / 2;
        if (!(stepSize > 0 && stepSize <= monotoneLimit * (1 + ROUNDING))) {
            throw new NoStopException(String.format(
                    Locale.ROOT,
                    "--step-size must be above 0 and at most %.6g, up to which no singular value overshoots; it is %.6g",
                    monotoneLimit / gradientScale(depth),
                    terms.stepSize().orElseThrow()));
        }
        start = Start.identical(depth, alpha);
        horizon = terms.horizon();
        // values below twice the start count as recovered from the start on: no rank can end among them
        double least = product / RECOVERED;
        rank = (int) Arrays.stream(sigma, 0, noisy.rank())
                .takeWhile(value -> value > least)
                .count();
    }

    private double perFactor(int depth) {
        return Math.pow(unit, 1.0 / depth);
    }

    private double gradientScale(int depth) {
        return Math.pow(unit, 2 - 2.0 / depth);
    }

    private double automatic(int numericalRank) {
        double median = START_OF_MEDIAN * NoiseLevel.median(sigma);
        boolean hasMedian = 2 * numericalRank > sigma.length;
        return Math.max(hasMedian ? Math.min(LARGEST_START, median) : LARGEST_START, SMALLEST_START);
    }

    public int depth() {
        return start.depth();
    }

    /** α. */
    public double scale() {
        return start.scale() * perFactor(start.depth());
    }

    public double stepSize() {
        return stepSize / gradientScale(start.depth());
    }

    public double monotoneLimit() {
        return monotoneLimit / gradientScale(start.depth());
    }

    public long horizon() {
        return horizon;
    }

    /** The ranks that can be told from the start: as many values exceed 2α^N and rounding. */
    public int ranks() {
        return rank;
    }

    /** p_1 ≥ p_2 ≥ … after so many steps. */
    public double[] recovered(long step) {
        double[] d = new double[sigma.length];
        Arrays.fill(d, start.scale());
        advance(d, step);
        double[] p = products(d);
        Arrays.setAll(p, i -> p[i] * unit);
        return p;
    }

    private void advance(double[] d, long steps) {
        for (long left = steps; left > 0; ) {
            int now = (int) Math.min(left, 1 << 20);
            ScalarDynamics.advance(start.depth(), stepSize, sigma, d, now);
            left -= now;
        }
    }

    private double[] products(double[] d) {
        double[] p = d.clone();
        for (int factor = 1; factor < start.depth(); factor++) {
            for (int i = 0; i < p.length; i++) {
                p[i] *= d[i];
            }
        }
        return p;
    }

    /** The rank of an estimate: the largest L with p_i ≥ σ_i/2 for all i ≤ L. */
    public int rankOf(double[] p) {
        int recovered = 0;
        while (recovered < rank && p[recovered] >= RECOVERED * sigma[recovered] * unit) {
            recovered++;
        }
        return recovered;
    }

    /** K_L, the first step with p_L ≥ σ_L/2; empty beyond the horizon. */
    private OptionalLong recovery(int index) {
        long step = ScalarDynamics.crossing(start, sigma[index - 1], stepSize, RECOVERED, horizon);
        return step < 0 ? OptionalLong.empty() : OptionalLong.of(step);
    }

    /**
     * The plateau of a rank; one that the horizon cuts ends there. Empty where σ_L and σ_{L+1} are half recovered at the same
     * step, or σ_L beyond the horizon.
     *
     * @param wanted from 1 to {@link #ranks}
     */
    public Optional<Plateau> plateau(int wanted) {
        OptionalLong first = recovery(wanted);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        long last = wanted == rank ? Plateau.FOR_EVER : recovery(wanted + 1).orElse(horizon + 1) - 1;
        return last < first.getAsLong() ? Optional.empty() : Optional.of(new Plateau(wanted, first.getAsLong(), last));
    }

    /** Whether σ_L is half recovered within the horizon. */
    boolean reaches(int wanted) {
        return recovery(wanted).isPresent();
    }

    /** ‖W − Ŷ‖_F/σ_1 of d. */
    private double residual(double[] d) {
        double[] p = products(d);
        double sum = 0;
        for (int i = p.length - 1; i >= 0; i--) {
            double rest = sigma[i] - p[i];
            sum += rest * rest;
        }
        return Math.sqrt(sum);
    }

    /**
     * The first step with ‖W − Ŷ_k‖_F ≤ distance; empty beyond the horizon.
     *
     * @param watcher hears now and then which step has been reached
     */
    public OptionalLong firstWithin(double distance, LongConsumer watcher) {
        double[] d = new double[sigma.length];
        Arrays.fill(d, start.scale());
        double bound = distance / unit;
        long step = 0;
        if (residual(d) <= bound) {
            return OptionalLong.of(0);
        }
        while (step < horizon) {
            double[] before = d.clone();
            int stride = (int) Math.min(STRIDE, horizon - step);
            advance(d, stride);
            if (residual(d) <= bound) {
                return OptionalLong.of(step + withinStride(before, bound));
            }
            step += stride;
            watcher.accept(step);
        }
        return OptionalLong.empty();
    }

    /** How many steps on the residual is small enough for the first time, known to be so somewhere in this stride. */
    private int withinStride(double[] d, double bound) {
        int steps = 0;
        do {
            advance(d, 1);
            steps++;
        } while (residual(d) > bound);
        return steps;
    }
}
