package org.gradus.linalg;

import static org.bytedeco.openblas.global.openblas_full.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_full.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_full.CblasTrans;
import static org.bytedeco.openblas.global.openblas_full.LAPACKE_dgeqrf;
import static org.bytedeco.openblas.global.openblas_full.LAPACKE_dgesdd;
import static org.bytedeco.openblas.global.openblas_full.LAPACKE_dorgqr;
import static org.bytedeco.openblas.global.openblas_full.LAPACKE_dsyevd;
import static org.bytedeco.openblas.global.openblas_full.LAPACK_COL_MAJOR;
import static org.bytedeco.openblas.global.openblas_full.cblas_dgemm;

import java.util.Arrays;

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

    /**
     * A = V diag(λ) Vᵀ of a symmetric matrix.
     *
     * @param vectors V, n×n, orthonormal columns
     * @param values λ, descending, of any sign
     */
    public record Eigen(Matrix vectors, double[] values) {}

    /** The eigendecomposition of a symmetric matrix, of which the lower triangle is read. A is overwritten. */
    public static Eigen symmetricEigen(Matrix a) {
        OpenBlas.describe();
        int n = a.rows();
        double[] ascending = new double[n];
        check("dsyevd", LAPACKE_dsyevd(LAPACK_COL_MAJOR, (byte) 'V', (byte) 'L', n, a.data(), n, ascending));
        Matrix vectors = Matrix.zeros(n, n);
        double[] values = new double[n];
        for (int j = 0; j < n; j++) {
            values[j] = ascending[n - 1 - j];
            System.arraycopy(a.data(), (n - 1 - j) * n, vectors.data(), j * n, n);
        }
        return new Eigen(vectors, values);
    }

    /** The eigenvalues of a symmetric matrix, descending. A is overwritten. */
    public static double[] symmetricEigenvalues(Matrix a) {
        OpenBlas.describe();
        double[] ascending = new double[a.rows()];
        check(
                "dsyevd",
                LAPACKE_dsyevd(LAPACK_COL_MAJOR, (byte) 'N', (byte) 'L', a.rows(), a.data(), a.rows(), ascending));
        double[] values = new double[ascending.length];
        Arrays.setAll(values, i -> ascending[ascending.length - 1 - i]);
        return values;
    }

    /** A·B. */
    public static Matrix times(Matrix a, Matrix b) {
        return product(a, CblasNoTrans, b, CblasNoTrans);
    }

    /** Aᵀ·B. */
    public static Matrix transposedTimes(Matrix a, Matrix b) {
        return product(a, CblasTrans, b, CblasNoTrans);
    }

    /** A·Bᵀ. */
    public static Matrix timesTransposed(Matrix a, Matrix b) {
        return product(a, CblasNoTrans, b, CblasTrans);
    }

    private static Matrix product(Matrix a, int transA, Matrix b, int transB) {
        OpenBlas.describe();
        int m = transA == CblasNoTrans ? a.rows() : a.cols();
        int k = transA == CblasNoTrans ? a.cols() : a.rows();
        int n = transB == CblasNoTrans ? b.cols() : b.rows();
        if (k != (transB == CblasNoTrans ? b.rows() : b.cols())) {
            throw new IllegalArgumentException(a + " and " + b + " do not fit into a product");
        }
        Matrix out = Matrix.zeros(m, n);
        cblas_dgemm(
                CblasColMajor, transA, transB, m, n, k, 1, a.data(), a.rows(), b.data(), b.rows(), 0, out.data(), m);
        return out;
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
