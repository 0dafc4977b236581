package org.gradus.backend.cuda;

import org.gradus.backend.Precision;
import org.gradus.backend.Shape;

/** Cuts a batch into pieces that fit a page-locked block: as many whole matrices as do, or else stretches of one. */
final class Pieces {
    /** Bytes of one block: large enough for the full bandwidth of the bus, and all that staging ever takes is two. */
    static final int BLOCK = 8 << 20;

    /** Part of a batch: the whole matrices of {@code runs} runs, or {@code length} numbers of one. */
    record Piece(int run, int runs, long from, int length) {
        int numbers() {
            return runs * length;
        }
    }

    private final int batch;
    private final long entries;
    private final long stride;
    private final int capacity;
    private int run;
    private long from;

    /** @param stride from one run's matrix to the next on the device, in numbers */
    Pieces(Shape shape, long stride, Precision precision) {
        batch = shape.batch();
        entries = shape.entries();
        this.stride = stride;
        boolean pitched = batch > 1 && stride != entries;
        // a pitch is limited to 2^31 − 1 bytes
        boolean alone = pitched && Math.multiplyExact(stride, precision.bytes()) > Integer.MAX_VALUE;
        int numbers = BLOCK / precision.bytes();
        capacity = alone ? (int) Math.min(numbers, entries) : numbers;
    }

    static Pieces of(CudaBatch whole) {
        return new Pieces(whole.shape(), whole.stride(), whole.precision());
    }

    boolean hasNext() {
        return run < batch;
    }

    Piece next() {
        if (from == 0 && entries <= capacity) {
            int runs = (int) Math.min(batch - run, capacity / entries);
            Piece piece = new Piece(run, runs, 0, (int) entries);
            run += runs;
            return piece;
        }
        int length = (int) Math.min(capacity, entries - from);
        Piece piece = new Piece(run, 1, from, length);
        from += length;
        if (from == entries) {
            from = 0;
            run++;
        }
        return piece;
    }

    /** Where a piece begins in host memory, in numbers. */
    long hostIndex(Piece piece) {
        return piece.run * entries + piece.from;
    }

    /** Where a piece begins on the device, in numbers from the batch's first. */
    long deviceIndex(Piece piece) {
        return piece.run * stride + piece.from;
    }
}
