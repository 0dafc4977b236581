package org.gradus.backend;

/**
 * A step captured once by {@link Backend#record}, to be carried out again and again without allocation, and a check that is
 * carried out after the last step of every replay, and on the way where a backend hands over long replays in parts.
 */
public interface Recording extends AutoCloseable {

    /**
     * Hands over {@code times} repetitions of the step, one after another, and returns, perhaps before they have been
     * carried out; at most a few seconds' work is left to do.
     *
     * @throws IllegalStateException if an arena whose memory it uses is closed
     */
    void replay(long times);

    /** How many repetitions are known to have been carried out, the check after them included. Does not wait. */
    long carriedOut();

    @Override
    void close();
}
