package org.gradus.backend;

/**
 * Numbers that {@link Ops#post} leaves for the host, which reads them without waiting for the device. Made by an {@link
 * Arena} and gone with it.
 */
public abstract class Mailbox {
    private final Arena arena;
    private final int size;

    protected Mailbox(Arena arena, int size) {
        this.arena = arena;
        this.size = size;
    }

    public final Arena arena() {
        return arena;
    }

    /** How many numbers it holds. */
    public final int size() {
        return size;
    }

    /**
     * The numbers that arrived last; zeros before the first have. Each of them is whole, but they may come from different
     * posts while one is on its way.
     *
     * @throws IllegalArgumentException unless {@code out} has {@link #size} numbers
     * @throws IllegalStateException if the arena is closed
     */
    public final void read(double[] out) {
        if (out.length != size) {
            throw new IllegalArgumentException("read: " + size + " numbers do not fit " + out.length);
        }
        if (!arena.isOpen()) {
            throw new IllegalStateException("read: the arena of this mailbox is closed");
        }
        copyTo(out);
    }

    protected abstract void copyTo(double[] out);
}
