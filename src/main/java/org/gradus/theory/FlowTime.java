package org.gradus.theory;

import static org.gradus.theory.LogisticIntegral.sigmoid;
import static org.gradus.theory.LogisticIntegral.softplus;

/**
 * Time of the gradient flow ẏ = y^{N−1}(λ − y^N) from α to y, and its inverse (docs/theory.md, "Flow time"; derived).
 *
 * <p>With p = y^N the time is |λ|^{2/N−2}/N times an integral of e^{cx}(1+e^x)^m over x: growth to λ &gt; 0 has e^x = (λ−p)/p,
 * c = 0, m = 1 − 2/N; decay to λ &gt; 0 has e^x = (p−λ)/λ, c = 0, m = 2/N − 2; decay for λ &lt; 0 has e^x = |λ|/p, c = 2 − 2/N,
 * m = −1. N = 1 and λ = 0 are elementary.
 *
 * <p>Error: {@link #RELATIVE_ERROR} of the time, for exact arguments. Time is in units of η times a step.
 */
public final class FlowTime {
    /** Covers quadrature (1e-25) and rounding (seen: 1e-14) with room, while |N ln α| and |ln λ| stay below 700. */
    public static final double RELATIVE_ERROR = 1e-12;

    private FlowTime() {}

    /**
     * The time from α to y; 0 where they are equal, infinite where the flow never comes to y.
     *
     * @param depth N ≥ 1
     * @param alpha &gt; 0
     */
    public static double between(int depth, double lambda, double alpha, double y) {
        check(depth, lambda, alpha);
        if (y == alpha) {
            return 0;
        }
        if (depth == 1) {
            return never(Math.log1p((alpha - y) / (y - lambda)));
        }
        if (!(y > 0)) {
            return Double.POSITIVE_INFINITY;
        }
        double relative = (y - alpha) / alpha;
        double logRatio = Math.abs(relative) < 0.5 ? Math.log1p(relative) : Math.log(y) - Math.log(alpha);
        return between(depth, lambda, alpha, depth * logRatio, gap(depth, lambda, y));
    }

    /**
     * The time until p = y^N is level·λ, for λ &gt; 0 and 0 &lt; level &lt; 1: as accurate near the end as 1 − level; 0 where
     * α^N ≥ level·λ.
     */
    public static double toLevel(int depth, double lambda, double alpha, double level) {
        check(depth, lambda, alpha);
        double end = level * lambda;
        double start = IdenticalRecursion.power(alpha, depth);
        if (start >= end) {
            return 0;
        }
        if (depth == 1) {
            return Math.log1p((end - alpha) / (lambda * (1 - level)));
        }
        double relative = (end - start) / start;
        double logRatio =
                relative < 0.5 ? Math.log1p(relative) : Math.log(level) + Math.log(lambda) - depth * Math.log(alpha);
        return between(depth, lambda, alpha, logRatio, lambda * (1 - level));
    }

    /** From ln(p₁/p₀) and λ − p₁. */
    private static double between(int depth, double lambda, double alpha, double logRatio, double endGap) {
        if (lambda == 0) {
            int power = 2 * depth - 2;
            return never(Math.exp(-power * Math.log(alpha)) * Math.expm1(-logRatio / depth * power) / power);
        }
        double startGap = gap(depth, lambda, alpha);
        if (lambda > 0 && (startGap == 0 || startGap * endGap <= 0 || startGap * logRatio < 0)) {
            return Double.POSITIVE_INFINITY;
        }
        if (lambda < 0 && logRatio > 0) {
            return Double.POSITIVE_INFINITY;
        }
        double start = IdenticalRecursion.power(alpha, depth);
        double travelled = Math.abs(logRatio) < 0.5 ? start * Math.expm1(logRatio) : startGap - endGap;
        double x = coordinate(depth, lambda, alpha, startGap);
        double width = lambda < 0 ? -logRatio : Math.log1p(travelled / endGap) + (startGap > 0 ? logRatio : 0);
        return integral(depth, lambda, startGap).over(lambda < 0 ? x : x - width, width) / rate(depth, lambda);
    }

    /**
     * y at time t ≥ 0. Its error is that of the flow with a time off by a few 1e-15 relative: near the end of a long wait that is
     * much, since y is then sensitive to t itself.
     */
    public static double at(int depth, double lambda, double alpha, double time) {
        check(depth, lambda, alpha);
        if (!(time >= 0)) {
            throw new IllegalArgumentException("time " + time + " is negative or not a number");
        }
        if (depth == 1) {
            return alpha + (alpha - lambda) * Math.expm1(-time);
        }
        if (lambda == 0) {
            int power = 2 * depth - 2;
            return alpha * Math.exp(-Math.log1p(power * time * Math.pow(alpha, power)) / power);
        }
        double gap = gap(depth, lambda, alpha);
        if (gap == 0) {
            return alpha;
        }
        double x = coordinate(depth, lambda, alpha, gap);
        double width = integral(depth, lambda, gap).width(x, time * rate(depth, lambda), lambda < 0);
        if (lambda < 0) {
            return alpha * Math.exp(-width / depth);
        }
        double sign = gap > 0 ? -1 : 1;
        if (x - width < 0) {
            return Math.pow(lambda, 1.0 / depth) * Math.exp(sign * softplus(x - width) / depth);
        }
        double logRatio = width < 1 ? Math.log1p(sigmoid(x) * Math.expm1(-width)) : softplus(x - width) - softplus(x);
        return alpha * Math.exp(sign * logRatio / depth);
    }

    /** f(y) = y^{N−1}(λ − y^N), its second factor to full precision. */
    static double speed(int depth, double lambda, double y) {
        return IdenticalRecursion.power(y, depth - 1) * gap(depth, lambda, y);
    }

    /** N|λ|^{2−2/N}. */
    private static double rate(int depth, double lambda) {
        return depth * Math.pow(Math.abs(lambda), 2 - 2.0 / depth);
    }

    private static LogisticIntegral integral(int depth, double lambda, double gap) {
        double q = 1 - 2.0 / depth;
        if (lambda < 0) {
            return new LogisticIntegral(1 + q, -1);
        }
        return gap > 0 ? new LogisticIntegral(0, q) : new LogisticIntegral(0, -1 - q);
    }

    /** x of the start. */
    private static double coordinate(int depth, double lambda, double alpha, double gap) {
        if (lambda < 0) {
            return Math.log(-lambda) - depth * Math.log(alpha);
        }
        return gap > 0 ? Math.log(gap) - depth * Math.log(alpha) : Math.log(-gap) - Math.log(lambda);
    }

    /** λ − y^N with y^N to twice the precision: each product's rounding error, by a fused multiply-add, is carried along. */
    private static double gap(int depth, double lambda, double y) {
        double high = y;
        double low = 0;
        for (int factor = 2; factor <= depth; factor++) {
            double product = high * y;
            low = low * y + Math.fma(high, y, -product);
            high = product;
        }
        return (lambda - high) - low;
    }

    private static double never(double time) {
        return time >= 0 ? time : Double.POSITIVE_INFINITY;
    }

    private static void check(int depth, double lambda, double alpha) {
        if (depth < 1 || !(alpha > 0) || !Double.isFinite(lambda)) {
            throw new IllegalArgumentException("flow of depth " + depth + ", eigenvalue " + lambda + ", start " + alpha
                    + "; depth ≥ 1, a finite eigenvalue and a start > 0 are needed");
        }
    }
}
