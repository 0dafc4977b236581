package org.gradus.experiment;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Works off batches at the same time, each on one thread with a backend of its own that has this thread only. */
final class SideBySide implements AutoCloseable {

    /** A batch to carry out. */
    interface Work {
        void on(SweepRunner.Device device);
    }

    private final int places;
    private final Semaphore free;
    private final ExecutorService workers;
    private final ThreadLocal<SweepRunner.Device> devices;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /**
     * @param size how many at the same time
     * @param opener of a backend; closed by the thread that opened it
     */
    SideBySide(int size, Supplier<SweepRunner.Device> opener) {
        places = 2 * size;
        free = new Semaphore(places);
        devices = ThreadLocal.withInitial(opener);
        workers = Executors.newFixedThreadPool(size, loop -> {
            Thread thread = new Thread(() -> serve(loop), "gradus-batches");
            thread.setDaemon(true);
            return thread;
        });
    }

    private void serve(Runnable loop) {
        try {
            SweepRunner.Device device = devices.get();
            try {
                loop.run();
            } finally {
                device.backend().close();
            }
        } catch (RuntimeException | Error thrown) {
            failure.compareAndSet(null, thrown);
            free.release(places); // nobody is going to work off what waits
        }
    }

    /**
     * Hands a batch over; waits while for every worker one lies ready.
     *
     * @throws RuntimeException what another batch failed with
     */
    void give(Work work) {
        free.acquireUninterruptibly();
        rethrow();
        workers.execute(() -> {
            try {
                if (failure.get() == null) {
                    work.on(devices.get());
                }
            } catch (RuntimeException | Error thrown) {
                failure.compareAndSet(null, thrown);
            } finally {
                free.release();
            }
        });
    }

    /** Waits until all that was given has ended. */
    void finish() {
        free.acquireUninterruptibly(places);
        free.release(places);
        rethrow();
    }

    private void rethrow() {
        Throwable thrown = failure.get();
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
    }

    @Override
    public void close() {
        workers.shutdown();
        try {
            boolean ended = workers.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
            assert ended;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
