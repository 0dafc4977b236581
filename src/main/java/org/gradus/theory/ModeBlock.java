package org.gradus.theory;

import java.util.Arrays;

/**
 * Distinct modes that advance together in strides of {@link #STRIDE} steps. For each stride it knows bounds of Σ|p| and max|p|
 * (docs/theory.md, "Exact plateaus"), and can play it again step by step. A mode that a whole stride brings back to the same
 * bits repeats that stride for ever and is left out from then on: exact, since the recursion is deterministic.
 */
final class ModeBlock {
    static final int STRIDE = 64;

    private final Recursion recursion;
    private final CrossingTable crossings;
    private final int[] id;
    private final double[] lambda;
    private final double[] weight;
    private final double[] first;
    private final double[] second;
    private final double[] product;
    private final double[] low;
    private final double[] high;
    private final boolean[] stepwise;
    private final double[][] pastFirst;
    private final double[][] pastSecond;
    private final StrideBounds bounds;
    private final boolean perturbed;
    private final double stepSize;
    private final Start start;
    private int active;

    /** @param strides the most that one call of {@link #advance} is asked for */
    ModeBlock(
            Start start,
            double stepSize,
            double[] lambda,
            int[] count,
            int[] id,
            CrossingTable crossings,
            int strides) {
        this.start = start;
        this.stepSize = stepSize;
        this.recursion = Recursion.of(start, stepSize);
        this.perturbed = start.isPerturbed();
        this.crossings = crossings;
        this.lambda = lambda.clone();
        this.id = id.clone();
        int size = lambda.length;
        active = size;
        weight = Arrays.stream(count).asDoubleStream().toArray();
        first = filled(size, start.first());
        second = perturbed ? filled(size, start.scale()) : first;
        product = filled(size, recursion.product(start.first(), start.scale()));
        low = new double[size];
        high = new double[size];
        stepwise = new boolean[size];
        for (int i = 0; i < size; i++) {
            stepwise[i] = stepSize > monotoneLimit(lambda[i]);
        }
        pastFirst = new double[strides][size];
        pastSecond = perturbed ? new double[strides][size] : pastFirst;
        bounds = new StrideBounds(strides);
        for (int i = 0; i < size; i++) {
            reach(i, product[i], 0);
        }
    }

    private static double[] filled(int size, double value) {
        double[] array = new double[size];
        Arrays.fill(array, value);
        return array;
    }

    /**
     * Up to here p moves one way only. Perturbed: p moves by (λ−p)·η(b^{2N−2} + (N−1)a²b^{2N−4}) to first order, and b² stays
     * near or below |λ|^{2/N} + α²; one half covers the higher orders.
     */
    private double monotoneLimit(double eigenvalue) {
        int depth = start.depth();
        double size = Math.abs(eigenvalue);
        return perturbed
                ? 0.5 / (depth * Math.pow(Math.pow(size, 2.0 / depth) + start.scale() * start.scale(), depth - 1))
                : StepSize.monotoneLimit(depth, size, start.scale());
    }

    int active() {
        return active;
    }

    StrideBounds bounds() {
        return bounds;
    }

    CrossingTable crossings() {
        return crossings;
    }

    /** Whether some active mode has a level to reach. */
    boolean waits() {
        for (int i = 0; i < active; i++) {
            if (!Double.isNaN(target(i))) {
                return true;
            }
        }
        return false;
    }

    /** The next value to reach; NaN where there is none, which no comparison meets. */
    private double target(int i) {
        boolean crosses = lambda[i] > 0 || (lambda[i] < 0 && perturbed);
        return crosses ? crossings.next(id[i], lambda[i]) : Double.NaN;
    }

    private void reach(int i, double p, long step) {
        double value = lambda[i] < 0 ? Math.abs(p) : p;
        while (value >= target(i) && value < Double.POSITIVE_INFINITY) {
            crossings.reach(id[i], step);
        }
    }

    /** From step k through strides, the last of which may be shorter. */
    void advance(long k, int strides, int lastLength) {
        int length = STRIDE;
        for (int stride = 0; stride < strides; stride++) {
            length = stride == strides - 1 ? lastLength : STRIDE;
            System.arraycopy(first, 0, pastFirst[stride], 0, first.length);
            System.arraycopy(second, 0, pastSecond[stride], 0, second.length);
            recursion.advance(first, second, lambda, active, length);
            bounds.startFromRest(stride);
            for (int i = 0; i < active; i++) {
                bound(i, stride, length, k + (long) stride * STRIDE);
                bounds.add(stride, weight[i], low[i], high[i]);
            }
        }
        if (length == STRIDE) {
            rest(strides - 1);
        }
    }

    /** Bounds of |p_i| over a stride: its ends where p moves one way, all steps otherwise; and the levels reached in it. */
    private void bound(int i, int stride, int length, long k) {
        double before = product[i];
        double after = recursion.product(first[i], second[i]);
        product[i] = after;
        high[i] = Math.max(Math.abs(before), Math.abs(after));
        low[i] = before * after > 0 ? Math.min(Math.abs(before), Math.abs(after)) : 0;
        if (stepwise[i] || high[i] * (1 + 1e-12) >= target(i)) {
            double[] a = {pastFirst[stride][i]};
            double[] b = {pastSecond[stride][i]};
            double[] eigenvalue = {lambda[i]};
            for (int step = 1; step <= length; step++) {
                recursion.advance(a, b, eigenvalue, 1, 1);
                double p = recursion.product(a[0], b[0]);
                high[i] = Math.max(high[i], Math.abs(p));
                low[i] = Math.min(low[i], Math.abs(p));
                reach(i, p, k + step);
            }
        }
    }

    /** Leaves out what the stride brought back to its start. */
    private void rest(int stride) {
        int before = active;
        for (int i = active - 1; i >= 0; i--) {
            if (ScalarDynamics.same(pastFirst[stride][i], first[i])
                    && ScalarDynamics.same(pastSecond[stride][i], second[i])) {
                active--;
                exchange(i, active);
                for (int s = 0; s <= stride; s++) {
                    swap(pastFirst[s], i, active);
                    if (perturbed) {
                        swap(pastSecond[s], i, active);
                    }
                }
            }
        }
        if (active < before) {
            bounds.setRest(weight, low, high, active);
        }
    }

    private void exchange(int i, int j) {
        for (double[] values : new double[][] {lambda, weight, first, product, low, high}) {
            swap(values, i, j);
        }
        if (perturbed) {
            swap(second, i, j);
        }
        int name = id[i];
        id[i] = id[j];
        id[j] = name;
        boolean flag = stepwise[i];
        stepwise[i] = stepwise[j];
        stepwise[j] = flag;
    }

    private static void swap(double[] values, int i, int j) {
        double value = values[i];
        values[i] = values[j];
        values[j] = value;
    }

    /** Plays a stride of the last {@link #advance} again: adds Σ|p| to sums, raises max|p| in maxima, step by step. */
    void replay(int stride, int length, double[] sums, double[] maxima) {
        double[] a = pastFirst[stride];
        double[] b = pastSecond[stride];
        for (int step = 0; step < length; step++) {
            recursion.advance(a, b, lambda, a.length, 1);
            addTo(sums, maxima, step, a, b);
        }
    }

    /** Σ|p| and max|p| of the present state. */
    void measure(double[] sums, double[] maxima) {
        addTo(sums, maxima, 0, first, second);
    }

    private void addTo(double[] sums, double[] maxima, int step, double[] a, double[] b) {
        double sum = 0;
        double max = 0;
        for (int i = a.length - 1; i >= 0; i--) {
            double p = Math.abs(recursion.product(a[i], b[i]));
            sum += weight[i] * p;
            max = Math.max(max, p);
        }
        sums[step] += sum;
        maxima[step] = Math.max(maxima[step], max);
    }

    /** Bounds of |p_i| from now on, if all modes tend to their limits without passing them further than they are off now. */
    void boundTail(StrideBounds tail) {
        double stable = StepSize.stableLimit(start.depth(), 1);
        for (int i = 0; i < lambda.length; i++) {
            double limit = start.limit(lambda[i]);
            double off = Math.abs(product[i] - Math.signum(lambda[i]) * limit);
            double now = Math.abs(product[i]);
            boolean sameSide = product[i] * lambda[i] > 0 || limit == 0;
            double lowest = stepwise[i] ? Math.max(0, limit - off) : sameSide ? Math.min(now, limit) : 0;
            double highest = stepwise[i] ? limit + off : Math.max(now, limit);
            boolean tends = stepSize * Math.pow(Math.abs(lambda[i]), 2 - 2.0 / start.depth()) < stable;
            tail.add(0, weight[i], tends ? lowest : 0, tends ? highest : Double.POSITIVE_INFINITY);
        }
    }
}
