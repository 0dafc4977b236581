package org.gradus.linalg;

import java.util.Arrays;
import java.util.function.IntConsumer;

/** ‖A‖² of a linear map A: the largest eigenvalue of A*A. */
public final class OperatorNorm {
    /** Of the iteration of Lanczos, which finds the largest eigenvalue long before the others. */
    private static final int MOST_STEPS = 60;

    private static final double TOLERANCE = 1e-5;

    private OperatorNorm() {}

    /**
     * By Lanczos's iteration on A*A (G. Golub, C. Van Loan, Matrix Computations, 10.1; it needs a third of the applications of
     * a power iteration), from a fixed vector; rounded up to four digits, so that the last bits of the arithmetic do not show.
     *
     * @return ‖A‖², to 1e-3; 0 for the zero map
     */
    public static double squared(LinearMap map) {
        return squared(map, iteration -> {});
    }

    /** @param iterations is told the number of each iteration, before it */
    public static double squared(LinearMap map, IntConsumer iterations) {
        Matrix previous = Matrix.zeros(map.rows(), map.cols());
        Matrix v = start(map.rows(), map.cols());
        int most = Math.min(MOST_STEPS, v.data().length);
        double[] diagonal = new double[most];
        double[] off = new double[most];
        double largest = 0;
        for (int k = 0; k < most; k++) {
            iterations.accept(k + 1);
            Matrix image = map.normal(v);
            diagonal[k] = dot(image, v);
            add(image, -diagonal[k], v);
            add(image, k == 0 ? 0 : -off[k - 1], previous);
            off[k] = Math.sqrt(dot(image, image));
            double found = largestEigenvalue(diagonal, off, k + 1);
            if (off[k] <= 1e-12 * found || Math.abs(found - largest) <= TOLERANCE * found) {
                return roundedUp(found);
            }
            largest = found;
            previous = v;
            v = image;
            scale(v, 1 / off[k]);
        }
        return roundedUp(largest);
    }

    /** In no likely null space. */
    private static Matrix start(int rows, int cols) {
        Matrix start = Matrix.zeros(rows, cols);
        Arrays.setAll(start.data(), k -> 1 + 0.5 * StrictMath.sin(k) + 0.25 * StrictMath.cos(3.7 * k));
        scale(start, 1 / Math.sqrt(dot(start, start)));
        return start;
    }

    private static double largestEigenvalue(double[] diagonal, double[] off, int size) {
        Matrix tridiagonal = Matrix.zeros(size, size);
        for (int i = 0; i < size; i++) {
            tridiagonal.set(i, i, diagonal[i]);
            if (i + 1 < size) {
                tridiagonal.set(i + 1, i, off[i]);
            }
        }
        return Lapack.symmetricEigenvalues(tridiagonal)[0];
    }

    private static double roundedUp(double value) {
        if (!(value > 0) || !Double.isFinite(value)) {
            return value;
        }
        double unit = StrictMath.pow(10, Math.floor(StrictMath.log10(value)) - 3);
        return Math.ceil(value / unit) * unit;
    }

    private static double dot(Matrix a, Matrix b) {
        double sum = 0;
        for (int k = 0; k < a.data().length; k++) {
            sum += a.data()[k] * b.data()[k];
        }
        return sum;
    }

    private static void add(Matrix target, double factor, Matrix x) {
        for (int k = 0; factor != 0 && k < target.data().length; k++) {
            target.data()[k] += factor * x.data()[k];
        }
    }

    private static void scale(Matrix x, double factor) {
        for (int k = 0; k < x.data().length; k++) {
            x.data()[k] *= factor;
        }
    }
}
