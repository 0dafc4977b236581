package org.gradus.linalg;

/** Equal matrices A_1 … A_m, more perhaps than memory holds: read block by block, as often as wanted, always the same numbers. */
public interface MatrixSource {

    /** What is done with some matrices that follow each other. */
    @FunctionalInterface
    interface Visitor {
        /**
         * A_{from+1} … A_{to}, each flattened column by column.
         *
         * @param numbers to be left as they are; the matrices lie in them from {@code at} on
         */
        void visit(int from, int to, double[] numbers, int at);
    }

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

    /**
     * Hands A_{from+1} … A_{to} over in order.
     *
     * @param together how many are in memory at most, if the source does not hold them anyway; then it may hand over more
     * @throws RuntimeException if they cannot be read
     */
    default void forEach(int from, int to, int together, Visitor visitor) {
        double[] block = new double[Math.min(together, to - from) * rows() * cols()];
        for (int first = from; first < to; first += together) {
            int last = Math.min(to, first + together);
            read(first, last, block);
            visitor.visit(first, last, block, 0);
        }
    }
}
