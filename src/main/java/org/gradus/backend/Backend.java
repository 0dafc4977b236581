package org.gradus.backend;

/** One device with one main stream of work; used by one thread, the one that opened it. */
public interface Backend extends AutoCloseable {

    /** The name that configurations use: {@code reference}, {@code cpu}, {@code cuda}. */
    String name();

    /** Device, library versions and arithmetic mode, for people and for the manifest. */
    String describe();

    /** Bytes of the device's memory that can be had now. */
    long availableBytes();

    Arena openArena();

    Ops ops();

    /**
     * Captures the operations that {@code steps} calls, without carrying them out. {@code steps} may call every verb of
     * {@link Ops} but upload, download and singularValues.
     */
    Recording record(Runnable steps);

    /** @throws IllegalStateException while arenas are open */
    @Override
    void close();
}
