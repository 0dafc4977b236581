package org.gradus.store;

import org.gradus.linalg.Matrix;

/** Operators in memory: row n of a matrix is operator n flattened row by row. */
final class StackOperators implements OperatorFile.Elements {
    private final Matrix flattened;
    private final int rows;
    private final int cols;

    StackOperators(Matrix flattened, int rows, int cols) {
        this.flattened = flattened;
        this.rows = rows;
        this.cols = cols;
    }

    @Override
    public void read(int from, int to, double[] out) {
        int k = 0;
        for (int n = from; n < to; n++) {
            for (int j = 0; j < cols; j++) {
                for (int i = 0; i < rows; i++) {
                    out[k++] = flattened.get(n, i * cols + j);
                }
            }
        }
    }

    @Override
    public void close() {}
}
