package org.gradus.backend;

/** A batch of equal matrices in a backend's memory, owned by the {@link Arena} that made it; touched only through {@link Ops}. */
public abstract class MatrixBatch {
    private final Arena arena;
    private final Shape shape;
    private final Precision precision;

    protected MatrixBatch(Arena arena, Shape shape, Precision precision) {
        this.arena = arena;
        this.shape = shape;
        this.precision = precision;
    }

    public final Shape shape() {
        return shape;
    }

    public final Precision precision() {
        return precision;
    }

    /** The arena whose closing ends this batch's life. */
    public final Arena arena() {
        return arena;
    }

    /**
     * The matrices {@code from} (inclusive) to {@code to} (exclusive), sharing this batch's memory.
     *
     * @throws IllegalArgumentException unless 0 ≤ from &lt; to ≤ batch
     */
    public final MatrixBatch slice(int from, int to) {
        if (from < 0 || to <= from || to > shape.batch()) {
            throw new IllegalArgumentException("slice " + from + " to " + to + " of " + shape);
        }
        return view(from, new Shape(to - from, shape.rows(), shape.cols()));
    }

    /**
     * Matrices of another shape in the beginning of the memory of each of this batch's matrices. Every run stays in its own
     * part of the memory, so that whatever shapes it is given, runs can be worked on independently.
     *
     * @throws IllegalArgumentException if rows · cols exceeds the entries of one of this batch's matrices
     */
    public final MatrixBatch reshape(int rows, int cols) {
        Shape wanted = new Shape(shape.batch(), rows, cols);
        if (wanted.entries() > shape.entries()) {
            throw new IllegalArgumentException(shape + " cannot hold " + wanted);
        }
        return view(0, wanted);
    }

    /** A view of the same memory: run 0 of {@code wanted} begins where run {@code from} of this batch does. */
    protected abstract MatrixBatch view(int from, Shape wanted);
}
