package org.gradus.theory;

import java.util.Arrays;

/**
 * The distinct eigenvalues of a target, descending, with their multiplicities; zero is one mode.
 *
 * @param lambda strictly descending, finite
 * @param count ≥ 1 each, as many as lambda
 */
public record Modes(double[] lambda, int[] count) {
    /** Values of a decomposition closer than this, in units of the largest |λ|, are taken for one. */
    public static final double DECOMPOSITION_TOLERANCE = 1e-12;

    public Modes {
        if (lambda.length == 0) {
            throw new IllegalArgumentException("the spectrum is empty; it needs at least one eigenvalue");
        }
        if (lambda.length != count.length) {
            throw new IllegalArgumentException(lambda.length + " eigenvalues with " + count.length + " counts");
        }
        for (int i = 0; i < lambda.length; i++) {
            if (!Double.isFinite(lambda[i])) {
                throw new IllegalArgumentException(
                        "eigenvalue " + (i + 1) + " is " + lambda[i] + ", not a finite number");
            }
            if (count[i] < 1 || (i > 0 && !(lambda[i] < lambda[i - 1]))) {
                throw new IllegalArgumentException("modes are distinct, descending and counted from 1");
            }
        }
    }

    /** Groups values that are exactly equal; any order. */
    public static Modes exactly(double... eigenvalues) {
        return grouped(eigenvalues, 0);
    }

    /**
     * Groups values that differ by no more than {@link #DECOMPOSITION_TOLERANCE} of the largest |λ| from the largest of their
     * group, into their mean; those as near to zero are zero.
     */
    public static Modes decomposed(double... eigenvalues) {
        return grouped(eigenvalues, DECOMPOSITION_TOLERANCE);
    }

    private static Modes grouped(double[] eigenvalues, double tolerance) {
        double[] sorted = new double[eigenvalues.length];
        double largest = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (!Double.isFinite(eigenvalues[i])) {
                throw new IllegalArgumentException(
                        "eigenvalue " + (i + 1) + " is " + eigenvalues[i] + ", not a finite number");
            }
            sorted[i] = -eigenvalues[i];
            largest = Math.max(largest, Math.abs(sorted[i]));
        }
        double width = tolerance * largest;
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = Math.abs(sorted[i]) <= width ? 0 : sorted[i];
        }
        Arrays.sort(sorted);
        double[] lambda = new double[sorted.length];
        int[] count = new int[sorted.length];
        int modes = 0;
        for (int from = 0, to; from < sorted.length; from = to) {
            double sum = 0;
            boolean zero = sorted[from] == 0;
            for (to = from; to < sorted.length && belongs(sorted[to], sorted[from], zero, width); to++) {
                sum += sorted[to] - sorted[from];
            }
            lambda[modes] = zero ? 0 : -(sorted[from] + sum / (to - from));
            count[modes++] = to - from;
        }
        return new Modes(Arrays.copyOf(lambda, modes), Arrays.copyOf(count, modes));
    }

    private static boolean belongs(double value, double first, boolean zero, double width) {
        return zero ? value == 0 : value != 0 && value - first <= width;
    }

    public int size() {
        return lambda.length;
    }

    /** max |λ|. */
    public double largest() {
        return Math.max(Math.abs(lambda[0]), Math.abs(lambda[lambda.length - 1]));
    }

    /** n, the sum of the counts. */
    public int dimension() {
        return Arrays.stream(count).sum();
    }

    /**
     * r(Ŵ_L) for L = 1, …, rank of what the start recovers, Ŵ_L the truncation to the L largest limits |p_i|: with an identical
     * start and N ≥ 2 that is the positive part, since the others tend to 0.
     */
    public double[] effectiveRanks(Start start) {
        double[] limits = limits(start);
        double[] ranks = new double[limits.length];
        double sum = 0;
        for (int i = 0; i < limits.length; i++) {
            sum += limits[i];
            ranks[i] = sum / limits[0];
        }
        return ranks;
    }

    /** The limits |p_i| &gt; 0, descending, each as often as it occurs. */
    double[] limits(Start start) {
        double[] limits = new double[dimension()];
        int size = 0;
        for (int i = 0; i < lambda.length; i++) {
            if (start.limit(lambda[i]) > 0) {
                Arrays.fill(limits, size, size + count[i], -start.limit(lambda[i]));
                size += count[i];
            }
        }
        double[] found = Arrays.copyOf(limits, size);
        Arrays.sort(found);
        return Arrays.stream(found).map(v -> -v).toArray();
    }
}
