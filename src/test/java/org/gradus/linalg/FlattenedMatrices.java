package org.gradus.linalg;

/**
 * Matrices as the columns of one.
 *
 * @param flattened (rows·cols)×m, column i is A_i column by column
 */
public record FlattenedMatrices(int rows, int cols, Matrix flattened) implements MatrixSource {

    @Override
    public int count() {
        return flattened.cols();
    }

    @Override
    public void read(int from, int to, double[] out) {
        int entries = rows * cols;
        System.arraycopy(flattened.data(), from * entries, out, 0, (to - from) * entries);
    }
}
