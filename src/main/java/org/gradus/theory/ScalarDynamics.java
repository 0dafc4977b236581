package org.gradus.theory;

/**
 * The scalar recursion of one eigenvalue λ, exact reduction of gradient descent from an identical or perturbed start (docs/theory.md,
 * "Why the spectrum comes in one value after another"): d ← d − η d^{N−1}(d^N − λ), p = d^N; perturbed
 * a ← a − η b^{N−1}(ab^{N−1} − λ), b ← b − η ab^{N−2}(ab^{N−1} − λ), p = ab^{N−1}.
 */
public final class ScalarDynamics {
    private static final int STRIDE = ModeBlock.STRIDE;

    private ScalarDynamics() {}

    /**
     * The state at some steps; for identical starts first = second = d.
     *
     * @param first a, the value of W_1
     * @param second b, that of every other factor
     * @param product p, the eigenvalue of the product
     */
    public record Path(long[] steps, double[] first, double[] second, double[] product) {}

    /**
     * The path at the steps asked for, 0 being the start.
     *
     * @param steps ascending, ≥ 0
     */
    public static Path path(Start start, double lambda, double stepSize, long... steps) {
        Recursion recursion = Recursion.of(start, stepSize);
        double[] a = {start.first()};
        double[] b = {start.scale()};
        double[] eigenvalue = {lambda};
        Path path =
                new Path(steps.clone(), new double[steps.length], new double[steps.length], new double[steps.length]);
        long done = 0;
        for (int i = 0; i < steps.length; i++) {
            if (steps[i] < done) {
                throw new IllegalArgumentException("steps ascend from 0; " + steps[i] + " comes after " + done);
            }
            while (done < steps[i]) {
                int stride = (int) Math.min(STRIDE, steps[i] - done);
                double oldA = a[0];
                double oldB = b[0];
                recursion.advance(a, b, eigenvalue, 1, stride);
                done += stride;
                // a stride that ends where it began is repeated for ever: whole ones can be left out
                if (stride == STRIDE && same(oldA, a[0]) && same(oldB, b[0])) {
                    done += (steps[i] - done) / STRIDE * STRIDE;
                }
            }
            path.first[i] = a[0];
            path.second[i] = start.isPerturbed() ? b[0] : a[0];
            path.product[i] = recursion.product(a[0], b[0]);
        }
        return path;
    }

    static boolean same(double old, double now) {
        return old == now || (Double.isNaN(old) && Double.isNaN(now));
    }

    /**
     * The first step with p ≥ level·λ (|p| ≥ level·|λ| for λ &lt; 0) for each level; −1 where there is none up to the horizon.
     *
     * @param lambda not 0; for an identical start &gt; 0
     * @param levels each in (0, 1), any order
     */
    public static long[] crossings(Start start, double lambda, double stepSize, double[] levels, long horizon) {
        ModeBlock block = new ModeBlock(
                start, stepSize, new double[] {lambda}, new int[] {1}, new int[] {0}, new CrossingTable(levels, 1), 1);
        for (long k = 0; k < horizon && block.active() > 0 && block.waits(); k += STRIDE) {
            block.advance(k, 1, (int) Math.min(STRIDE, horizon - k));
        }
        return block.crossings().steps(0);
    }

    /** The same for one level. */
    public static long crossing(Start start, double lambda, double stepSize, double level, long horizon) {
        return crossings(start, lambda, stepSize, new double[] {level}, horizon)[0];
    }

    /** Many modes at once: d ← d − η d^{N−1}(d^N − λ) of an identical start, in place. */
    public static void advance(int depth, double stepSize, double[] lambda, double[] d, int steps) {
        if (d.length != lambda.length) {
            throw new IllegalArgumentException(d.length + " states for " + lambda.length + " eigenvalues");
        }
        new IdenticalRecursion(depth, stepSize).advance(d, d, lambda, d.length, steps);
    }
}
