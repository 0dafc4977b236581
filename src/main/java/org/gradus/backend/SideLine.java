package org.gradus.backend;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * A second line of work beside a backend's main one, for measurements: the main line goes on while a measurement takes its
 * time. What is submitted is carried out in order. Opened and closed by the backend's own thread.
 */
public interface SideLine extends AutoCloseable {

    /** The verbs of this line; called by what is submitted, and by nothing else. */
    Ops ops();

    /**
     * Carries {@code measurement} out when the main line has done all that it has been given so far. Until the future is
     * done, the main line must leave alone the memory that the measurement touches.
     *
     * @return the result; {@code get} throws what the measurement threw as the cause of an ExecutionException
     */
    <T> Future<T> submit(Callable<T> measurement);

    /** Waits for what was submitted. */
    @Override
    void close();

    /** The side line of a backend without a second line: the main one, on the calling thread, at once. */
    static SideLine atOnce(Ops ops) {
        return new SideLine() {
            @Override
            public Ops ops() {
                return ops;
            }

            @Override
            public <T> Future<T> submit(Callable<T> measurement) {
                try {
                    return CompletableFuture.completedFuture(measurement.call());
                } catch (Exception thrown) {
                    return CompletableFuture.failedFuture(thrown);
                }
            }

            @Override
            public void close() {}
        };
    }
}
