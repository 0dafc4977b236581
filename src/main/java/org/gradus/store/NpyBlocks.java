package org.gradus.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Elements of an npy file as doubles, read a mebibyte of doubles at a time; each thread that reads has buffers of its own. */
final class NpyBlocks implements AutoCloseable {
    /** Elements of a block. */
    static final int LENGTH = 1 << 17;

    /** A block's bytes as the file has them, and its elements. */
    final class Block {
        private final ByteBuffer bytes =
                ByteBuffer.allocateDirect(LENGTH * file.header().type().size());
        private final double[] elements = new double[LENGTH];

        /** The elements first, first + 1 … in the order of the file, at most {@link #LENGTH}. */
        double[] read(long first, int count) throws IOException {
            NpyType type = file.header().type();
            file.read(first, bytes.clear().limit(count * type.size()));
            type.decode(bytes, elements, count);
            return elements;
        }
    }

    /** What is done with a block. */
    @FunctionalInterface
    interface Use {
        void with(Block block) throws IOException;
    }

    private final NpyFile file;
    private final Queue<Block> idle = new ConcurrentLinkedQueue<>();

    NpyBlocks(NpyFile file) {
        this.file = file;
    }

    /** Lends a block; there come to be as many as are lent at once. */
    void lend(Use use) throws IOException {
        Block idleOne = idle.poll();
        Block block = idleOne == null ? new Block() : idleOne;
        try {
            use.with(block);
        } finally {
            idle.add(block);
        }
    }

    /** Element {@code e} of operator {@code n}, e = i·cols + j, as the file counts it. */
    StoreException notFinite(long n, long e, int cols, double value) {
        String place = file.shape().size() == 3 ? e / cols + ", " + e % cols : Long.toString(e);
        return InputFiles.refused(file.path(), "element (" + n + ", " + place + "), counted from 0, is " + value);
    }

    /** Whether the first {@code count} elements are finite; x·0 is NaN for no others. */
    static boolean allFinite(double[] elements, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int k = 0;
        for (; k + 4 <= count; k += 4) {
            a += 0 * elements[k];
            b += 0 * elements[k + 1];
            c += 0 * elements[k + 2];
            d += 0 * elements[k + 3];
        }
        for (; k < count; k++) {
            a += 0 * elements[k];
        }
        return a + b + c + d == 0;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
