package org.gradus.linalg;

import static org.bytedeco.openblas.global.openblas_full.LAPACKE_dgesdd;
import static org.bytedeco.openblas.global.openblas_full.LAPACK_COL_MAJOR;

/** Singular values of a host matrix, without vectors. */
public final class Spectrum {
    private Spectrum() {}

    /**
     * Descending, min(rows, cols) of them; with one thread, so that what follows from them (a step size) has the same bits
     * everywhere.
     *
     * @throws ArithmeticException if an entry is not finite or the iteration does not converge
     */
    public static double[] of(Matrix a) {
        Lapack.requireFinite("dgesdd", a);
        double[] values = new double[Math.min(a.rows(), a.cols())];
        double[] copy = a.data().clone();
        int info = LAPACKE_dgesdd(
                LAPACK_COL_MAJOR, (byte) 'N', a.rows(), a.cols(), copy, a.rows(), values, (double[]) null, 1, null, 1);
        Lapack.check("dgesdd", info);
        return values;
    }
}
