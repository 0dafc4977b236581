package org.gradus.backend.reference;

import org.gradus.backend.Arena;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;

/** A batch in a Java array of doubles; FLOAT32 entries are rounded whenever they are written. */
final class ReferenceBatch extends MatrixBatch {
    private final double[] data;
    private final int offset;
    private final int stride;

    /** @param stride from one run to the next */
    ReferenceBatch(Arena arena, Shape shape, Precision precision, double[] data, int offset, int stride) {
        super(arena, shape, precision);
        this.data = data;
        this.offset = offset;
        this.stride = stride;
    }

    static ReferenceBatch of(MatrixBatch batch) {
        return (ReferenceBatch) batch;
    }

    /** Entry (i, j) of the matrix of run {@code run}; a batch of 1 answers for every run. */
    double get(int run, int i, int j) {
        return data[index(run, i, j)];
    }

    void set(int run, int i, int j, double value) {
        data[index(run, i, j)] = precision() == Precision.FLOAT32 ? (float) value : value;
    }

    private int index(int run, int i, int j) {
        int matrix = shape().batch() == 1 ? 0 : run;
        return offset + matrix * stride + j * shape().rows() + i;
    }

    @Override
    protected MatrixBatch view(int from, Shape wanted) {
        return new ReferenceBatch(arena(), wanted, precision(), data, offset + from * stride, stride);
    }
}
