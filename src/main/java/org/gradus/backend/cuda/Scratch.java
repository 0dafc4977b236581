package org.gradus.backend.cuda;

/**
 * One stretch of device memory for what is needed during a call only; grows when a call asks for more than any before. What
 * was outgrown is freed at once, or with the rest where graphs may have its address.
 */
final class Scratch implements AutoCloseable {
    private static final long ALIGNMENT = 256;

    private final Line line;
    private final boolean captured;
    private final String purpose;
    private Resources owner;
    private DeviceMemory memory;
    private long capacity;
    private long used;

    /**
     * @param captured whether calls may be captured, which keep the address that they were given
     * @param purpose what a message says the memory was for
     */
    Scratch(Line line, boolean captured, String purpose) {
        this.line = line;
        this.purpose = purpose;
        this.captured = captured;
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
            if (!captured) {
                line.await();
                owner.close();
                owner = new Resources();
                capacity = 0;
            }
            memory = line.context().allocate(bytes, purpose, owner);
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
