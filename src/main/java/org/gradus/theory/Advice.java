package org.gradus.theory;

import java.util.Locale;

/**
 * What would open a plateau for a rank that has none: a smaller α at the same depth, or more factors at the same α. The gradient
 * flow says which α or N might do (by the conditions of a certified plateau, with flow times for bounds); the scalar recursion
 * then confirms it. What is found opens the plateau, but need not be the least change that does.
 *
 * @param scale an α; null where there is none down to smallestScale
 * @param scaleStepSize the step size taken for that α: the query's, or half the monotone limit where that is less
 * @param depth the smallest N found; null where there is none up to largestDepth
 * @param depthStepSize the step size taken for that depth: the query's, or half the monotone limit where that is less
 */
public record Advice(
        int rank,
        Double scale,
        Double scaleStepSize,
        double smallestScale,
        Integer depth,
        int largestDepth,
        Double depthStepSize) {
    private static final int MOST_FACTORS = 12;
    private static final double SMALLEST = 1e-12;

    /** For a query with an identical start; a perturbed one is answered as if it were identical. */
    public static Advice forRank(Query query, int rank) {
        int ranks = query.modes().effectiveRanks(query.start()).length;
        if (rank < 1 || rank > ranks) {
            throw new IllegalArgumentException("rank " + rank + " is outside 1 … " + ranks);
        }
        double scale = query.start().scale();
        int depth = query.start().depth();
        double smallest = Math.min(SMALLEST, scale);
        Double opened = null;
        for (double alpha = scale / Math.sqrt(2); opened == null && alpha >= smallest; alpha /= Math.sqrt(2)) {
            opened = opens(query, rank, depth, alpha) ? (Double) alpha : null;
        }
        Double openedWith = opened == null ? null : (Double) stepSize(query, depth, opened);
        int deepest = Math.max(MOST_FACTORS, depth);
        for (int deeper = depth + 1; deeper <= deepest; deeper++) {
            if (opens(query, rank, deeper, scale)) {
                return new Advice(rank, opened, openedWith, smallest, deeper, deepest, stepSize(query, deeper, scale));
            }
        }
        return new Advice(rank, opened, openedWith, smallest, null, deepest, null);
    }

    private static boolean opens(Query query, int rank, int depth, double alpha) {
        Start start = Start.identical(depth, alpha);
        double stepSize = stepSize(query, depth, alpha);
        CertifiedPlateaus.Certificate flow =
                new CertifiedPlateaus(query.modes(), start, stepSize, query.tolerance(), true).ofRank(rank);
        if (flow == null || flow.first() > query.horizon()) {
            return false;
        }
        // the recursion lags behind the flow by a few per cent; an early dip through the same rank is no plateau
        long horizon = Math.min(query.horizon(), 2 * flow.first() + 1000);
        Prediction.Plateau exact = RankPlateaus.exact(query.modes(), start, stepSize, query.tolerance(), horizon)
                .get(rank - 1);
        return exact.exists() && (exact.last() == null || exact.last() >= flow.first());
    }

    private static double stepSize(Query query, int depth, double alpha) {
        return Math.min(
                query.stepSize(), StepSize.monotoneLimit(depth, query.modes().largest(), alpha) / 2);
    }

    /**
     * One line for people.
     *
     * @param gradientFactor by which the step sizes of the user's loss are multiplied to be those of ½‖W − Ŵ‖²
     */
    public String sentence(double gradientFactor) {
        String none = "rank " + rank + ": no plateau; ";
        if (scale == null && depth == null) {
            return none + noScale() + " and " + noDepth() + " opens one";
        }
        if (scale == null) {
            return none + byDepth(gradientFactor) + " opens one, " + noScale() + " does";
        }
        return depth == null
                ? none + byScale(gradientFactor) + " opens one, " + noDepth() + " does"
                : none + byScale(gradientFactor) + " or " + byDepth(gradientFactor) + " opens one";
    }

    private String byScale(double gradientFactor) {
        return String.format(Locale.ROOT, "scale %.2e (step size %.2e)", scale, scaleStepSize / gradientFactor);
    }

    private String byDepth(double gradientFactor) {
        return String.format(Locale.ROOT, "depth %d (step size %.2e)", depth, depthStepSize / gradientFactor);
    }

    private String noScale() {
        return String.format(Locale.ROOT, "no scale down to %.1e", smallestScale);
    }

    private String noDepth() {
        return "no depth up to " + largestDepth;
    }
}
