package org.gradus.backend.openblas;

import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.gradus.backend.Precision;

/** The library's calls for one precision, on typed pointers; lengths beyond 2³¹ − 1 are the caller's to divide. */
interface Blas {

    static Blas of(Precision precision) {
        return precision == Precision.FLOAT64 ? DoubleBlas.INSTANCE : FloatBlas.INSTANCE;
    }

    /** {@code memory} as a pointer to numbers of this precision. */
    Pointer typed(Pointer memory);

    double get(Pointer x, long index);

    void put(Pointer x, long index, double value);

    /** x[0 … length) ← host[from … from + length). */
    void upload(double[] host, int from, int length, Pointer x);

    void download(Pointer x, double[] host, int from, int length);

    void gemm(
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
            int ldc);

    /** y ← op(A)·x + y for an m×n matrix A. */
    void gemv(int trans, int m, int n, Pointer a, int lda, Pointer x, Pointer y);

    void copy(int n, Pointer x, Pointer y);

    void scal(int n, double factor, Pointer x);

    void axpy(int n, double factor, Pointer x, Pointer y);

    /** Σ x_i², accumulated in float64. */
    double sumOfSquares(int n, Pointer x);

    /** Σ |x_i|. */
    double sumOfMagnitudes(int n, Pointer x);

    /** Scratch for {@code length} numbers, freed when it is closed. */
    Pointer workspace(int length);

    /** Numbers of workspace that {@link #singularValues} needs for m×n. */
    int singularValuesWorkspace(int m, int n);

    /** xGESDD with job N: descending values of a into s, a is overwritten; LAPACK's info. */
    int singularValues(int m, int n, Pointer a, Pointer s, Pointer work, int workLength, IntPointer iwork);
}
