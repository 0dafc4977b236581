package org.gradus.baseline;

import java.util.stream.IntStream;
import org.gradus.linalg.Gram;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.MatrixSource;

/**
 * Operators held in memory, m·rows·cols numbers (fewer than 2³¹). Products with them are memory-bound, and plain loops:
 * calls into the native library would copy the operators each time.
 *
 * @param flattened (rows·cols)×m, column i is A_i column by column
 */
public record DenseOperators(int rows, int cols, Matrix flattened) implements LinearMap {
    /** Stripes of the adjoint's sum, each of which stays in a core's cache while all operators pass. */
    private static final int STRIPE = 2048;

    /** @throws IllegalArgumentException if the columns are not rows·cols long */
    public DenseOperators {
        if (flattened.rows() != (long) rows * cols) {
            throw new IllegalArgumentException(
                    "operators of " + flattened.rows() + " numbers do not fit " + rows + "×" + cols + " matrices");
        }
    }

    /**
     * Reads all of them.
     *
     * @throws IllegalArgumentException if they do not fit into an array or this process's memory
     */
    public static DenseOperators of(MatrixSource source) {
        long size = (long) source.rows() * source.cols();
        // size < 2⁶², so only the quotient can be compared
        if (size > Math.min(Integer.MAX_VALUE - 8L, Runtime.getRuntime().maxMemory() / Double.BYTES) / source.count()) {
            throw new IllegalArgumentException(source.count() + " operators of " + source.rows() + "×" + source.cols()
                    + " do not fit into memory here; take fewer or rank-one operators, or give Java more (-Xmx)");
        }
        double[] numbers = new double[(int) (size * source.count())];
        source.read(0, source.count(), numbers);
        return new DenseOperators(source.rows(), source.cols(), new Matrix((int) size, source.count(), numbers));
    }

    @Override
    public int count() {
        return flattened.cols();
    }

    @Override
    public double[] apply(Matrix w) {
        double[] x = w.data();
        double[] out = new double[count()];
        IntStream.range(0, out.length).parallel().forEach(i -> out[i] = dot(flattened.data(), i * x.length, x));
        return out;
    }

    /** Four partial sums, since one chain of additions is bound by latency. */
    private static double dot(double[] a, int from, double[] x) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j + 3 < x.length; j += 4) {
            s0 += a[from + j] * x[j];
            s1 += a[from + j + 1] * x[j + 1];
            s2 += a[from + j + 2] * x[j + 2];
            s3 += a[from + j + 3] * x[j + 3];
        }
        for (; j < x.length; j++) {
            s0 += a[from + j] * x[j];
        }
        return (s0 + s1) + (s2 + s3);
    }

    @Override
    public Matrix adjoint(double[] c) {
        Matrix sum = Matrix.zeros(rows, cols);
        int length = sum.data().length;
        int stripes = (length + STRIPE - 1) / STRIPE;
        IntStream.range(0, stripes).parallel().forEach(s -> {
            int end = Math.min(length, (s + 1) * STRIPE);
            for (int i = 0; i < c.length; i++) {
                addScaled(c[i], flattened.data(), i * length, sum.data(), s * STRIPE, end);
            }
        });
        return sum;
    }

    private static void addScaled(double factor, double[] a, int offset, double[] sum, int from, int to) {
        for (int j = from; j < to; j++) {
            sum[j] += factor * a[offset + j];
        }
    }

    @Override
    public Matrix gram() {
        return Gram.ofCols(flattened);
    }

    @Override
    public double squaredNorm() {
        return Vectors.squaredNorm(flattened.data());
    }
}
