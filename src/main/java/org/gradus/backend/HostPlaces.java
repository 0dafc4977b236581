package org.gradus.backend;

/** The places of a backend that computes in host memory, in compressed columns as {@link Arena#places} takes them. */
public final class HostPlaces extends Places {
    private final int[] starts;
    private final int[] rowIndices;

    public HostPlaces(Arena arena, int rows, int[] starts, int[] rowIndices) {
        super(arena, rows, starts.length - 1, rowIndices.length);
        this.starts = starts;
        this.rowIndices = rowIndices;
    }

    /** The places of column j have the numbers [starts[j], starts[j + 1]). */
    public int[] starts() {
        return starts;
    }

    /** The row of each place. */
    public int[] rowIndices() {
        return rowIndices;
    }
}
