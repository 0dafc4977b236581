package org.gradus.backend.openblas;

import static org.bytedeco.openblas.global.openblas_full.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_full.LAPACKE_dgesdd_work;
import static org.bytedeco.openblas.global.openblas_full.LAPACK_COL_MAJOR;
import static org.bytedeco.openblas.global.openblas_full.cblas_dasum;
import static org.bytedeco.openblas.global.openblas_full.cblas_daxpy;
import static org.bytedeco.openblas.global.openblas_full.cblas_dcopy;
import static org.bytedeco.openblas.global.openblas_full.cblas_ddot;
import static org.bytedeco.openblas.global.openblas_full.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas_full.cblas_dgemv;
import static org.bytedeco.openblas.global.openblas_full.cblas_dscal;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;

/** float64. */
final class DoubleBlas implements Blas {
    static final DoubleBlas INSTANCE = new DoubleBlas();

    private DoubleBlas() {}

    private static DoublePointer p(Pointer pointer) {
        return (DoublePointer) pointer;
    }

    @Override
    public Pointer typed(Pointer memory) {
        return new Padded(memory);
    }

    @Override
    public double get(Pointer x, long index) {
        return p(x).get(index);
    }

    @Override
    public void put(Pointer x, long index, double value) {
        p(x).put(index, value);
    }

    @Override
    public void upload(double[] host, int from, int length, Pointer x) {
        p(x).put(host, from, length);
    }

    @Override
    public void download(Pointer x, double[] host, int from, int length) {
        p(x).get(host, from, length);
    }

    @Override
    public void gemm(
            int transA,
            int transB,
            int m,
            int n,
            int k,
            double alpha,
            Pointer a,
            int lda,
            Pointer b,
            int ldb,
            double beta,
            Pointer c,
            int ldc) {
        cblas_dgemm(CblasColMajor, transA, transB, m, n, k, alpha, p(a), lda, p(b), ldb, beta, p(c), ldc);
    }

    @Override
    public void gemv(int trans, int m, int n, Pointer a, int lda, Pointer x, Pointer y) {
        cblas_dgemv(CblasColMajor, trans, m, n, 1, p(a), lda, p(x), 1, 1, p(y), 1);
    }

    @Override
    public void copy(int n, Pointer x, Pointer y) {
        cblas_dcopy(n, p(x), 1, p(y), 1);
    }

    @Override
    public void scal(int n, double factor, Pointer x) {
        cblas_dscal(n, factor, p(x), 1);
    }

    @Override
    public void axpy(int n, double factor, Pointer x, Pointer y) {
        cblas_daxpy(n, factor, p(x), 1, p(y), 1);
    }

    @Override
    public double sumOfSquares(int n, Pointer x) {
        return cblas_ddot(n, p(x), 1, p(x), 1);
    }

    @Override
    public double sumOfMagnitudes(int n, Pointer x) {
        return cblas_dasum(n, p(x), 1);
    }

    @Override
    public Pointer workspace(int length) {
        return new DoublePointer((long) length);
    }

    @Override
    public int singularValuesWorkspace(int m, int n) {
        double[] wanted = new double[1];
        LAPACKE_dgesdd_work(
                LAPACK_COL_MAJOR, (byte) 'N', m, n, (double[]) null, m, null, null, 1, null, 1, wanted, -1, (int[])
                        null);
        return (int) wanted[0];
    }

    @Override
    public int singularValues(int m, int n, Pointer a, Pointer s, Pointer work, int workLength, IntPointer iwork) {
        return LAPACKE_dgesdd_work(
                LAPACK_COL_MAJOR, (byte) 'N', m, n, p(a), m, p(s), null, 1, null, 1, p(work), workLength, iwork);
    }

    /** Keeps the positions that two workers write a cache line apart. */
    @SuppressWarnings("unused")
    private static final class Padded extends DoublePointer {
        private long p0;
        private long p1;
        private long p2;
        private long p3;
        private long p4;
        private long p5;
        private long p6;
        private long p7;

        Padded(Pointer memory) {
            super(memory);
        }
    }
}
