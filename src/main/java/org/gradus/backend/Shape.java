package org.gradus.backend;

/**
 * {@code batch} equal matrices, each column-major and contiguous; in host memory one right after another.
 *
 * @param batch number of independent runs, at least 1
 * @param rows rows of each matrix, at least 1
 * @param cols columns of each matrix, at least 1
 */
public record Shape(int batch, int rows, int cols) {

    /** @throws IllegalArgumentException if a dimension is below 1 */
    public Shape {
        if (batch < 1 || rows < 1 || cols < 1) {
            throw new IllegalArgumentException(
                    "no dimension of " + batch + "·(" + rows + "×" + cols + ") may be below 1");
        }
    }

    /** Numbers in one matrix. */
    public long entries() {
        return (long) rows * cols;
    }

    /** Numbers in the whole batch. */
    public long size() {
        return Math.multiplyExact(batch, entries());
    }

    @Override
    public String toString() {
        return batch + "·(" + rows + "×" + cols + ")";
    }
}
