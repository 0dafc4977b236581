package org.gradus.linalg;

import static org.bytedeco.openblas.global.openblas_full.LAPACKE_dpotrf;
import static org.bytedeco.openblas.global.openblas_full.LAPACK_COL_MAJOR;

import java.util.Optional;

/** A = LLᵀ of a symmetric positive definite matrix, for solving Ax = b as often as wanted. */
public final class Cholesky {
    private final Matrix lower;

    private Cholesky(Matrix lower) {
        this.lower = lower;
    }

    /**
     * @param a n×n, of which the lower triangle is read; overwritten and kept
     * @return empty where A is not positive definite to working precision: a pivot is not positive, or below n·2⁻⁵² of the
     *     largest one
     */
    public static Optional<Cholesky> of(Matrix a) {
        OpenBlas.describe();
        Lapack.requireFinite("dpotrf", a);
        if (!a.isSquare()) {
            throw new IllegalArgumentException(a + " has no Cholesky factor: it is not square");
        }
        int n = a.rows();
        int info = LAPACKE_dpotrf(LAPACK_COL_MAJOR, (byte) 'L', n, a.data(), n);
        if (info > 0) {
            return Optional.empty();
        }
        Lapack.check("dpotrf", info);
        double least = Double.POSITIVE_INFINITY;
        double largest = 0;
        for (int i = 0; i < n; i++) {
            double pivot = a.get(i, i) * a.get(i, i);
            least = Math.min(least, pivot);
            largest = Math.max(largest, pivot);
        }
        return least > n * Math.ulp(1.0) * largest ? Optional.of(new Cholesky(a)) : Optional.empty();
    }

    /** A⁻¹b; b is left as it is. In plain loops: a call of the native library would copy L, which takes longer. */
    public double[] solve(double[] b) {
        int n = lower.rows();
        if (b.length != n) {
            throw new IllegalArgumentException(b.length + " numbers on the right of " + n + " equations");
        }
        double[] x = b.clone();
        for (int j = 0; j < n; j++) {
            x[j] /= lower.get(j, j);
            subtractColumn(j, x);
        }
        for (int j = n - 1; j >= 0; j--) {
            x[j] = (x[j] - belowDiagonal(j, x)) / lower.get(j, j);
        }
        return x;
    }

    /** x_i ← x_i − L_ij x_j for i > j. */
    private void subtractColumn(int j, double[] x) {
        double[] l = lower.data();
        int column = j * x.length;
        double factor = x[j];
        for (int i = j + 1; i < x.length; i++) {
            x[i] -= factor * l[column + i];
        }
    }

    /** Σ L_ij x_i over i > j, in four sums, so that additions need not wait for each other. */
    private double belowDiagonal(int j, double[] x) {
        double[] l = lower.data();
        int column = j * x.length;
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = j + 1;
        for (; i + 3 < x.length; i += 4) {
            s0 += l[column + i] * x[i];
            s1 += l[column + i + 1] * x[i + 1];
            s2 += l[column + i + 2] * x[i + 2];
            s3 += l[column + i + 3] * x[i + 3];
        }
        for (; i < x.length; i++) {
            s0 += l[column + i] * x[i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
