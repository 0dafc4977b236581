package org.gradus.linalg;

import java.util.List;
import java.util.SplittableRandom;

/** The definitions as plain loops, for tests to compare with. */
public final class PlainMatrices {
    private PlainMatrices() {}

    /** A·B. */
    public static Matrix times(Matrix a, Matrix b) {
        Matrix product = Matrix.zeros(a.rows(), b.cols());
        for (int j = 0; j < b.cols(); j++) {
            for (int l = 0; l < a.cols(); l++) {
                for (int i = 0; i < a.rows(); i++) {
                    product.set(i, j, product.get(i, j) + a.get(i, l) * b.get(l, j));
                }
            }
        }
        return product;
    }

    /** W_N ⋯ W_1; W_1 first in the list. */
    public static Matrix product(List<Matrix> factors) {
        Matrix product = factors.get(0);
        for (Matrix factor : factors.subList(1, factors.size())) {
            product = times(factor, product);
        }
        return product;
    }

    /** A + s·B. */
    public static Matrix plus(Matrix a, double s, Matrix b) {
        Matrix sum = a.copy();
        for (int i = 0; i < sum.data().length; i++) {
            sum.data()[i] += s * b.data()[i];
        }
        return sum;
    }

    /** The rows×cols matrix with these numbers on its diagonal. */
    public static Matrix diagonal(int rows, int cols, double... values) {
        Matrix matrix = Matrix.zeros(rows, cols);
        for (int i = 0; i < values.length; i++) {
            matrix.set(i, i, values[i]);
        }
        return matrix;
    }

    /** Entries row by row. */
    public static Matrix rows(double[]... rows) {
        Matrix matrix = Matrix.zeros(rows.length, rows[0].length);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                matrix.set(i, j, rows[i][j]);
            }
        }
        return matrix;
    }

    /** Independent entries, uniform on [−1, 1). */
    public static Matrix random(SplittableRandom random, int rows, int cols) {
        return new Matrix(rows, cols, random.doubles((long) rows * cols, -1, 1).toArray());
    }

    /** Σ a_ij b_ij. */
    public static double inner(Matrix a, Matrix b) {
        double sum = 0;
        for (int i = 0; i < a.data().length; i++) {
            sum += a.data()[i] * b.data()[i];
        }
        return sum;
    }

    /** ‖A‖_F. */
    public static double norm(Matrix a) {
        return Math.sqrt(inner(a, a));
    }

    /** ‖A − B‖_F. */
    public static double distance(Matrix a, Matrix b) {
        return norm(plus(a, -1, b));
    }
}
