package org.gradus.backend.openblas;

import org.gradus.backend.Arena;
import org.gradus.backend.HostMailbox;
import org.gradus.backend.HostPlaces;
import org.gradus.backend.Mailbox;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Places;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;

/** Batches in native memory; mailboxes and places in the host's. */
final class NativeArena extends Arena {
    private final OpenBlasBackend owner;
    private final NativeMemory memory = new NativeMemory();

    NativeArena(OpenBlasBackend owner) {
        super(owner);
        this.owner = owner;
    }

    @Override
    protected MatrixBatch newBatch(Shape shape, Precision precision) {
        long bytes = Math.multiplyExact(shape.size(), precision.bytes());
        return new NativeBatch(this, shape, precision, memory.allocate(bytes), 0, shape.entries());
    }

    @Override
    protected Mailbox newMailbox(int size) {
        return new HostMailbox(this, size);
    }

    @Override
    protected Places newPlaces(int rows, int[] starts, int[] rowIndices) {
        return new HostPlaces(this, rows, starts, rowIndices);
    }

    @Override
    protected void release() {
        memory.close();
        owner.arenaClosed();
    }
}
