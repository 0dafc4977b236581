package org.gradus.linalg;

import java.util.Arrays;

/**
 * A dense real matrix in host memory, column-major: entry (i, j) lies at {@code data[i + j * rows]}.
 *
 * <p>The array is not copied; whoever hands it over gives it up.
 *
 * @param rows number of rows, at least 1
 * @param cols number of columns, at least 1
 * @param data rows · cols entries, one column after another
 */
public record Matrix(int rows, int cols, double[] data) {

    /** @throws IllegalArgumentException if a dimension is below 1 or the array's length is not rows · cols */
    public Matrix {
        if (rows < 1 || cols < 1 || data.length != (long) rows * cols) {
            throw new IllegalArgumentException(
                    "a " + rows + "×" + cols + " matrix cannot be made of " + data.length + " numbers");
        }
    }

    /** The rows×cols matrix of zeros. */
    public static Matrix zeros(int rows, int cols) {
        return new Matrix(rows, cols, new double[Math.multiplyExact(rows, cols)]);
    }

    /** The n×n matrix with {@code value} on its diagonal and zeros elsewhere. */
    public static Matrix scaledIdentity(int n, double value) {
        Matrix matrix = zeros(n, n);
        for (int i = 0; i < n; i++) {
            matrix.set(i, i, value);
        }
        return matrix;
    }

    public double get(int i, int j) {
        return data[i + j * rows];
    }

    public void set(int i, int j, double value) {
        data[i + j * rows] = value;
    }

    public boolean isSquare() {
        return rows == cols;
    }

    public Matrix copy() {
        return new Matrix(rows, cols, data.clone());
    }

    public Matrix transposed() {
        Matrix transposed = zeros(cols, rows);
        for (int j = 0; j < cols; j++) {
            for (int i = 0; i < rows; i++) {
                transposed.set(j, i, get(i, j));
            }
        }
        return transposed;
    }

    /** Whether |A − Aᵀ| ≤ tolerance · max|A| in every entry. */
    public boolean isSymmetric(double tolerance) {
        if (!isSquare()) {
            return false;
        }
        double bound = tolerance * Arrays.stream(data).map(Math::abs).max().orElse(0);
        for (int j = 0; j < cols; j++) {
            for (int i = 0; i < j; i++) {
                if (!(Math.abs(get(i, j) - get(j, i)) <= bound)) {
                    return false;
                }
            }
        }
        return true;
    }

    public boolean isFinite() {
        return Arrays.stream(data).allMatch(Double::isFinite);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matrix m && rows == m.rows && cols == m.cols && Arrays.equals(data, m.data);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * rows + cols) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "Matrix " + rows + "×" + cols;
    }
}
