package org.gradus.backend;

/** An allocation scope: {@link #close()} frees all that it made, and may be called twice. */
public abstract class Arena implements AutoCloseable {
    private final Backend backend;
    private boolean open = true;

    protected Arena(Backend backend) {
        this.backend = backend;
    }

    /** The backend whose memory this is. */
    public final Backend backend() {
        return backend;
    }

    public final boolean isOpen() {
        return open;
    }

    /**
     * A batch of zeros.
     *
     * @throws BackendException if the memory cannot be had
     * @throws IllegalStateException if this arena is closed
     */
    public final MatrixBatch allocate(Shape shape, Precision precision) {
        if (!open) {
            throw new IllegalStateException("allocate " + shape + ": the arena is closed");
        }
        return newBatch(shape, precision);
    }

    /**
     * A mailbox of {@code size} zeros.
     *
     * @throws BackendException if the memory cannot be had
     * @throws IllegalStateException if this arena is closed
     */
    public final Mailbox mailbox(int size) {
        if (!open) {
            throw new IllegalStateException("mailbox of " + size + ": the arena is closed");
        }
        return newMailbox(size);
    }

    /**
     * Places of a matrix with {@code rows} rows, in compressed columns: those of column j have the numbers [starts[j],
     * starts[j + 1]) and lie in the rows {@code rowIndices} says, which ascend. The arrays are given up.
     *
     * @throws BackendException if the memory cannot be had
     * @throws IllegalStateException if this arena is closed
     */
    public final Places places(int rows, int[] starts, int[] rowIndices) {
        if (!open) {
            throw new IllegalStateException("places: the arena is closed");
        }
        return newPlaces(rows, starts, rowIndices);
    }

    protected abstract MatrixBatch newBatch(Shape shape, Precision precision);

    protected abstract Mailbox newMailbox(int size);

    protected abstract Places newPlaces(int rows, int[] starts, int[] rowIndices);

    protected abstract void release();

    @Override
    public final void close() {
        if (open) {
            open = false;
            release();
        }
    }
}
