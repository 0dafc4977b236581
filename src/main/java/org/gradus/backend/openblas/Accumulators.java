package org.gradus.backend.openblas;

import org.bytedeco.javacpp.Pointer;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;

/** A batch of sums for every worker, each in lines of its own, so that workers can add without waiting for each other. */
final class Accumulators implements AutoCloseable {
    private final NativeMemory memory = new NativeMemory();
    private final Address[] addresses;
    private final Pointer[] pointers;
    private final Numbers numbers;
    private final long entries;
    private final long size;
    private final long bytes;

    /** Zeros. */
    Accumulators(int workers, Shape shape, Precision precision) {
        entries = shape.entries();
        int inLine = NativeMemory.LINE / precision.bytes();
        size = Math.multiplyExact(-Math.floorDiv(-shape.size(), inLine), inLine);
        bytes = size * precision.bytes();
        Address start = memory.allocate(Math.multiplyExact(bytes, workers));
        numbers = Numbers.of(start, precision, size * workers);
        addresses = new Address[workers];
        pointers = new Pointer[workers];
        for (int worker = 0; worker < workers; worker++) {
            addresses[worker] = new Address().at(start.address() + worker * bytes);
            pointers[worker] = Blas.of(precision).typed(addresses[worker]);
        }
    }

    int workers() {
        return pointers.length;
    }

    /** Makes the sums of {@code worker} zero, whatever they were. */
    void clear(int worker) {
        addresses[worker].clear(bytes);
    }

    /** The matrices of {@code worker}, one run after another, beginning at position 0. */
    Pointer pointer(int worker) {
        return pointers[worker];
    }

    /** All matrices of all workers. */
    Numbers numbers() {
        return numbers;
    }

    /** Where in {@link #numbers} the matrix of one worker and run begins. */
    long position(int worker, int run) {
        return worker * size + run * entries;
    }

    @Override
    public void close() {
        memory.close();
    }
}
