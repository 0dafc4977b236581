package org.gradus.dynamics;

import java.util.Locale;
import org.gradus.backend.Precision;
import org.gradus.init.Dimensions;
import org.gradus.problem.Problem;

/**
 * What the dense descent keeps in the backend's memory: N factors, N − 2 prefix products, min(N, 3) matrices for the
 * gradient and the problem's own data; at most 2N + 3 in all for one run.
 *
 * @param runs batch size
 * @param matricesPerRun that every run has for itself
 * @param sharedMatrices that all runs share
 * @param bytes in all
 */
public record MemoryPlan(int runs, int matricesPerRun, int sharedMatrices, long bytes) {

    /** Matrices over which the products B_j of the backward pass are rotated, see {@link DescentStep}. */
    static int gradientMatrices(int depth) {
        return Math.min(depth, 3);
    }

    /** The plan for {@code runs} runs; every work matrix is counted in its own shape. */
    public static MemoryPlan of(
            Problem problem, Dimensions dimensions, int runs, Precision precision, Measures measures) {
        return of(problem.residentMatrices(), dimensions, runs, precision, measures);
    }

    /**
     * The plan before there is a problem.
     *
     * @param residentMatrices n_N×n_0 matrices of the problem's own data
     */
    public static MemoryPlan of(
            int residentMatrices, Dimensions dimensions, int runs, Precision precision, Measures measures) {
        int depth = dimensions.depth();
        long perRun = 0;
        for (int j = 1; j <= depth; j++) {
            perRun += (long) dimensions.size(j) * dimensions.size(j - 1);
        }
        for (int j = 2; j < depth; j++) {
            perRun += workEntries(dimensions, j, measures);
        }
        perRun += gradientMatrices(depth) * largestWorkEntries(dimensions, measures);
        long shared = (long) residentMatrices * dimensions.rows() * dimensions.cols();
        return new MemoryPlan(
                runs,
                depth + Math.max(depth - 2, 0) + gradientMatrices(depth),
                residentMatrices,
                (perRun * runs + shared) * precision.bytes());
    }

    /** Numbers in the matrix for P_j, which also serves as scratch for a factor's singular values. */
    static long workEntries(Dimensions dimensions, int j, Measures measures) {
        long own = (long) dimensions.size(j) * dimensions.cols();
        return measures.factors() ? Math.max(own, largestFactor(dimensions)) : own;
    }

    /** Numbers in a matrix that has to hold any B_j, and where they are measured any factor or Gram matrix. */
    static long largestWorkEntries(Dimensions dimensions, Measures measures) {
        long largest = (long) dimensions.largest() * dimensions.cols();
        if (measures.factors()) {
            largest = Math.max(largest, largestFactor(dimensions));
        }
        for (int j = 1; measures.balancedness() && j < dimensions.depth(); j++) {
            largest = Math.max(largest, (long) dimensions.size(j) * dimensions.size(j));
        }
        return largest;
    }

    private static long largestFactor(Dimensions dimensions) {
        long largest = 0;
        for (int j = 1; j <= dimensions.depth(); j++) {
            largest = Math.max(largest, (long) dimensions.size(j) * dimensions.size(j - 1));
        }
        return largest;
    }

    /** One line for people. */
    public String describe() {
        if (bytes == 0) {
            return "none of the device's";
        }
        return String.format(
                Locale.ROOT,
                "%s: %d matrices%s and %d shared",
                bytes(bytes),
                matricesPerRun,
                runs == 1 ? "" : " for each of " + runs + " runs",
                sharedMatrices);
    }

    /** Bytes in the unit that people read. */
    public static String bytes(long bytes) {
        if (bytes < 1 << 20) {
            return String.format(Locale.ROOT, "%.1f KiB", bytes / 1024.0);
        }
        return bytes < 1L << 30
                ? String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20))
                : String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }
}
