package org.gradus.bench;

import java.util.Arrays;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;
import org.gradus.backend.Shape;
import org.gradus.backend.Transpose;

/** Plain products C = AB of n×n matrices, as many as a step has: what a step's time is seen against. */
final class Products implements Resource {
    private final Arena arena;
    private final Recording recording;
    private long handedOver;

    Products(Backend backend, Precision precision, int n, int runs, int count) {
        arena = backend.openArena();
        try {
            MatrixBatch a = filled(backend, precision, n, runs);
            MatrixBatch b = filled(backend, precision, n, runs);
            MatrixBatch c = filled(backend, precision, n, runs);
            recording = backend.record(() -> {
                for (int i = 0; i < count; i++) {
                    backend.ops().multiply(1.0 / n, Transpose.NO, a, Transpose.NO, b, 0, c);
                }
            });
        } catch (RuntimeException | Error thrown) {
            try (arena) {
                throw thrown;
            }
        }
    }

    /** Run by run: a batch may have more entries than an array. */
    private MatrixBatch filled(Backend backend, Precision precision, int n, int runs) {
        MatrixBatch matrix = arena.allocate(new Shape(runs, n, n), precision);
        double[] ones = new double[Math.multiplyExact(n, n)];
        Arrays.fill(ones, 1);
        for (int run = 0; run < runs; run++) {
            backend.ops().upload(ones, matrix.slice(run, run + 1));
        }
        return matrix;
    }

    /** All products so many times, and waits. */
    void repeat(long times) {
        recording.replay(times);
        handedOver += times;
        while (recording.carriedOut() < handedOver) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        try (arena;
                recording) {}
    }
}
