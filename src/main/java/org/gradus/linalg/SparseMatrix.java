package org.gradus.linalg;

import java.util.Arrays;

/**
 * A matrix known at some of its entries, in compressed columns: those of column j lie at [starts[j], starts[j + 1]) of
 * {@code rowIndices} and {@code values}, from top to bottom. What is not stored is unknown, or zero, as the user says.
 *
 * <p>The arrays are not copied; whoever hands them over gives them up.
 *
 * @param starts cols + 1 numbers, starts[0] = 0, ascending
 * @param rowIndices from 0, strictly ascending within a column
 */
public record SparseMatrix(int rows, int cols, int[] starts, int[] rowIndices, double[] values) {

    /** @throws IllegalArgumentException if the arrays do not describe a rows×cols matrix with at least one entry */
    public SparseMatrix {
        boolean fits = rows >= 1
                && cols >= 1
                && starts.length == cols + 1
                && starts[0] == 0
                && rowIndices.length >= 1
                && starts[cols] == rowIndices.length
                && values.length == rowIndices.length;
        for (int j = 0; fits && j < cols; j++) {
            fits = starts[j] <= starts[j + 1] && starts[j + 1] <= rowIndices.length;
            for (int k = starts[j]; fits && k < starts[j + 1]; k++) {
                int least = k == starts[j] ? 0 : rowIndices[k - 1] + 1;
                fits = rowIndices[k] >= least && rowIndices[k] < rows;
            }
        }
        if (!fits) {
            throw new IllegalArgumentException("these are no compressed columns of a " + rows + "×" + cols + " matrix");
        }
    }

    /**
     * From entries in any order.
     *
     * @param entryRows row of each entry, from 0
     * @param entryCols column of each entry, from 0
     * @throws IllegalArgumentException if a place lies outside or is named twice
     */
    public static SparseMatrix of(int rows, int cols, int[] entryRows, int[] entryCols, double[] values) {
        // two stable counting sorts, by row and then by column
        int[] byRow = sorted(entryRows, identity(values.length), rows);
        int[] order = sorted(entryCols, byRow, cols);
        int[] starts = new int[cols + 1];
        int[] rowIndices = new int[values.length];
        double[] sortedValues = new double[values.length];
        for (int k = 0; k < order.length; k++) {
            starts[entryCols[order[k]] + 1]++;
            rowIndices[k] = entryRows[order[k]];
            sortedValues[k] = values[order[k]];
        }
        for (int j = 0; j < cols; j++) {
            starts[j + 1] += starts[j];
        }
        return new SparseMatrix(rows, cols, starts, rowIndices, sortedValues);
    }

    private static int[] identity(int length) {
        int[] order = new int[length];
        for (int k = 0; k < length; k++) {
            order[k] = k;
        }
        return order;
    }

    private static int[] sorted(int[] keys, int[] order, int bound) {
        int[] next = new int[bound + 1];
        for (int key : keys) {
            if (key < 0 || key >= bound) {
                throw new IllegalArgumentException("index " + key + " is not in [0, " + bound + ")");
            }
            next[key + 1]++;
        }
        for (int key = 0; key < bound; key++) {
            next[key + 1] += next[key];
        }
        int[] result = new int[order.length];
        for (int k : order) {
            result[next[keys[k]]++] = k;
        }
        return result;
    }

    /** How many entries are stored. */
    public int count() {
        return rowIndices.length;
    }

    /** The same places with other values, in the order of {@link #values}. */
    public SparseMatrix with(double[] others) {
        return new SparseMatrix(rows, cols, starts, rowIndices, others);
    }

    /** The values of a dense rows×cols matrix at the places of this one, in its order. */
    public double[] gather(Matrix dense) {
        double[] gathered = new double[count()];
        for (int j = 0; j < cols; j++) {
            for (int k = starts[j]; k < starts[j + 1]; k++) {
                gathered[k] = dense.get(rowIndices[k], j);
            }
        }
        return gathered;
    }

    /** Zero where nothing is stored. */
    public Matrix dense() {
        Matrix dense = Matrix.zeros(rows, cols);
        for (int j = 0; j < cols; j++) {
            for (int k = starts[j]; k < starts[j + 1]; k++) {
                dense.set(rowIndices[k], j, values[k]);
            }
        }
        return dense;
    }

    public SparseMatrix transposed() {
        int[] columns = new int[count()];
        for (int j = 0; j < cols; j++) {
            Arrays.fill(columns, starts[j], starts[j + 1], j);
        }
        return of(cols, rows, columns, rowIndices, values);
    }
}
