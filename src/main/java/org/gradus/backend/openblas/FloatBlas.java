package org.gradus.backend.openblas;

import static org.bytedeco.openblas.global.openblas_full.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_full.LAPACKE_sgesdd_work;
import static org.bytedeco.openblas.global.openblas_full.LAPACK_COL_MAJOR;
import static org.bytedeco.openblas.global.openblas_full.cblas_sasum;
import static org.bytedeco.openblas.global.openblas_full.cblas_saxpy;
import static org.bytedeco.openblas.global.openblas_full.cblas_scopy;
import static org.bytedeco.openblas.global.openblas_full.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_full.cblas_sgemv;
import static org.bytedeco.openblas.global.openblas_full.cblas_sscal;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;

/** float32. */
final class FloatBlas implements Blas {
    static final FloatBlas INSTANCE = new FloatBlas();

    private static final int BLOCK = 1 << 12;

    /** One for each worker: a check after every replay must not allocate either. */
    private static final ThreadLocal<float[]> BLOCKS = ThreadLocal.withInitial(() -> new float[BLOCK]);

    private FloatBlas() {}

    private static FloatPointer p(Pointer pointer) {
        return (FloatPointer) pointer;
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
        p(x).put(index, (float) value);
    }

    @Override
    public void upload(double[] host, int from, int length, Pointer x) {
        float[] rounded = new float[length];
        for (int i = 0; i < length; i++) {
            rounded[i] = (float) host[from + i];
        }
        p(x).put(rounded, 0, length);
    }

    @Override
    public void download(Pointer x, double[] host, int from, int length) {
        float[] single = new float[length];
        p(x).get(single, 0, length);
        for (int i = 0; i < length; i++) {
            host[from + i] = single[i];
        }
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
        cblas_sgemm(
                CblasColMajor, transA, transB, m, n, k, (float) alpha, p(a), lda, p(b), ldb, (float) beta, p(c), ldc);
    }

    @Override
    public void gemv(int trans, int m, int n, Pointer a, int lda, Pointer x, Pointer y) {
        cblas_sgemv(CblasColMajor, trans, m, n, 1, p(a), lda, p(x), 1, 1, p(y), 1);
    }

    @Override
    public void copy(int n, Pointer x, Pointer y) {
        cblas_scopy(n, p(x), 1, p(y), 1);
    }

    @Override
    public void scal(int n, double factor, Pointer x) {
        cblas_sscal(n, (float) factor, p(x), 1);
    }

    @Override
    public void axpy(int n, double factor, Pointer x, Pointer y) {
        cblas_saxpy(n, (float) factor, p(x), 1, p(y), 1);
    }

    @Override
    public double sumOfSquares(int n, Pointer x) {
        // not cblas_dsdot: OpenBLAS's adds up whole blocks in single precision
        float[] block = BLOCKS.get();
        long start = x.position();
        double sum = 0;
        for (int from = 0; from < n; from += BLOCK) {
            int length = Math.min(BLOCK, n - from);
            p(x).position(start + from).get(block, 0, length);
            for (int i = 0; i < length; i++) {
                sum += (double) block[i] * block[i];
            }
        }
        x.position(start);
        return sum;
    }

    @Override
    public double sumOfMagnitudes(int n, Pointer x) {
        return cblas_sasum(n, p(x), 1);
    }

    @Override
    public Pointer workspace(int length) {
        return new FloatPointer((long) length);
    }

    @Override
    public int singularValuesWorkspace(int m, int n) {
        float[] wanted = new float[1];
        LAPACKE_sgesdd_work(
                LAPACK_COL_MAJOR, (byte) 'N', m, n, (float[]) null, m, null, null, 1, null, 1, wanted, -1, (int[])
                        null);
        return (int) wanted[0];
    }

    @Override
    public int singularValues(int m, int n, Pointer a, Pointer s, Pointer work, int workLength, IntPointer iwork) {
        return LAPACKE_sgesdd_work(
                LAPACK_COL_MAJOR, (byte) 'N', m, n, p(a), m, p(s), null, 1, null, 1, p(work), workLength, iwork);
    }

    /** Keeps the positions that two workers write a cache line apart. */
    @SuppressWarnings("unused")
    private static final class Padded extends FloatPointer {
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
