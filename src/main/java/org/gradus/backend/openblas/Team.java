package org.gradus.backend.openblas;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The calling thread and size − 1 helpers that carry out one job together. Within a job they wait for each other by
 * spinning (a barrier takes about 0.1 µs; parking would take 10); between jobs helpers spin briefly, then park.
 */
final class Team implements AutoCloseable {

    /** What every member does; worker 0 is the caller. */
    interface Job {
        void run(int worker);
    }

    /** About 50 µs; beyond it the machine is busy with others, and the member waited for may need this very core. */
    private static final int SPINS_BEFORE_YIELD = 1_000;

    private static final int SPINS_BEFORE_PARK = 20_000;

    private final Thread[] helpers;
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private volatile int phase;
    private final AtomicInteger epoch = new AtomicInteger();
    private volatile boolean closed;
    private volatile Throwable failure;
    private Job job;

    Team(int size) {
        helpers = new Thread[size - 1];
        for (int i = 0; i < helpers.length; i++) {
            int worker = i + 1;
            helpers[i] = new Thread(() -> serve(worker), "gradus-blas-" + worker);
            helpers[i].setDaemon(true);
            helpers[i].start();
        }
    }

    int size() {
        return helpers.length + 1;
    }

    /** Runs {@code work} on every member and returns when all have finished; a member's failure is thrown here. */
    void run(Job work) {
        job = work;
        finished.set(0);
        epoch.incrementAndGet();
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
        perform(0, work);
        for (int spins = 0; finished.get() < size(); spins++) {
            pause(spins);
        }
        if (failure != null) {
            Throwable thrown = failure;
            failure = null;
            arrived.set(0);
            throw new IllegalStateException("a worker failed: " + thrown, thrown);
        }
    }

    /** Returns when every member has called it; everything written before is then visible to all. */
    void barrier() {
        int entered = phase;
        if (arrived.incrementAndGet() == size()) {
            arrived.set(0);
            phase = entered + 1;
            return;
        }
        for (int spins = 0; phase == entered; spins++) {
            if (failure != null) {
                throw new IllegalStateException("another worker failed", failure);
            }
            pause(spins);
        }
    }

    private void perform(int worker, Job work) {
        try {
            work.run(worker);
        } catch (Throwable thrown) { // handed over to the caller of run
            if (failure == null) {
                failure = thrown;
            }
        } finally {
            finished.incrementAndGet();
        }
    }

    private void serve(int worker) {
        int served = 0;
        while (!closed) {
            for (int spins = 0; epoch.get() == served && !closed; spins++) {
                if (spins < SPINS_BEFORE_PARK) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            if (!closed) {
                served = epoch.get();
                perform(worker, job);
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint for speed under load; correctness does not rest on it
    private static void pause(int spins) {
        if (spins < SPINS_BEFORE_YIELD) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }
}
