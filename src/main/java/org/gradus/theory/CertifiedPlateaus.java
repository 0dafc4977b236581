package org.gradus.theory;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Plateaus that are certain before anything runs (derived; docs/theory.md, "Certified plateaus"): identical start, N and η such
 * that no mode overshoots. With s = λ_2 + … + λ_L and a band of half width w around r(Ŵ_L) = 1 + s/λ_1, the effective rank is in
 * the band once p_1 ≥ (1−ε)λ_1 and p_i ≥ (1−δ)λ_i for 2 ≤ i ≤ L, as long as the others sum to no more than B:
 *
 * <pre>    δ = wλ_1/s,     0 &lt; ε &lt; wλ_1/(s + wλ_1),     B = (1−ε)(s + wλ_1) − s.</pre>
 *
 * Modes beyond L that fall stay below α^N; the rising ones are below δ₂ until the largest of them gets there, where
 * Σ min(δ₂, λ_i) + Σ α^N = B. {@link CrossingBounds} says when at the latest the first conditions are met and when at the
 * earliest the last one fails; ε is the one of some fractions of its limit that gives the longest plateau.
 */
final class CertifiedPlateaus {
    /** Keeps the certificate true where the effective rank itself is rounded. */
    private static final double ROUNDING = 1e-9;

    private static final double[] FRACTIONS = {0.95, 0.85, 0.7, 0.55, 0.4, 0.3, 0.2, 0.12, 0.07, 0.03, 0.01, 0.001};
    /** Up to here each δ is taken as it is; beyond, from a table of {@link #TABLE} values, three to a factor of ten. */
    private static final int DIRECT = 48;

    private static final int TABLE = 25;

    private final Start start;
    private final double stepSize;
    private final Tolerance tolerance;
    private final double[] lambda;
    private final int[] count;
    private final int resting;
    private final double floor;
    private final boolean applies;
    private final boolean flow;
    private double[][] latest;

    CertifiedPlateaus(Modes modes, Start start, double stepSize, Tolerance tolerance) {
        this(modes, start, stepSize, tolerance, false);
    }

    /** @param flow true: what the gradient flow would do, in steps of η; no certificate then */
    CertifiedPlateaus(Modes modes, Start start, double stepSize, Tolerance tolerance, boolean flow) {
        this.flow = flow;
        this.start = start;
        this.stepSize = stepSize;
        this.tolerance = tolerance;
        floor = IdenticalRecursion.power(start.scale(), start.depth());
        int rising = 0;
        while (rising < modes.size() && modes.lambda()[rising] > floor) {
            rising++;
        }
        lambda = Arrays.copyOf(modes.lambda(), rising);
        count = Arrays.copyOf(modes.count(), rising);
        resting = modes.dimension() - Arrays.stream(count).sum();
        double smallest = modes.lambda()[modes.size() - 1];
        applies = !start.isPerturbed()
                && (start.depth() > 1 || smallest >= 0)
                && stepSize <= StepSize.monotoneLimit(start.depth(), modes.largest(), start.scale());
    }

    /** First and last step; last is null where it lasts for ever. */
    record Certificate(long first, Long last) {
        private double length() {
            return last == null ? Double.POSITIVE_INFINITY : (double) last - first;
        }

        private boolean betterThan(Certificate other) {
            return other == null || length() > other.length() || (length() == other.length() && first < other.first);
        }
    }

    /** The certificate of a rank, null where there is none. */
    Certificate ofRank(int rank) {
        int group = 0;
        int total = 0;
        while (applies && group < lambda.length && total + count[group] < rank) {
            total += count[group++];
        }
        // within a group of equal eigenvalues one does not come without the others
        return applies && group < lambda.length && total + count[group] == rank ? ofGroup(group) : null;
    }

    private Certificate ofGroup(int group) {
        double rest = -lambda[0];
        for (int i = 0; i <= group; i++) {
            rest += count[i] * lambda[i];
        }
        double width = tolerance.around(1 + rest / lambda[0]) * (1 - ROUNDING) * lambda[0];
        double delta = rest > 0 ? Math.min(1, width / rest) : 1;
        double others = rest > 0 ? latestOfAll(group, delta) : 0;
        Certificate best = null;
        for (double fraction : FRACTIONS) {
            double epsilon = fraction * width / (rest + width);
            double first = Math.max(others, latest(0, epsilon));
            double room = (1 - fraction) * width * (1 - ROUNDING);
            double last = earliestEnd(group, room);
            if (first < 0x1p62 && Math.ceil(last) - 1 >= Math.floor(first)) {
                Long end = last == Double.POSITIVE_INFINITY ? null : (Long) (long) (Math.ceil(last) - 1);
                Certificate found = new Certificate((long) Math.floor(first), end);
                best = found.betterThan(best) ? found : best;
            }
        }
        return best;
    }

    /** No earlier step finds Σ_{i&gt;L} p_i above room; infinite where it never is, −∞ where it is at the start. */
    private double earliestEnd(int group, double room) {
        double left = room - resting * floor;
        int rising = 0;
        double all = 0;
        for (int i = group + 1; i < lambda.length; i++) {
            rising += count[i];
            all += count[i] * lambda[i];
        }
        if (left >= all) {
            return Double.POSITIVE_INFINITY;
        }
        // δ₂: the smallest modes count with all they have, the others share what is left equally
        int i = lambda.length - 1;
        while (i > group && lambda[i] * rising <= left) {
            left -= count[i] * lambda[i];
            rising -= count[i];
            i--;
        }
        double ceiling = left / rising;
        if (!(ceiling > floor)) {
            return Double.NEGATIVE_INFINITY;
        }
        return rise(group + 1, Math.min(ceiling / lambda[group + 1], Math.nextDown(1.0)))
                .lower();
    }

    /** No later step finds some mode of the groups 0 … group below (1−δ)λ. */
    private double latestOfAll(int group, double delta) {
        int from = count[0] > 1 ? 0 : 1;
        if (lambda.length <= DIRECT) {
            return IntStream.rangeClosed(from, group)
                    .mapToDouble(i -> latest(i, delta))
                    .max()
                    .orElse(0);
        }
        if (latest == null) {
            latest = IntStream.range(0, TABLE)
                    .parallel()
                    .mapToObj(row -> runningLatest(from, tabulated(row)))
                    .toArray(double[][]::new);
        }
        int row = 0;
        while (row < TABLE && tabulated(row) > delta) {
            row++;
        }
        return row == TABLE ? Double.POSITIVE_INFINITY : latest[row][group];
    }

    private static double tabulated(int row) {
        return Math.pow(10, -row / 3.0);
    }

    private double[] runningLatest(int from, double delta) {
        double[] running = new double[lambda.length];
        for (int i = from; i < lambda.length; i++) {
            running[i] = Math.max(latest(i, delta), i == 0 ? 0 : running[i - 1]);
        }
        return running;
    }

    private double latest(int i, double delta) {
        return delta >= 1 ? 0 : rise(i, Math.min(1 - delta, Math.nextDown(1.0))).upper();
    }

    private CrossingBounds rise(int i, double level) {
        if (flow) {
            double time = FlowTime.toLevel(start.depth(), lambda[i], start.scale(), level);
            return new CrossingBounds(time, time / stepSize, time / stepSize);
        }
        return CrossingBounds.rise(start.depth(), lambda[i], start.scale(), level, stepSize);
    }
}
