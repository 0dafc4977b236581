package org.gradus.dynamics;

import java.util.ArrayList;
import java.util.List;
import org.gradus.backend.Arena;
import org.gradus.backend.ForwardingBackend;
import org.gradus.backend.Mailbox;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Places;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;

/** Keeps account of what is allocated, and has as much memory, lookahead and kinds of product as it is given. */
final class CountingBackend extends ForwardingBackend {
    final List<Shape> allocated = new ArrayList<>();
    long bytes;
    long available = Long.MAX_VALUE;
    int lookahead;
    int slowTransposedProductsUpTo = 100;

    /** What finding a singular value needs. */
    long bytesPerSingularValue;

    @Override
    public long availableBytes() {
        return available;
    }

    @Override
    public int lookahead() {
        return lookahead;
    }

    @Override
    public int slowTransposedProductsUpTo() {
        return slowTransposedProductsUpTo;
    }

    @Override
    public long singularValuesBytes(List<Shape> matrices, Precision precision) {
        return bytesPerSingularValue
                * matrices.stream()
                        .mapToLong(shape -> (long) shape.batch() * Math.min(shape.rows(), shape.cols()))
                        .sum();
    }

    @Override
    public Arena openArena() {
        return new CountingArena(super.openArena());
    }

    private final class CountingArena extends Arena {
        private final Arena own;

        CountingArena(Arena own) {
            super(inside());
            this.own = own;
        }

        @Override
        protected MatrixBatch newBatch(Shape shape, Precision precision) {
            allocated.add(shape);
            bytes += shape.size() * precision.bytes();
            return own.allocate(shape, precision);
        }

        @Override
        protected Mailbox newMailbox(int size) {
            return own.mailbox(size);
        }

        @Override
        protected Places newPlaces(int rows, int[] starts, int[] rowIndices) {
            bytes += (long) Integer.BYTES * (starts.length + rowIndices.length);
            return own.places(rows, starts, rowIndices);
        }

        @Override
        protected void release() {
            own.close();
        }
    }
}
