package org.gradus.dynamics;

import java.util.ArrayList;
import java.util.List;
import org.gradus.backend.Backend;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.init.Dimensions;
import org.gradus.problem.Footprint;

/**
 * What a dense descent has to hold, whatever its batch: N factors, N − 2 prefix products, min(N, 3) matrices for the gradient
 * and the problem's own data; for estimation at most 2N + 3 in all for one run. Snapshots come on top; without any, the descent is measured
 * in the memory that every step makes anew.
 *
 * @param data what the problem keeps beside them
 */
public record MemoryDemand(Footprint data, Dimensions dimensions, Precision precision, Measures measures) {

    /** Matrices of a snapshot beside copies of the factors: the product, and scratch for residuals. */
    private static final int PRODUCT_AND_RESIDUAL = 2;

    /** Matrices over which the products B_j of the backward pass are rotated, see {@link DescentStep}. */
    int gradientMatrices() {
        return Math.min(dimensions.depth(), 3);
    }

    /** P_2 … P_{N−1}. */
    int prefixMatrices() {
        return Math.max(dimensions.depth() - 2, 0);
    }

    int matricesPerRun() {
        return dimensions.depth() + prefixMatrices() + gradientMatrices();
    }

    /** The same in another precision. */
    public MemoryDemand with(Precision other) {
        return new MemoryDemand(data, dimensions, other, measures);
    }

    /** The same if the factors' singular values are not asked for. */
    public MemoryDemand withoutFactors() {
        return new MemoryDemand(data, dimensions, precision, new Measures(false, measures.balancedness()));
    }

    /** Bytes in all, for {@code snapshots} measurements beside the descent, or one in place if there are none. */
    long bytes(int runs, int snapshots) {
        int measurements = Math.max(snapshots, 1);
        long perRun = entriesPerRun(snapshots == 0)
                + snapshots * entriesPerSnapshot()
                + (long) measurements * singularValues();
        long sumsPerRun = 1 + (long) measurements * (1 + defects());
        long entries = Math.addExact(Math.multiplyExact(perRun, runs), 1); // 1, the constant
        long own = Math.addExact(Math.multiplyExact(entries, precision.bytes()), sumsPerRun * runs * Double.BYTES);
        return Math.addExact(own, data.bytes(runs, precision));
    }

    /** Numbers that every run has for itself, with its step size; every work matrix is counted in its own shape. */
    private long entriesPerRun(boolean inPlace) {
        long entries = factorEntries() + 1;
        for (int j = 2; j < dimensions.depth(); j++) {
            entries += workEntries(j, inPlace);
        }
        return entries + gradientMatrices() * largestWorkEntries(inPlace);
    }

    /**
     * Numbers in the matrix for P_j, whole columns of n_0; it serves as scratch for a factor's singular values if they are
     * found in place.
     */
    long workEntries(int j, boolean inPlace) {
        long own = (long) dimensions.size(j) * dimensions.cols();
        return inPlace && measures.factors() ? inRows(Math.max(own, largestFactor())) : own;
    }

    /** Numbers in a matrix that holds any B_j, and where they are measured any Gram matrix, in place any factor. */
    long largestWorkEntries(boolean inPlace) {
        long largest = (long) dimensions.largest() * dimensions.cols();
        if (inPlace && measures.factors()) {
            largest = Math.max(largest, largestFactor());
        }
        for (int j = 1; measures.balancedness() && j < dimensions.depth(); j++) {
            largest = Math.max(largest, (long) dimensions.size(j) * dimensions.size(j));
        }
        return inRows(largest);
    }

    /** Rounded up to rows of n_0 numbers. */
    private long inRows(long entries) {
        return (entries + dimensions.cols() - 1) / dimensions.cols() * dimensions.cols();
    }

    int matricesPerSnapshot() {
        return PRODUCT_AND_RESIDUAL + (measures.factors() ? dimensions.depth() : 0);
    }

    /** Numbers in the matrices of a snapshot of one run. */
    private long entriesPerSnapshot() {
        return PRODUCT_AND_RESIDUAL * productEntries() + (measures.factors() ? factorEntries() : 0);
    }

    /** Singular values of a measurement of one run. */
    private int singularValues() {
        int count = Math.min(dimensions.rows(), dimensions.cols());
        for (int j = 1; measures.factors() && j <= dimensions.depth(); j++) {
            count += Math.min(dimensions.size(j), dimensions.size(j - 1));
        }
        return count;
    }

    /** Pairs of neighbouring factors whose balancedness is measured. */
    int defects() {
        return measures.balancedness() ? dimensions.depth() - 1 : 0;
    }

    /** Whether W and B_N … B_2 are kept transposed, see {@link DescentStep}. */
    boolean transposed(Backend backend) {
        return dimensions.depth() > 1 && dimensions.largest() <= backend.slowTransposedProductsUpTo();
    }

    /** Bytes that the singular values of one measurement need beside the matrices. */
    long singularValuesBytes(Backend backend, int runs, boolean inPlace) {
        long most = 0;
        for (List<Integer> group : measuredTogether(inPlace)) {
            List<Shape> shapes =
                    group.stream().map(j -> measured(backend, runs, j)).toList();
            most = Math.max(most, backend.singularValuesBytes(shapes, precision));
        }
        return most;
    }

    /**
     * Whose singular values are found side by side, 0 for the product, j for W_j: in place as many as there is scratch, in a
     * snapshot all.
     */
    List<List<Integer>> measuredTogether(boolean inPlace) {
        int most = inPlace ? gradientMatrices() + prefixMatrices() : Integer.MAX_VALUE;
        int last = measures.factors() ? dimensions.depth() : 0;
        List<List<Integer>> groups = new ArrayList<>();
        for (int j = 0; j <= last; j++) {
            if (groups.isEmpty() || groups.get(groups.size() - 1).size() == most) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(j);
        }
        return groups;
    }

    private Shape measured(Backend backend, int runs, int j) {
        if (j > 0) {
            return new Shape(runs, dimensions.size(j), dimensions.size(j - 1));
        }
        return transposed(backend)
                ? new Shape(runs, dimensions.cols(), dimensions.rows())
                : new Shape(runs, dimensions.rows(), dimensions.cols());
    }

    private long productEntries() {
        return (long) dimensions.rows() * dimensions.cols();
    }

    private long factorEntries() {
        long entries = 0;
        for (int j = 1; j <= dimensions.depth(); j++) {
            entries += (long) dimensions.size(j) * dimensions.size(j - 1);
        }
        return entries;
    }

    private long largestFactor() {
        long largest = 0;
        for (int j = 1; j <= dimensions.depth(); j++) {
            largest = Math.max(largest, (long) dimensions.size(j) * dimensions.size(j - 1));
        }
        return largest;
    }
}
