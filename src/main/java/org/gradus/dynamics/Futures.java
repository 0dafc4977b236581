package org.gradus.dynamics;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Waiting for measurements. */
public final class Futures {
    private Futures() {}

    /**
     * The result, for which an interrupt of the thread has to wait; a RuntimeException or Error that ended the measurement is
     * thrown as it is.
     */
    public static <T> T await(Future<T> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (failed.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The future whose result is that of {@code future}, seen in another way each time it is asked for. */
    static <A, B> Future<B> seen(Future<A> future, Function<A, B> view) {
        return new Future<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return future.cancel(mayInterruptIfRunning);
            }

            @Override
            public boolean isCancelled() {
                return future.isCancelled();
            }

            @Override
            public boolean isDone() {
                return future.isDone();
            }

            @Override
            public B get() throws InterruptedException, ExecutionException {
                return view.apply(future.get());
            }

            @Override
            public B get(long timeout, TimeUnit unit)
                    throws InterruptedException, ExecutionException, TimeoutException {
                return view.apply(future.get(timeout, unit));
            }
        };
    }
}
