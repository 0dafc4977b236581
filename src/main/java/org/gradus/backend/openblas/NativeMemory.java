package org.gradus.backend.openblas;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.gradus.backend.BackendException;

/** Native memory in cache lines of 64 bytes; {@link #close()} frees all of it. */
final class NativeMemory implements AutoCloseable {
    static final int LINE = 64;

    private final List<Pointer> allocations = new ArrayList<>();

    /**
     * Zeros.
     *
     * @throws BackendException if the memory cannot be had
     */
    Address allocate(long bytes) {
        Pointer raw = Pointer.malloc(bytes + LINE);
        if (raw == null || raw.isNull()) {
            throw new BackendException("cpu: " + bytes / (1 << 20) + " MiB of memory cannot be had; "
                    + Pointer.availablePhysicalBytes() / (1 << 20) + " MiB are available");
        }
        allocations.add(raw);
        Address start = new Address().at(raw.address() + LINE - 1 & -LINE);
        start.clear(bytes);
        return start;
    }

    @Override
    public void close() {
        allocations.forEach(Pointer::free);
        allocations.clear();
    }
}
