package org.gradus.linalg;

/** Equal matrices A_1 … A_m, more perhaps than memory holds: read block by block, as often as wanted, always the same numbers. */
public interface MatrixSource {

    /** m. */
    int count();

    int rows();

    int cols();

    /**
     * Reads A_{from+1} … A_{to}, each flattened column by column.
     *
     * @param out (to − from)·rows·cols numbers, matrix after matrix, in its beginning
     * @throws RuntimeException if they cannot be read
     */
    void read(int from, int to, double[] out);
}
