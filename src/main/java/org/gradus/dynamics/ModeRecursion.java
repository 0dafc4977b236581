package org.gradus.dynamics;

import java.util.Arrays;

/**
 * The scalar recursions of one run for a set of modes, advanced together (docs/theory.md, section on exact reduction):
 *
 * <pre>
 *   equal values:    d ← d − η d^{N−1}(d^N − λ)
 *   first differs:   a ← a − η b^{N−1}(a b^{N−1} − λ),  b ← b − η a b^{N−2}(a b^{N−1} − λ)
 * </pre>
 *
 * The loops run over modes inside, so that they vectorize. A mode that a step leaves unchanged to the last bit stays
 * unchanged for ever and is taken out of the loop; nothing is approximated.
 */
final class ModeRecursion {
    /** Modes that are advanced together stay in the first-level cache. */
    private static final int BLOCK = 512;

    private static final int STEPS_PER_LOOK = 128;

    private final int depth;
    private final double stepSize;
    private final boolean firstDiffers;
    private final double[] first;
    private final double[] others;
    private final int[] active;
    private final double[] a;
    private final double[] b;
    private final double[] target;
    private final double[] power;
    private int count;

    /**
     * Modes [from, to) of the given arrays, which are written back after every advance.
     *
     * @param first values of W_1, or of all factors where they are equal
     * @param others values of W_2 … W_N, or null where they equal the first
     */
    private ModeRecursion(
            int depth, double stepSize, double[] lambda, double[] first, double[] others, int from, int to) {
        this.depth = depth;
        this.stepSize = stepSize;
        this.first = first;
        this.others = others;
        firstDiffers = others != null;
        count = to - from;
        active = new int[count];
        a = Arrays.copyOfRange(first, from, to);
        b = firstDiffers ? Arrays.copyOfRange(others, from, to) : a;
        target = Arrays.copyOfRange(lambda, from, to);
        power = new double[count];
        Arrays.setAll(active, i -> from + i);
    }

    /** The modes of one run in blocks that can be advanced independently of each other. */
    static ModeRecursion[] blocks(int depth, double stepSize, double[] lambda, double[] first, double[] others) {
        ModeRecursion[] blocks = new ModeRecursion[(lambda.length + BLOCK - 1) / BLOCK];
        Arrays.setAll(
                blocks,
                i -> new ModeRecursion(
                        depth, stepSize, lambda, first, others, i * BLOCK, Math.min(lambda.length, (i + 1) * BLOCK)));
        return blocks;
    }

    void advance(long steps) {
        long left = steps;
        while (left > 0 && count > 0) {
            long now = Math.min(left, STEPS_PER_LOOK);
            for (long step = 0; step < now - 1; step++) {
                step();
            }
            double[] beforeA = Arrays.copyOf(a, count);
            double[] beforeB = firstDiffers ? Arrays.copyOf(b, count) : beforeA;
            step();
            writeBack();
            dropModesAtRest(beforeA, beforeB);
            left -= now;
        }
    }

    private void step() {
        if (firstDiffers) {
            stepFirstDiffers();
        } else if (depth == 1) {
            for (int i = 0; i < count; i++) {
                a[i] -= stepSize * (a[i] - target[i]);
            }
        } else {
            powers(a, depth - 1);
            for (int i = 0; i < count; i++) {
                a[i] -= stepSize * power[i] * (power[i] * a[i] - target[i]);
            }
        }
    }

    private void stepFirstDiffers() {
        if (depth == 1) {
            for (int i = 0; i < count; i++) {
                a[i] -= stepSize * (a[i] - target[i]);
            }
            return;
        }
        powers(b, depth - 2);
        for (int i = 0; i < count; i++) {
            double toTheRight = power[i] * b[i];
            double scaled = stepSize * (a[i] * toTheRight - target[i]);
            double old = a[i];
            a[i] -= scaled * toTheRight;
            b[i] -= scaled * old * power[i];
        }
    }

    /** power ← x^exponent. */
    private void powers(double[] x, int exponent) {
        if (exponent == 0) {
            Arrays.fill(power, 0, count, 1);
            return;
        }
        System.arraycopy(x, 0, power, 0, count);
        for (int factor = 1; factor < exponent; factor++) {
            for (int i = 0; i < count; i++) {
                power[i] *= x[i];
            }
        }
    }

    private void writeBack() {
        for (int i = 0; i < count; i++) {
            first[active[i]] = a[i];
            if (firstDiffers) {
                others[active[i]] = b[i];
            }
        }
    }

    private void dropModesAtRest(double[] beforeA, double[] beforeB) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (a[i] != beforeA[i] || b[i] != beforeB[i]) {
                active[kept] = active[i];
                target[kept] = target[i];
                a[kept] = a[i];
                b[kept] = b[i];
                kept++;
            }
        }
        count = kept;
    }
}
