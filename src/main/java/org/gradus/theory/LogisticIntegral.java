package org.gradus.theory;

/**
 * ∫ e^{cx}(1+e^x)^m dx, to which every flow time comes down (docs/theory.md, "Flow time").
 *
 * <p>The integrand is analytic but for branch points at ±iπ, so 16 Gauss–Legendre nodes on a panel of length 2 leave an error
 * below 4·ϱ^{−32}, ϱ = π + √(π²+1), of the integrand's size on the panel: 1e-25. Beyond |x| = 40 the factor 1+e^x is 1 or e^x
 * to double precision, and the integral is elementary. What remains is rounding: 1e-14 relative, for positive integrands do not
 * cancel, besides |c+m| times the absolute error of an end beyond 40.
 */
final class LogisticIntegral {
    private static final double FAR = 40;
    private static final double PANEL = 2;
    private static final int NODES = 16;
    private static final double[] NODE = new double[NODES];
    private static final double[] WEIGHT = new double[NODES];

    static {
        for (int i = 0; i < NODES; i++) {
            legendreRoot(i);
        }
    }

    private final double c;
    private final double m;

    LogisticIntegral(double c, double m) {
        this.c = c;
        this.m = m;
    }

    /** Newton on P_n from Tricomi's guess; weight 2/((1−x²)P_n′(x)²). */
    private static void legendreRoot(int i) {
        double x = Math.cos(Math.PI * (i + 0.75) / (NODES + 0.5));
        double slope = 1;
        for (int iteration = 0; iteration < 8; iteration++) {
            double before = 1;
            double value = x;
            for (int n = 2; n <= NODES; n++) {
                double next = ((2 * n - 1) * x * value - (n - 1) * before) / n;
                before = value;
                value = next;
            }
            slope = NODES * (before - x * value) / (1 - x * x);
            x -= value / slope;
        }
        NODE[i] = x;
        WEIGHT[i] = 2 / ((1 - x * x) * slope * slope);
    }

    double integrand(double x) {
        return Math.exp(c * x + m * softplus(x));
    }

    /** ln(1 + e^x). */
    static double softplus(double x) {
        return x > FAR ? x : Math.log1p(Math.exp(x));
    }

    /** 1/(1 + e^{−x}). */
    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** Over [from, from + width], width ≥ 0. */
    double over(double from, double width) {
        double left = Math.min(width, Math.max(0, -FAR - from));
        double right = Math.min(width, Math.max(0, from + width - FAR));
        double middle = Math.max(0, width - left - right);
        double sum = exponential(c, from, left) + exponential(c + m, from + width - right, right);
        int panels = (int) Math.ceil(middle / PANEL);
        double half = middle / panels / 2;
        for (int panel = 0; panel < panels; panel++) {
            double centre = from + left + (2 * panel + 1) * half;
            double part = 0;
            for (int i = 0; i < NODES; i++) {
                part += WEIGHT[i] * integrand(centre + half * NODE[i]);
            }
            sum += half * part;
        }
        return sum;
    }

    /** ∫ e^{kx} dx over [from, from + width]; the difference of the ends only where it does not cancel. */
    private static double exponential(double k, double from, double width) {
        if (width == 0 || k == 0) {
            return width;
        }
        double rise = k * width;
        return Math.abs(rise) < 1
                ? Math.exp(k * from) * Math.expm1(rise) / k
                : (Math.exp(k * (from + width)) - Math.exp(k * from)) / k;
    }

    /** The width at which {@link #over} from there (forward) or up to there (backward) is the area; area ≥ 0. */
    double width(double end, double area, boolean forward) {
        double low = 0;
        double areaLow = 0;
        double step = 1;
        while (step < 1e4 && areaLow + piece(end, low, step, forward) < area) {
            areaLow += piece(end, low, step, forward);
            low += step;
            step *= 2;
        }
        if (step >= 1e4) {
            return Double.POSITIVE_INFINITY;
        }
        double high = low + step;
        // Newton from the lower end, bisection where it leaves the bracket
        for (int iteration = 0; iteration < 200 && high - low > 2 * Math.ulp(high); iteration++) {
            double missing = area - areaLow;
            double guess = low + missing / integrand(forward ? end + low : end - low);
            double next = guess > low && guess < high ? guess : low + (high - low) / 2;
            double area1 = areaLow + piece(end, low, next - low, forward);
            if (next == low || next == high) {
                break;
            }
            if (area1 < area) {
                boolean small = next - low <= Math.ulp(next);
                low = next;
                areaLow = area1;
                if (small) {
                    break;
                }
            } else {
                high = next;
            }
        }
        return low;
    }

    private double piece(double end, double from, double width, boolean forward) {
        return forward ? over(end + from, width) : over(end - from - width, width);
    }
}
