package org.gradus.cli;

/**
 * How much of each run a page of so many shows, so that it stays below 10 MB.
 *
 * @param numbers of its table, all columns together
 * @param values singular values of the product, and angles
 * @param factorValues singular values of a factor
 * @param pictures of products
 * @param side of a picture, in pixels
 */
record ReportLimits(int numbers, int values, int factorValues, int pictures, int side) {
    /** Of a page: with five digits each some 5 MB. */
    private static final int ALL_NUMBERS = 700_000;

    /** All pictures of a page together, as text. */
    static final long PICTURE_BYTES = 3_000_000;

    /** Runs of a page; more make neither a table nor a picture that can be read. */
    static final int MOST_RUNS = 2_000;

    private static final int MOST_ROWS = 4_000;
    private static final int FEW = 8;

    static ReportLimits of(int runs) {
        int numbers = ALL_NUMBERS / Math.max(runs, 1);
        return runs <= FEW ? new ReportLimits(numbers, 32, 16, 24, 256) : new ReportLimits(numbers, 8, 3, 6, 128);
    }

    /** Rows that a table with so many columns may keep. */
    int rows(int columns) {
        return Math.max(16, Math.min(MOST_ROWS, numbers / (columns + 1)));
    }
}
