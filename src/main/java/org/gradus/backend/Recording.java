package org.gradus.backend;

/** A sequence of {@link Ops} captured once by {@link Backend#record}, to be carried out again and again without allocation. */
public interface Recording extends AutoCloseable {

    /**
     * Carries the sequence out {@code times} times, one after another.
     *
     * @throws IllegalStateException if an arena whose memory it uses is closed
     */
    void replay(long times);

    @Override
    void close();
}
