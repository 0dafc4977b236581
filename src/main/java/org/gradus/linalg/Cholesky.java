package org.gradus.linalg;

import static org.bytedeco.openblas.global.openblas_full.LAPACKE_dpotrf;
import static org.bytedeco.openblas.global.openblas_full.LAPACKE_dpotrs;
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

    /** A⁻¹b; b is left as it is. */
    public double[] solve(double[] b) {
        int n = lower.rows();
        if (b.length != n) {
            throw new IllegalArgumentException(b.length + " numbers on the right of " + n + " equations");
        }
        double[] x = b.clone();
        Lapack.check("dpotrs", LAPACKE_dpotrs(LAPACK_COL_MAJOR, (byte) 'L', n, 1, lower.data(), n, x, n));
        return x;
    }
}
