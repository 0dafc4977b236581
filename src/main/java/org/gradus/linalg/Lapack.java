package org.gradus.linalg;

import static org.bytedeco.openblas.global.openblas_full.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_full.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_full.CblasTrans;
import static org.bytedeco.openblas.global.openblas_full.LAPACKE_dgeqrf;
import static org.bytedeco.openblas.global.openblas_full.LAPACKE_dgesdd;
import static org.bytedeco.openblas.global.openblas_full.LAPACKE_dorgqr;
import static org.bytedeco.openblas.global.openblas_full.LAPACK_COL_MAJOR;
import static org.bytedeco.openblas.global.openblas_full.cblas_dgemm;

/**
 * One-off decompositions on the host. The library runs with one thread here, so that the bits do not depend on the number
 * of threads or the backend in use. A decomposition that does not converge, or of a matrix with an entry that is not
 * finite, is an ArithmeticException.
 */
public final class Lapack {

    /**
     * A = U diag(σ) Vᵀ with k = min(rows, cols).
     *
     * @param u rows×k, orthonormal columns
     * @param values σ, descending
     * @param vt k×cols, orthonormal rows
     */
    public record Svd(Matrix u, double[] values, Matrix vt) {}

    private Lapack() {}

    /**
     * The Q factor of A = QR with positive diagonal of R, of A's own shape (rows ≥ cols); Haar-distributed where A's entries
     * are independent normal numbers (F. Mezzadri, Notices of the AMS 54, 2007). A is overwritten.
     */
    public static Matrix orthonormalize(Matrix a) {
        OpenBlas.describe();
        requireFinite("dgeqrf", a);
        int m = a.rows();
        int n = a.cols();
        double[] tau = new double[n];
        check("dgeqrf", LAPACKE_dgeqrf(LAPACK_COL_MAJOR, m, n, a.data(), m, tau));
        boolean[] flip = new boolean[n];
        for (int j = 0; j < n; j++) {
            flip[j] = a.get(j, j) < 0;
        }
        check("dorgqr", LAPACKE_dorgqr(LAPACK_COL_MAJOR, m, n, n, a.data(), m, tau));
        for (int j = 0; j < n; j++) {
            for (int i = 0; flip[j] && i < m; i++) {
                a.set(i, j, -a.get(i, j));
            }
        }
        return a;
    }

    /** The thin singular value decomposition. A is overwritten. */
    public static Svd svd(Matrix a) {
        OpenBlas.describe();
        requireFinite("dgesdd", a);
        int m = a.rows();
        int n = a.cols();
        int k = Math.min(m, n);
        double[] values = new double[k];
        Matrix u = Matrix.zeros(m, k);
        Matrix vt = Matrix.zeros(k, n);
        check(
                "dgesdd",
                LAPACKE_dgesdd(LAPACK_COL_MAJOR, (byte) 'S', m, n, a.data(), m, values, u.data(), m, vt.data(), k));
        return new Svd(u, values, vt);
    }

    /** A·Bᵀ. */
    public static Matrix timesTransposed(Matrix a, Matrix b) {
        OpenBlas.describe();
        Matrix product = Matrix.zeros(a.rows(), b.rows());
        cblas_dgemm(
                CblasColMajor,
                CblasNoTrans,
                CblasTrans,
                a.rows(),
                b.rows(),
                a.cols(),
                1,
                a.data(),
                a.rows(),
                b.data(),
                b.rows(),
                0,
                product.data(),
                a.rows());
        return product;
    }

    /** The library's own check sees NaN but lets infinities through, which come out as NaN. */
    static void requireFinite(String call, Matrix a) {
        if (!a.isFinite()) {
            throw new ArithmeticException("LAPACK's " + call + ": the " + a + " has an entry that is not finite");
        }
    }

    static void check(String call, int info) {
        if (info != 0) {
            throw new ArithmeticException("LAPACK's " + call + " answers info = " + info
                    + (info > 0 ? ": no convergence" : ": bad argument"));
        }
    }
}
