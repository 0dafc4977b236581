package org.gradus.theory;

import java.util.function.DoubleFunction;

/**
 * What would open a plateau for a rank that has none: a smaller α at the same depth, or more factors at the same α. The search
 * asks for a certified plateau that begins within the horizon, so what it finds is certain and not always the least change.
 *
 * @param scale the largest α found, to two per cent; null where there is none down to smallestScale
 * @param depth the smallest N found; null where there is none up to largestDepth
 * @param depthStepSize the step size taken for that depth: the query's, or half the monotone limit where that is less
 */
public record Advice(
        int rank, Double scale, double smallestScale, Integer depth, int largestDepth, Double depthStepSize) {
    private static final int MOST_FACTORS = 12;
    private static final double SMALLEST = 1e-12;

    /** For a query with an identical start; a perturbed one is answered as if it were identical. */
    public static Advice forRank(Query query, int rank) {
        if (rank < 1 || rank > query.modes().effectiveRanks(query.start()).length) {
            throw new IllegalArgumentException(
                    "rank " + rank + " is outside 1 … " + query.modes().effectiveRanks(query.start()).length);
        }
        double scale = query.start().scale();
        int depth = query.start().depth();
        double smallest = Math.min(SMALLEST, scale);
        Double opened = largestScale(scale, smallest, alpha -> opens(query, rank, depth, alpha));
        for (int deeper = depth + 1; deeper <= Math.max(MOST_FACTORS, depth); deeper++) {
            if (opens(query, rank, deeper, scale)) {
                return new Advice(rank, opened, smallest, deeper, MOST_FACTORS, stepSize(query, deeper, scale));
            }
        }
        return new Advice(rank, opened, smallest, null, Math.max(MOST_FACTORS, depth), null);
    }

    private static Double largestScale(double scale, double smallest, DoubleFunction<Boolean> opens) {
        double closed = scale;
        for (double alpha = scale / 2; alpha >= smallest; alpha /= 2) {
            if (opens.apply(alpha)) {
                double open = alpha;
                while (closed / open > 1.02) {
                    double middle = Math.sqrt(closed * open);
                    if (opens.apply(middle)) {
                        open = middle;
                    } else {
                        closed = middle;
                    }
                }
                return open;
            }
            closed = alpha;
        }
        return null;
    }

    private static boolean opens(Query query, int rank, int depth, double alpha) {
        CertifiedPlateaus.Certificate certificate = new CertifiedPlateaus(
                        query.modes(), Start.identical(depth, alpha), stepSize(query, depth, alpha), query.tolerance())
                .ofRank(rank);
        return certificate != null && certificate.first() <= query.horizon();
    }

    private static double stepSize(Query query, int depth, double alpha) {
        return Math.min(
                query.stepSize(), StepSize.monotoneLimit(depth, query.modes().largest(), alpha) / 2);
    }

    /** One line for people. */
    public String sentence() {
        String byScale = scale == null
                ? "no scale down to " + "%.1e".formatted(smallestScale)
                : "scale %.2e or less".formatted(scale);
        String byDepth = depth == null
                ? "no depth up to " + largestDepth
                : "depth " + depth + " with step size %.2e".formatted(depthStepSize);
        return "rank " + rank + " has no plateau; " + byScale + ", or " + byDepth + " would open one for certain";
    }
}
