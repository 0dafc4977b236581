package org.gradus.problem;

import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;

/** Operators A and observations y in a backend's memory, or on their way through it. */
interface BoundOperators {

    /** out_b ← s_b·A*(A(product_b) − y), on the main line. */
    void gradient(MatrixBatch perRun, MatrixBatch product, MatrixBatch out);

    /** sums_b ← ‖A(product_b) − y‖², on a line, which may be another than the main one meanwhile. */
    void squaredResidual(Ops line, MatrixBatch product, MatrixBatch sums);
}
