package org.gradus.backend;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A backend with a second thread for measurements, each of which waits at a gate until it is let through. */
public final class GatedBackend extends ForwardingBackend {
    /** A permit for every measurement that may pass. */
    public final Semaphore gate = new Semaphore(0);

    private final int lookahead;

    private final boolean straight;

    /** @param straight whether no kind of product is slow, so that nothing is kept transposed */
    public GatedBackend(int lookahead, boolean straight) {
        this.lookahead = lookahead;
        this.straight = straight;
    }

    @Override
    public int lookahead() {
        return lookahead;
    }

    @Override
    public int slowTransposedProductsUpTo() {
        return straight ? 0 : super.slowTransposedProductsUpTo();
    }

    @Override
    public SideLine openSideLine() {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Ops ops = ops();
        return new SideLine() {
            @Override
            public Ops ops() {
                return ops;
            }

            @Override
            public <T> Future<T> submit(Callable<T> measurement) {
                return thread.submit(() -> {
                    gate.acquire();
                    return measurement.call();
                });
            }

            @Override
            public void close() {
                thread.shutdown();
                try {
                    assertTrue(thread.awaitTermination(1, TimeUnit.MINUTES), "a measurement waits at the gate");
                } catch (InterruptedException interrupt) {
                    throw new IllegalStateException(interrupt);
                }
            }
        };
    }
}
