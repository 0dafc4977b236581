package org.gradus.dynamics;

import java.util.ArrayList;
import java.util.List;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.Mailbox;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;
import org.gradus.backend.Shape;
import org.gradus.backend.reference.ReferenceBackend;

/** The reference backend, keeping account of what is allocated; memory belongs to the backend inside. */
final class CountingBackend implements Backend {
    final List<Shape> allocated = new ArrayList<>();
    long bytes;
    private final Backend inside = new ReferenceBackend();

    @Override
    public String name() {
        return inside.name();
    }

    @Override
    public String describe() {
        return inside.describe();
    }

    @Override
    public long availableBytes() {
        return inside.availableBytes();
    }

    @Override
    public Arena openArena() {
        return new CountingArena(inside.openArena());
    }

    @Override
    public Ops ops() {
        return inside.ops();
    }

    @Override
    public double workPerSecond(Precision precision) {
        return inside.workPerSecond(precision);
    }

    @Override
    public int slowTransposedProductsUpTo() {
        return inside.slowTransposedProductsUpTo();
    }

    @Override
    public Recording record(Runnable step, Runnable check) {
        return inside.record(step, check);
    }

    @Override
    public void close() {
        inside.close();
    }

    private final class CountingArena extends Arena {
        private final Arena own;

        CountingArena(Arena own) {
            super(inside);
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
        protected void release() {
            own.close();
        }
    }
}
