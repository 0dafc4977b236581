package org.gradus.backend;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One device with one main line of work and one for measurements; used by one thread, the one that opened it. */
public interface Backend extends AutoCloseable {

    /** The name that configurations use: {@code reference}, {@code cpu}, {@code cuda}. */
    String name();

    /** Device, library versions and arithmetic mode, for people and for the manifest. */
    String describe();

    /** The same in more detail, by name, for the manifest and for {@code devices}; nothing where there is no more to say. */
    default Map<String, Object> details() {
        return Map.of();
    }

    /** Bytes of the device's memory that can be had now. */
    long availableBytes();

    /** Bytes that {@link Ops#singularValues} needs beside the matrices, for batches of these shapes in one call. */
    default long singularValuesBytes(List<Shape> matrices, Precision precision) {
        return 0;
    }

    /** Floating-point operations of products in about a second, to choose how much work is handed over at once. */
    double workPerSecond(Precision precision);

    /**
     * Up to which number of rows a product AᵀB is so much slower than one of the other three kinds that it pays to keep
     * matrices transposed; 0 if never.
     */
    default int slowTransposedProductsUpTo() {
        return 0;
    }

    Arena openArena();

    /** The verbs of the main line. */
    Ops ops();

    /** Where measurements go. There is one at a time. */
    default SideLine openSideLine() {
        return SideLine.atOnce(ops());
    }

    /** How many measurements may be under way while the main line goes on; 0: it waits for each. */
    default int lookahead() {
        return 0;
    }

    /**
     * Captures the operations that {@code step} and {@code check} call, without carrying them out. Both may call every verb
     * of {@link Ops} but upload, download and singularValues.
     */
    Recording record(Runnable step, Runnable check);

    /** The same without a check. */
    default Recording record(Runnable step) {
        return record(step, () -> {});
    }

    /**
     * The steps of gradient descent on a fully observed target, in one piece, where the backend has such a thing for
     * matrices as small as these: {@code W_j ← W_j + (W_N ⋯ W_{j+1})ᵀ s_b(W_N ⋯ W_1 − target)(W_{j−1} ⋯ W_1)ᵀ} for all j at
     * once and every run b.
     *
     * @param factors W_1 … W_N, batch·(n_j×n_{j−1})
     * @param target 1·(n_N×n_0)
     * @param perRun s, batch·(1×1), the negative step size
     * @param check as for {@link #record}
     */
    default Optional<Recording> fuse(
            List<MatrixBatch> factors, MatrixBatch target, MatrixBatch perRun, Runnable check) {
        return Optional.empty();
    }

    /** @throws IllegalStateException while arenas are open */
    @Override
    void close();
}
