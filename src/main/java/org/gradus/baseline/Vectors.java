package org.gradus.baseline;

import org.gradus.linalg.Gram;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;

/** Sums over arrays of equal length. */
final class Vectors {
    private Vectors() {}

    static double inner(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    static double squaredNorm(double[] x) {
        return inner(x, x);
    }

    static double norm(double[] x) {
        return Math.sqrt(squaredNorm(x));
    }

    static double distance(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (x[i] - y[i]) * (x[i] - y[i]);
        }
        return Math.sqrt(sum);
    }

    /** x − y, new. */
    static double[] minus(double[] x, double[] y) {
        double[] difference = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            difference[i] = x[i] - y[i];
        }
        return difference;
    }

    /** s·x, new. */
    static double[] times(double s, double[] x) {
        double[] scaled = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            scaled[i] = s * x[i];
        }
        return scaled;
    }

    /** ‖A‖, as the square root of the largest eigenvalue of the smaller of AAᵀ and AᵀA: full precision for this one value. */
    static double spectralNorm(Matrix a) {
        Matrix gram = a.rows() <= a.cols() ? Gram.ofRows(a) : Gram.ofCols(a);
        return Math.sqrt(Math.max(Lapack.symmetricEigenvalues(gram)[0], 0));
    }
}
