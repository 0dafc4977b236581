package org.gradus.backend.openblas;

/** How [0, n) is divided among {@code parts} workers: part p takes [start(p), start(p + 1)). */
final class Partition {
    private static final int GRAIN = 4;

    private Partition() {}

    /** Near n·part/parts, a multiple of 4 (the kernels' register blocks) where every part is at least 8 wide. */
    static int start(int n, int part, int parts) {
        int even = (int) ((long) n * part / parts);
        return part == parts || n < 2 * GRAIN * parts ? even : even / GRAIN * GRAIN;
    }
}
