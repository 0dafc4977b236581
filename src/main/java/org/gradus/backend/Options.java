package org.gradus.backend;

/**
 * What a backend is opened with; each takes what concerns it.
 *
 * @param threads workers of the CPU, at least 1
 * @param device number of the CUDA device, from 0
 * @param tf32 whether products of FLOAT32 matrices may round their inputs to TF32 (CUDA only)
 * @param gramSingularValues whether singular values may come from the Gram matrix: faster for large matrices, with errors
 *     of about √ε·σ_1 (CUDA only)
 */
public record Options(int threads, int device, boolean tf32, boolean gramSingularValues) {

    /** @throws IllegalArgumentException for less than one thread or a negative number of a device */
    public Options {
        if (threads < 1 || device < 0) {
            throw new IllegalArgumentException("a backend with " + threads + " threads on device " + device);
        }
    }

    /** Device 0, full precision, exact singular values. */
    public static Options threads(int threads) {
        return new Options(threads, 0, false, false);
    }
}
