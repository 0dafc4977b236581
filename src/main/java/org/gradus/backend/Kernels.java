package org.gradus.backend;

import java.util.List;

/** What a backend computes, with the meaning of {@link Ops}; arguments have been checked. */
public interface Kernels extends ObservationKernels {

    void upload(double[] host, MatrixBatch out);

    void download(MatrixBatch in, double[] host);

    void copy(MatrixBatch in, MatrixBatch out);

    void multiply(
            double alpha,
            Transpose transA,
            MatrixBatch a,
            Transpose transB,
            MatrixBatch b,
            double beta,
            MatrixBatch out);

    void residual(
            MatrixBatch perRun,
            Transpose transA,
            MatrixBatch a,
            Transpose transB,
            MatrixBatch b,
            MatrixBatch target,
            MatrixBatch out);

    void scale(MatrixBatch perRun, MatrixBatch x);

    void addScaled(MatrixBatch perRun, MatrixBatch x, MatrixBatch out);

    void sumOfSquares(MatrixBatch x, MatrixBatch out);

    void post(MatrixBatch in, Mailbox out);

    void singularValues(List<MatrixBatch> matrices, List<MatrixBatch> out);
}
