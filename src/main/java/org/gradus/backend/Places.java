package org.gradus.backend;

/**
 * Places (i, j) of a rows×cols matrix in a backend's memory, numbered down the columns, first column first. Made by an {@link
 * Arena} and gone with it.
 */
public abstract class Places {
    private final Arena arena;
    private final int rows;
    private final int cols;
    private final int count;

    protected Places(Arena arena, int rows, int cols, int count) {
        this.arena = arena;
        this.rows = rows;
        this.cols = cols;
        this.count = count;
    }

    public final Arena arena() {
        return arena;
    }

    public final int rows() {
        return rows;
    }

    public final int cols() {
        return cols;
    }

    /** How many places there are. */
    public final int count() {
        return count;
    }

    @Override
    public final String toString() {
        return count + " places of " + rows + "×" + cols;
    }
}
