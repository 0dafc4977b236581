package org.gradus.theory;

/**
 * Step-size limits of the scalar recursion d ← d − η d^{N−1}(d^N − λ), derived in docs/theory.md, "Step size": it is
 * monotone on an interval as long as η·max(−f′) ≤ 1 there, f(x) = x^{N−1}(λ − x^N).
 */
public final class StepSize {
    private StepSize() {}

    /**
     * The largest η with which no mode 0 ≤ λ ≤ Λ overshoots: 1 / max(NΛ^{2−2/N}, (2N−1)α^{2N−2}). The first is max(−f′) on
     * [0, λ^{1/N}] for λ = Λ; the second bounds −f′(α) = (2N−1)α^{2N−2} − (N−1)λα^{N−2} of the modes that start above their
     * limit, and counts only for large starts.
     *
     * @param depth N ≥ 1
     * @param largest Λ ≥ 0, the target's largest singular value
     * @param scale α ≥ 0, the largest singular value of any factor at the start
     * @return the limit; infinite where Λ = α = 0 and N ≥ 2
     */
    public static double monotoneLimit(int depth, double largest, double scale) {
        double atRest = depth * Math.pow(largest, 2 - 2.0 / depth);
        double atStart = (2 * depth - 1) * Math.pow(scale, 2 * depth - 2);
        return 1 / Math.max(atRest, atStart);
    }

    /** Beyond 2/(NΛ^{2−2/N}) the rest point of the largest mode is unstable. */
    public static double stableLimit(int depth, double largest) {
        return 2 / (depth * Math.pow(largest, 2 - 2.0 / depth));
    }
}
