package org.gradus.store;

import java.nio.file.Path;
import java.util.Arrays;
import org.gradus.linalg.SparseMatrix;

/** Entries of a matrix in the order of a file, as many as half of the heap holds in compressed columns. */
final class EntryList {
    /** Row, column and value here, 16 bytes, and 24 while they are sorted into columns. */
    static final int BYTES_PER_ENTRY = 40;

    private static final int FIRST_CAPACITY = 1 << 12;

    private final Path path;
    private int[] rows = new int[FIRST_CAPACITY];
    private int[] cols = new int[FIRST_CAPACITY];
    private double[] values = new double[FIRST_CAPACITY];
    private int count;

    EntryList(Path path) {
        this.path = path;
    }

    int count() {
        return count;
    }

    void add(int row, int col, double value) {
        if (count == rows.length) {
            long capacity = Math.min(count + (long) count / 2, InputFiles.LONGEST_ARRAY);
            if (capacity == count) {
                throw InputFiles.refused(path, "has more than 2^31-1 entries");
            }
            InputFiles.requireRoom(path, count + " entries and more", (double) count * BYTES_PER_ENTRY);
            rows = Arrays.copyOf(rows, (int) capacity);
            cols = Arrays.copyOf(cols, (int) capacity);
            values = Arrays.copyOf(values, (int) capacity);
        }
        rows[count] = row;
        cols[count] = col;
        values[count] = value;
        count++;
    }

    int row(int k) {
        return rows[k];
    }

    int col(int k) {
        return cols[k];
    }

    /**
     * The numbers, in this list, of two entries at one place, the earlier first, or null if there are none.
     *
     * @param symmetric whether (i, j) and (j, i) are one place
     */
    int[] repeated(boolean symmetric) {
        long[] places = new long[count];
        for (int k = 0; k < count; k++) {
            places[k] = place(k, symmetric);
        }
        Arrays.sort(places);
        for (int k = 1; k < count; k++) {
            if (places[k] == places[k - 1]) {
                int first = next(places[k], 0, symmetric);
                return new int[] {first, next(places[k], first + 1, symmetric)};
            }
        }
        return null;
    }

    private long place(int k, boolean symmetric) {
        boolean swapped = symmetric && rows[k] > cols[k];
        return swapped ? (long) rows[k] << 32 | cols[k] : (long) cols[k] << 32 | rows[k];
    }

    private int next(long place, int from, boolean symmetric) {
        int k = from;
        while (place(k, symmetric) != place) {
            k++;
        }
        return k;
    }

    /** Renumbers: row i becomes rowOf[i], column j becomes colOf[j]. */
    void renumber(int[] rowOf, int[] colOf) {
        for (int k = 0; k < count; k++) {
            rows[k] = rowOf[rows[k]];
            cols[k] = colOf[cols[k]];
        }
    }

    /** To each entry (i, j), i ≠ j, adds (j, i) with {@code sign} times its value. */
    void mirror(double sign) {
        int before = count;
        for (int k = 0; k < before; k++) {
            if (rows[k] != cols[k]) {
                add(cols[k], rows[k], sign * values[k]);
            }
        }
    }

    /** In compressed columns; this list is then used up. */
    SparseMatrix toMatrix(int rowCount, int colCount) {
        rows = Arrays.copyOf(rows, count);
        cols = Arrays.copyOf(cols, count);
        values = Arrays.copyOf(values, count);
        return SparseMatrix.of(rowCount, colCount, rows, cols, values);
    }
}
