package org.gradus.linalg;

import static org.bytedeco.openblas.global.openblas_full.LAPACKE_dgesdd;
import static org.bytedeco.openblas.global.openblas_full.LAPACK_COL_MAJOR;

/** Singular values of a host matrix, without vectors. */
public final class Spectrum {
    private Spectrum() {}

    /**
     * Descending, min(rows, cols) of them; a large matrix gets every core.
     *
     * @throws ArithmeticException if an entry is not finite or the iteration does not converge
     */
    public static double[] of(Matrix a) {
        Lapack.requireFinite("dgesdd", a);
        double[] values = new double[Math.min(a.rows(), a.cols())];
        double[] copy = a.data().clone();
        int[] info = new int[1];
        int cores = Runtime.getRuntime().availableProcessors();
        OpenBlas.withThreads(
                OpenBlas.threadsForSpectrum(a.rows(), a.cols(), cores),
                () -> info[0] = LAPACKE_dgesdd(
                        LAPACK_COL_MAJOR,
                        (byte) 'N',
                        a.rows(),
                        a.cols(),
                        copy,
                        a.rows(),
                        values,
                        (double[]) null,
                        1,
                        null,
                        1));
        Lapack.check("dgesdd", info[0]);
        return values;
    }
}
