package org.gradus.backend.openblas;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.gradus.backend.Arena;
import org.gradus.backend.BackendException;
import org.gradus.backend.HostMailbox;
import org.gradus.backend.Mailbox;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Places;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;

/** Native memory in cache lines of 64 bytes. */
final class NativeArena extends Arena {
    private static final int LINE = 64;

    private final OpenBlasBackend owner;
    private final List<Pointer> allocations = new ArrayList<>();

    NativeArena(OpenBlasBackend owner) {
        super(owner);
        this.owner = owner;
    }

    @Override
    protected MatrixBatch newBatch(Shape shape, Precision precision) {
        long bytes = Math.multiplyExact(shape.size(), precision.bytes());
        return new NativeBatch(this, shape, precision, allocate(bytes), 0, shape.entries());
    }

    private Pointer allocate(long bytes) {
        Pointer raw = Pointer.malloc(bytes + LINE);
        if (raw == null || raw.isNull()) {
            throw new BackendException("cpu: " + bytes / (1 << 20) + " MiB of memory cannot be had; "
                    + owner.availableBytes() / (1 << 20) + " MiB are available");
        }
        allocations.add(raw);
        Pointer start = new Memory(raw.address() + LINE - 1 & -LINE);
        Pointer.memset(start, 0, bytes);
        return start;
    }

    @Override
    protected Mailbox newMailbox(int size) {
        return new HostMailbox(this, size);
    }

    @Override
    protected Places newPlaces(int rows, int[] starts, int[] rowIndices) {
        throw new UnsupportedOperationException("places");
    }

    @Override
    protected void release() {
        allocations.forEach(Pointer::free);
        allocations.clear();
        owner.arenaClosed();
    }

    /** A pointer to an address, which it does not own. */
    private static final class Memory extends Pointer {
        Memory(long address) {
            super((Pointer) null);
            this.address = address;
        }
    }
}
