package org.gradus.problem;

import org.gradus.backend.Precision;

/**
 * What a bound problem keeps in a backend's memory beside the factors.
 *
 * @param shared numbers that all runs share, in the run's precision
 * @param perRun numbers that every run has for itself, in the run's precision
 * @param bytes of anything else that all runs share
 * @param bytesPerRun of anything else that every run has for itself
 */
public record Footprint(long shared, long perRun, long bytes, long bytesPerRun) {

    /** {@code count} matrices that all runs share, and the number −1. */
    public static Footprint matrices(int count, int rows, int cols) {
        return new Footprint((long) count * rows * cols + 1, 0, 0, 0);
    }

    /** Both. */
    public Footprint plus(Footprint other) {
        return new Footprint(
                shared + other.shared, perRun + other.perRun, bytes + other.bytes, bytesPerRun + other.bytesPerRun);
    }

    /** In all, for so many runs. */
    public long bytes(int runs, Precision precision) {
        long numbers = Math.addExact(shared, Math.multiplyExact(perRun, runs));
        long others = Math.addExact(Math.multiplyExact(bytesPerRun, runs), bytes);
        return Math.addExact(Math.multiplyExact(numbers, precision.bytes()), others);
    }
}
