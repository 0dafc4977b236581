package org.gradus.experiment;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gradus.dynamics.Outcome;
import org.gradus.dynamics.Outcome.Status;
import org.gradus.store.StoreException;
import org.gradus.store.SweepDirectory;
import org.gradus.store.Trajectory;

/**
 * How the runs of a sweep ended, and the table that says so: written whenever something is new, a second after the last time at
 * the soonest, or, where it is so large that writing takes long, so that a tenth of the time goes there. All methods may be called
 * from any thread.
 */
final class SweepResults implements AutoCloseable {
    private static final long LOOK_MILLISECONDS = 250;
    private static final long SOONEST_NANOSECONDS = 1_000_000_000;
    private static final int SHARE = 10;

    private final SweepDirectory directory;
    private final SweepTable table;
    private final Map<Integer, Outcome> outcomes = new TreeMap<>();
    private final Thread writer = new Thread(this::writeAsItGrows, "gradus-sweep-table");
    private boolean dirty;
    private boolean closed;
    private StoreException failure;
    private long due = System.nanoTime();

    SweepResults(Sweep sweep, SweepDirectory directory) {
        this.directory = directory;
        table = new SweepTable(sweep);
        writer.setDaemon(true);
        writer.start();
    }

    /**
     * @param rows of the run's own table; empty for a run that has none
     * @throws StoreException if the table could not be written before
     */
    synchronized void add(int number, Outcome outcome, Optional<Trajectory> rows) {
        rethrow();
        outcomes.put(number, outcome);
        table.add(number, outcome, rows);
        dirty = true;
    }

    /** A run that was there before: the table is not written for it alone. */
    synchronized void take(int number, EarlierRun.Finished run) {
        outcomes.put(number, run.outcome());
        table.add(number, run.outcome(), Optional.of(run.table()));
    }

    void fail(int number, RuntimeException failed) {
        add(number, new Outcome(Status.FAILED, 0, String.valueOf(failed.getMessage())), Optional.empty());
    }

    synchronized Map<Integer, Outcome> outcomes() {
        return new TreeMap<>(outcomes);
    }

    /** Writes the table as it is now. */
    synchronized void write() {
        rethrow();
        long begin = System.nanoTime();
        dirty = false;
        directory.writeTable(table.rows());
        long end = System.nanoTime();
        due = end + Math.max(SOONEST_NANOSECONDS, SHARE * (end - begin));
    }

    private void rethrow() {
        if (failure != null) {
            throw failure;
        }
    }

    private synchronized void writeAsItGrows() {
        try {
            while (!closed) {
                if (dirty && failure == null && System.nanoTime() - due >= 0) {
                    write();
                }
                wait(LOOK_MILLISECONDS);
            }
        } catch (StoreException e) {
            failure = e;
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes nothing more; closing twice is allowed. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            writer.join();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
