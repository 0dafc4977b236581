package org.gradus.backend;

/** What a backend computes of observations, with the meaning of {@link Ops}; arguments have been checked. */
public interface ObservationKernels {

    void measure(MatrixBatch operators, MatrixBatch observations, MatrixBatch x, MatrixBatch out);

    void normalResidual(
            MatrixBatch perRun,
            MatrixBatch operators,
            MatrixBatch observations,
            MatrixBatch x,
            MatrixBatch residuals,
            double beta,
            MatrixBatch out);

    void columnInnerProducts(MatrixBatch a, MatrixBatch b, MatrixBatch out);

    void scaleColumns(MatrixBatch factors, MatrixBatch in, MatrixBatch out);

    void gather(Places places, MatrixBatch x, MatrixBatch out);

    void observedResidual(MatrixBatch perRun, Places places, MatrixBatch values, MatrixBatch residuals, MatrixBatch x);
}
