package org.gradus.backend.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import jcuda.driver.CUevent;
import org.gradus.backend.Ops;
import org.gradus.backend.SideLine;

/**
 * Measurements on a stream, libraries' handles and a thread of their own, since cuSOLVER may block the thread that calls it.
 * An event makes the stream wait for what the main line had been given at submission; a result is there when the stream has
 * nothing left to do.
 */
final class MeasurementLine implements AutoCloseable {
    /** Measurements that may be submitted and not yet begun; each needs an event. */
    private static final int EVENTS = 16;

    private final Line main;
    private final Line line;
    private final Ops ops;
    private final CUevent[] submitted = new CUevent[EVENTS];
    private final Future<?>[] users = new Future<?>[EVENTS];
    private final Resources resources;
    private final ExecutorService thread;
    private int next;
    private boolean current; // on the thread, which alone looks at it

    MeasurementLine(Line main, Line line, Ops ops) {
        this.main = main;
        this.line = line;
        this.ops = ops;
        resources = new Resources();
        try {
            for (int i = 0; i < EVENTS; i++) {
                submitted[i] = Line.event(main.context(), resources);
            }
        } catch (RuntimeException | Error thrown) {
            resources.closeAfter(thrown);
            throw thrown;
        }
        thread = Executors.newSingleThreadExecutor(task -> {
            Thread created = new Thread(task, "gradus-measurements");
            created.setDaemon(true);
            return created;
        });
    }

    /** The side line of one user; all of them have this one stream and thread. */
    SideLine share() {
        return new Share();
    }

    private final class Share implements SideLine {
        private final List<Future<?>> own = new ArrayList<>();

        @Override
        public Ops ops() {
            return ops;
        }

        @Override
        public <T> Future<T> submit(Callable<T> measurement) {
            own.removeIf(Future::isDone);
            Future<T> result = MeasurementLine.this.submit(measurement);
            own.add(result);
            return result;
        }

        @Override
        public void close() {
            own.forEach(MeasurementLine::awaitEnd);
        }
    }

    /** Waits; what came of it is the concern of whoever asks the future. */
    private static void awaitEnd(Future<?> future) {
        boolean interrupted = false;
        while (!future.isDone()) {
            try {
                future.get();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException failed) {
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for all that was submitted; what came of it is the concern of whoever asks the futures. */
    void settle() {
        for (Future<?> user : users) {
            if (user != null) {
                awaitEnd(user);
            }
        }
    }

    private <T> Future<T> submit(Callable<T> measurement) {
        int slot = next;
        next = (next + 1) % EVENTS;
        if (users[slot] != null && !users[slot].isDone()) {
            throw new IllegalStateException("submit: " + EVENTS + " measurements are under way");
        }
        CUevent event = submitted[slot];
        main.record(event);
        Future<T> result = thread.submit(() -> {
            if (!current) {
                main.context().makeCurrent();
                current = true;
            }
            try {
                line.waitFor(event);
                T measured = measurement.call();
                line.await();
                return measured;
            } catch (Exception | Error thrown) {
                line.settleAfter(thrown); // whoever learns of the failure gives the memory back
                throw thrown;
            }
        });
        users[slot] = result;
        return result;
    }

    @Override
    public void close() {
        thread.shutdown();
        boolean interrupted = false;
        for (boolean ended = false; !ended; ) {
            try {
                ended = thread.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        resources.close();
    }
}
