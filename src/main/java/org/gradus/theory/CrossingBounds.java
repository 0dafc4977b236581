package org.gradus.theory;

/**
 * Bounds, without simulation, of the step at which the identical start's recursion first reaches a value (derived; docs/theory.md,
 * "Crossing bounds"): (1−ηG)·t/η ≤ K ≤ 1 + (1+ηF)·t/η, t the flow time, F = max f′₊, G = max (−f′)₊ over the interval. Where
 * ηG ≥ 1 the lower bound is the trivial one, 0. Rounded outward by the flow time's stated error, by 8 units in the last place of
 * the value reached and by those of F and G, so that they hold for the numbers printed; 0 and infinity where the flow does not
 * arrive, or its time is beyond the range of doubles.
 */
public record CrossingBounds(double flowTime, double lower, double upper) {
    private static final double UNIT = 0x1p-53;
    private static final CrossingBounds AT_START = new CrossingBounds(0, 0, 0);

    /** K = first step with d^N ≥ level·λ; λ &gt; 0, 0 &lt; level &lt; 1; all 0 where the start is there already. */
    public static CrossingBounds rise(int depth, double lambda, double alpha, double level, double stepSize) {
        double time = FlowTime.toLevel(depth, lambda, alpha, level);
        if (IdenticalRecursion.power(alpha, depth) >= level * lambda) {
            return AT_START;
        }
        double y = Math.exp((Math.log(level) + Math.log(lambda)) / depth);
        // y/f(y) = y^{2−N}/(λ(1−level)): what one unit in the last place of y is in time
        double slack = 8 * UNIT * Math.pow(y, 2 - depth) / (lambda * (1 - level));
        return of(depth, lambda, alpha, y, time, slack, stepSize);
    }

    /** K = first step with d ≤ y, for α &gt; y and a mode that falls (α^N &gt; λ): the mirror image; all 0 where α ≤ y. */
    public static CrossingBounds decay(int depth, double lambda, double alpha, double y, double stepSize) {
        if (alpha <= y) {
            return AT_START;
        }
        double time = FlowTime.between(depth, lambda, alpha, y);
        double slack = 8 * UNIT * Math.abs(y / FlowTime.speed(depth, lambda, y));
        return of(depth, lambda, y, alpha, time, slack, stepSize);
    }

    private static CrossingBounds of(
            int depth, double lambda, double from, double to, double time, double slack, double stepSize) {
        if (!(stepSize > 0)) {
            throw new IllegalArgumentException("step size " + stepSize + " is not positive");
        }
        if (Double.isInfinite(time)) {
            return new CrossingBounds(time, 0, Double.POSITIVE_INFINITY);
        }
        double error = FlowTime.RELATIVE_ERROR * time + slack;
        double growth = stepSize * steepestRise(depth, lambda, from, to);
        double decay = stepSize * steepestFall(depth, lambda, from, to);
        double lower = decay >= 1 || time <= error ? 0 : (1 - decay) * (1 - 4 * UNIT) * (time - error) / stepSize;
        double upper = 1 + (1 + growth) * (1 + 4 * UNIT) * (time + error) / stepSize;
        return new CrossingBounds(time, Math.max(0, Math.nextDown(lower)), Math.nextUp(upper));
    }

    /** F = max f′₊ over [from, to], rounded up. */
    static double steepestRise(int depth, double lambda, double from, double to) {
        double peak = peak(depth, lambda, from, to);
        return Math.max(
                0,
                Math.max(
                        slope(depth, lambda, peak, 1),
                        Math.max(slope(depth, lambda, from, 1), slope(depth, lambda, to, 1))));
    }

    /** G = max (−f′)₊ over [from, to], rounded up: at an end, for f′ first rises and then falls where λ &gt; 0. */
    static double steepestFall(int depth, double lambda, double from, double to) {
        return Math.max(0, Math.max(-slope(depth, lambda, from, -1), -slope(depth, lambda, to, -1)));
    }

    /** f″ = 0 at x^N = λ(N−1)(N−2)/((2N−1)(2N−2)), brought into [from, to]. */
    private static double peak(int depth, double lambda, double from, double to) {
        if (!(lambda > 0) || depth < 3) {
            return from;
        }
        double x = Math.pow(lambda * (depth - 2) / (2.0 * (2 * depth - 1)), 1.0 / depth);
        return Math.min(to, Math.max(from, x));
    }

    /** f′(x) = (N−1)λx^{N−2} − (2N−1)x^{2N−2}, moved by its rounding error in the direction of the sign. */
    private static double slope(int depth, double lambda, double x, int sign) {
        if (depth == 1) {
            return -1;
        }
        double pull = (depth - 1) * lambda * IdenticalRecursion.power(x, depth - 2);
        double brake = (2 * depth - 1) * IdenticalRecursion.power(x, 2 * depth - 2);
        return pull - brake + sign * 4 * depth * UNIT * (Math.abs(pull) + brake);
    }
}
