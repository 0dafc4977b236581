package org.gradus.backend.cuda;

/** One stretch of device memory for what is needed during a call only; grows when a call asks for more than any before. */
final class Scratch implements AutoCloseable {
    private static final long ALIGNMENT = 256;

    private final Line line;
    private Resources owner;
    private DeviceMemory memory;
    private long capacity;
    private long used;

    Scratch(Line line) {
        this.line = line;
        owner = new Resources();
    }

    /** What {@code bytes} take with their alignment. */
    static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    /** Begins a call that takes at most {@code wanted} bytes, each piece {@link #aligned}; what earlier calls took is void. */
    void begin(long wanted) {
        long bytes = aligned(wanted);
        used = 0;
        if (bytes > capacity) {
            line.await();
            owner.close();
            owner = new Resources();
            capacity = 0;
            memory = line.context().allocate(bytes, "singular values", owner);
            capacity = bytes;
        }
    }

    /** A piece of this call's memory. */
    DeviceMemory take(long bytes) {
        DeviceMemory piece = memory.withByteOffset(used);
        used += aligned(bytes);
        if (used > capacity) {
            throw new IllegalStateException("scratch: " + used + " bytes taken, " + capacity + " begun with");
        }
        return piece;
    }

    @Override
    public void close() {
        owner.close();
    }
}
