package org.gradus.dynamics;

import java.util.Arrays;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;

/** The matrices of a batch in host memory, as many to an array as fit: a batch may have more numbers than an array. */
final class HostMatrices {
    private static final int NUMBERS_PER_ARRAY = 1 << 27;

    private final int runs;
    private final int entries;
    private final int perArray;
    private final double[][] arrays;

    /** @param entries of each matrix */
    HostMatrices(int runs, int entries) {
        this(runs, entries, NUMBERS_PER_ARRAY);
    }

    HostMatrices(int runs, int entries, int numbersPerArray) {
        this.runs = runs;
        this.entries = entries;
        perArray = Math.min(runs, Math.max(1, numbersPerArray / entries));
        arrays = new double[(runs + perArray - 1) / perArray][];
        Arrays.setAll(arrays, i -> new double[(Math.min(runs, (i + 1) * perArray) - i * perArray) * entries]);
    }

    void download(Ops ops, MatrixBatch in) {
        for (int i = 0; i < arrays.length; i++) {
            ops.download(in.slice(i * perArray, Math.min(runs, (i + 1) * perArray)), arrays[i]);
        }
    }

    /** The entries of the matrix of a run, column by column. */
    double[] copy(int run) {
        int from = run % perArray * entries;
        return Arrays.copyOfRange(arrays[run / perArray], from, from + entries);
    }
}
