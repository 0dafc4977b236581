package org.gradus.backend.openblas;

import java.util.Arrays;
import org.bytedeco.javacpp.Pointer;
import org.gradus.backend.Arena;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;

/** A batch in native memory. */
final class NativeBatch extends MatrixBatch {
    private final Pointer memory;
    private final long offset;
    private final long stride;

    /**
     * @param memory the allocation, also the identity by which hazards are found
     * @param offset where this batch begins in it, in numbers
     * @param stride from one run to the next, in numbers
     */
    NativeBatch(Arena arena, Shape shape, Precision precision, Pointer memory, long offset, long stride) {
        super(arena, shape, precision);
        this.memory = memory;
        this.offset = offset;
        this.stride = stride;
    }

    static NativeBatch of(MatrixBatch batch) {
        return (NativeBatch) batch;
    }

    Pointer memory() {
        return memory;
    }

    Blas blas() {
        return Blas.of(precision());
    }

    /** A new typed pointer to the allocation, to be positioned by {@link #position}. */
    Pointer pointer() {
        return blas().typed(memory);
    }

    /** One such pointer for each worker. */
    Pointer[] pointers(int workers) {
        Pointer[] pointers = new Pointer[workers];
        Arrays.setAll(pointers, worker -> pointer());
        return pointers;
    }

    /** The allocation, up to the end of this batch, number by number. */
    Numbers numbers() {
        return Numbers.of(memory, precision(), offset + (shape().batch() - 1) * stride + shape().entries());
    }

    /** From one run to the next, in numbers. */
    long stride() {
        return stride;
    }

    /** Position, in the allocation, of entry (0, col) of the matrix of {@code run}; a batch of 1 serves every run. */
    long position(int run, int col) {
        int matrix = shape().batch() == 1 ? 0 : run;
        return offset + matrix * stride + (long) col * shape().rows();
    }

    @Override
    protected MatrixBatch view(int from, Shape wanted) {
        return new NativeBatch(arena(), wanted, precision(), memory, offset + from * stride, stride);
    }
}
