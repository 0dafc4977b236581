package org.gradus.backend.cuda;

import org.gradus.backend.BackendException;
import org.gradus.backend.MatrixBatch;

/**
 * A batch as one column-major matrix, whose columns are the batch's matrices: operators as D×m, runs as D×B, D = r·c. What lies
 * between one matrix and the next is skipped by the leading dimension.
 *
 * @param rows D
 * @param cols number of the matrices
 * @param leading numbers from one column to the next
 */
record ColumnBatch(DeviceMemory pointer, int rows, int cols, int leading) {

    /** @throws BackendException if D or the leading dimension does not fit cuBLAS's 32-bit interface */
    static ColumnBatch of(MatrixBatch matrices) {
        CudaBatch batch = CudaBatch.of(matrices);
        int count = batch.shape().batch();
        long rows = batch.shape().entries();
        long leading = count == 1 ? rows : batch.stride();
        if (leading > Integer.MAX_VALUE) {
            throw new BackendException("cuda: " + batch.shape() + ", " + leading
                    + " numbers from one to the next: a matrix that is measured may have 2^31 - 1 numbers at most");
        }
        return new ColumnBatch(batch.pointer(), (int) rows, count, (int) leading);
    }
}
