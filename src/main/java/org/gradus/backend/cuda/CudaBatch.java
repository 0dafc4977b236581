package org.gradus.backend.cuda;

import org.gradus.backend.Arena;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;

/** A batch in device memory. */
final class CudaBatch extends MatrixBatch {
    private final DeviceMemory allocation;
    private final long offset;
    private final long stride;
    private final DeviceMemory start;

    /**
     * @param offset where this batch begins in the allocation, in numbers
     * @param stride from one run to the next, in numbers, at least the entries of a matrix
     */
    CudaBatch(Arena arena, Shape shape, Precision precision, DeviceMemory allocation, long offset, long stride) {
        super(arena, shape, precision);
        this.allocation = allocation;
        this.offset = offset;
        this.stride = stride;
        start = allocation.withByteOffset(offset * precision.bytes());
    }

    static CudaBatch of(MatrixBatch batch) {
        return (CudaBatch) batch;
    }

    /** The first entry of the first matrix. */
    DeviceMemory pointer() {
        return start;
    }

    /** The entry {@code index} numbers behind the first. */
    DeviceMemory pointer(long index) {
        return start.withByteOffset(index * precision().bytes());
    }

    /** From one run's matrix to the next, in numbers. */
    long stride() {
        return stride;
    }

    /** The stride as an input's: 0 where a batch of 1 serves every run. */
    long strideOrBroadcast() {
        return shape().batch() == 1 ? 0 : stride;
    }

    /** As an input of our own kernels, where a batch of 1 serves every run. */
    ElementwiseKernels.Operand input() {
        return new ElementwiseKernels.Operand(start.address(), strideOrBroadcast());
    }

    /** As an output of our own kernels. */
    ElementwiseKernels.Operand output() {
        return new ElementwiseKernels.Operand(start.address(), stride);
    }

    /** Whether the runs' matrices lie one right after another. */
    boolean isContiguous() {
        return shape().batch() == 1 || stride == shape().entries();
    }

    @Override
    protected MatrixBatch view(int from, Shape wanted) {
        return new CudaBatch(arena(), wanted, precision(), allocation, offset + from * stride, stride);
    }
}
