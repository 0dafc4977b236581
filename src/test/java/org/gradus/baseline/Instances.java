package org.gradus.baseline;

import java.util.Arrays;
import java.util.Random;
import org.gradus.linalg.DenseOperators;
import org.gradus.linalg.FlattenedMatrices;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.SparseMatrix;

/** Seeded matrices and observations. */
final class Instances {
    private Instances() {}

    static Matrix gaussian(Random random, int rows, int cols) {
        double[] numbers = new double[rows * cols];
        Arrays.setAll(numbers, i -> random.nextGaussian());
        return new Matrix(rows, cols, numbers);
    }

    /** UVᵀ with normal U, V, scaled to ‖W‖_F = norm. */
    static Matrix lowRank(Random random, int rows, int cols, int rank, double norm) {
        Matrix w = Lapack.timesTransposed(gaussian(random, rows, rank), gaussian(random, cols, rank));
        double factor = norm / Vectors.norm(w.data());
        return new Matrix(rows, cols, Vectors.times(factor, w.data()));
    }

    /** {@code count} entries without replacement. */
    static SparseMatrix sample(Random random, Matrix w, int count) {
        int size = w.rows() * w.cols();
        return entries(w, random.ints(0, size).distinct().limit(count).sorted().toArray());
    }

    /** Entries by their places column by column, ascending. */
    static SparseMatrix entries(Matrix w, int... places) {
        int[] rows = Arrays.stream(places).map(p -> p % w.rows()).toArray();
        int[] cols = Arrays.stream(places).map(p -> p / w.rows()).toArray();
        double[] values = Arrays.stream(places).mapToDouble(p -> w.data()[p]).toArray();
        return SparseMatrix.of(w.rows(), w.cols(), rows, cols, values);
    }

    /** The same places as operators held densely. */
    static DenseOperators dense(SparseMatrix places) {
        int size = places.rows() * places.cols();
        Matrix flattened = Matrix.zeros(size, places.count());
        int k = 0;
        for (int j = 0; j < places.cols(); j++) {
            for (; k < places.starts()[j + 1]; k++) {
                flattened.set(places.rowIndices()[k] + j * places.rows(), k, 1);
            }
        }
        return new DenseOperators(new FlattenedMatrices(places.rows(), places.cols(), flattened));
    }

    /** N(0, 1/m) entries. */
    static DenseOperators gaussianOperators(Random random, int rows, int cols, int count) {
        Matrix normal = gaussian(random, rows * cols, count);
        Matrix scaled = new Matrix(rows * cols, count, Vectors.times(1 / Math.sqrt(count), normal.data()));
        return new DenseOperators(new FlattenedMatrices(rows, cols, scaled));
    }

    static double relativeDistance(Matrix a, Matrix b) {
        return Vectors.distance(a.data(), b.data()) / Vectors.norm(b.data());
    }
}
