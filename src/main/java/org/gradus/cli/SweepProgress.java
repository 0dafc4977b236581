package org.gradus.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.gradus.dynamics.Outcome;
import org.gradus.experiment.Plan;
import org.gradus.experiment.Sweep;
import org.gradus.experiment.SweepRunner;
import org.gradus.report.Plots;
import org.gradus.store.RunDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a sweep has come, on a terminal; pictures of single runs where they are asked for; what failed, and why. Several batches
 * tell at the same time.
 */
final class SweepProgress implements SweepRunner.Watcher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SweepProgress.class);
    private static final long UPDATE_NANOSECONDS = 250_000_000;

    private final Sweep sweep;
    private final boolean plots;
    private final TerminalLine line;
    private final LongSupplier clock;
    private final CountProgress looking;
    private final Pace pace = new Pace();
    private final Map<String, Integer> failures = new LinkedHashMap<>();
    private final List<Batch> batches = new ArrayList<>();
    private final Object drawing = new Object();
    private RuntimeException firstFailure;
    private int runs;
    private double allSteps;
    private int done;
    private double doneSteps;
    private boolean described;
    private long due;

    /**
     * @param plots whether each run gets its pictures
     * @param clock in nanoseconds
     */
    SweepProgress(Sweep sweep, boolean plots, TerminalLine line, LongSupplier clock) {
        this.sweep = sweep;
        this.plots = plots && Plots.unavailable().isEmpty();
        this.line = line;
        this.clock = clock;
        looking = new CountProgress("looking for finished runs", line, clock);
        due = clock.getAsLong() + UPDATE_NANOSECONDS;
    }

    /** What is told of one batch. */
    private final class Batch implements SweepRunner.BatchWatcher {
        private final long steps;
        private int running;
        private long step;

        Batch(int runs, long steps) {
            running = runs;
            this.steps = steps;
        }

        @Override
        public void row(long at, double loss, double effectiveRank) {
            progress(at);
        }

        @Override
        public void progress(long at) {
            synchronized (SweepProgress.this) {
                step = at;
                show();
            }
        }

        @Override
        public void ended(int number, Plan plan, RunDirectory directory, Outcome outcome) {
            count();
            if (plots && outcome.status() != Outcome.Status.INTERRUPTED) {
                synchronized (drawing) {
                    RunPictures.draw(plan, directory);
                }
            }
        }

        @Override
        public void failed(int number, RuntimeException failure) {
            count();
            synchronized (SweepProgress.this) {
                tell(number, failure);
            }
        }

        @Override
        public void warned(String text) {
            synchronized (SweepProgress.this) {
                line.clear();
                LOG.warn(text);
            }
        }

        private void count() {
            synchronized (SweepProgress.this) {
                SweepProgress.this.count(steps);
                running--;
                if (running == 0) {
                    batches.remove(this);
                }
            }
        }

        @Override
        public boolean interrupted() {
            return SweepProgress.this.interrupted();
        }
    }

    @Override
    public void looked(int looked, int of) {
        looking.at(looked, of);
    }

    @Override
    public synchronized void remaining(int there, int begun, int left, double steps) {
        looking.close();
        runs = left;
        allSteps = steps;
        if (left == 0) {
            LOG.info("all {} runs are there already", there);
        } else if (there > 0 || begun > 0) {
            String half = begun > 0 ? ", " + begun + (begun == 1 ? " goes" : " go") + " on from checkpoints" : "";
            LOG.info("{} of {} runs are there already{}", there, there + left, half);
        }
    }

    @Override
    public synchronized SweepRunner.BatchWatcher begins(Plan first, SweepRunner.Device device, int size) {
        Batch batch = new Batch(size, first.config().descent().steps());
        batches.add(batch);
        if (!described) {
            line.clear();
            first.describe(device.backend(), device.reason()).forEach(LOG::info);
            first.warnings().forEach(LOG::warn);
            described = true;
        }
        LOG.debug(
                "batch    {} runs by {}, {}",
                size,
                first.solver().name(),
                first.memory().describe());
        return batch;
    }

    private void show() {
        long now = clock.getAsLong();
        if (line.width() > 0 && now - due >= 0) {
            line.show(text(now / 1e9, line.width()));
            due = now + UPDATE_NANOSECONDS;
        }
    }

    /** {@code 64 of 96 runs done, 32 at step 120/2000  [#####----]  0:36 left}, of several batches {@code 64 … done, 32 running}. */
    synchronized String text(double seconds, int width) {
        double by = doneSteps;
        int running = 0;
        for (Batch batch : batches) {
            by += (double) batch.running * batch.step;
            running += batch.running;
        }
        double speed = pace.perSecond(seconds, by);
        String at = batches.size() == 1 ? " at step " + batches.get(0).step + "/" + batches.get(0).steps : " running";
        String head = done + " of " + runs + " runs done, " + running + at;
        String left = speed > 0 ? "  " + ProgressText.duration((allSteps - by) / speed) + " left" : "";
        int room = Math.min(width - head.length() - left.length() - 2, ProgressText.WIDEST_BAR);
        String whole = head + (room > 0 ? ProgressText.bar(room, by / allSteps) : "") + left;
        return whole.substring(0, Math.min(width, whole.length()));
    }

    @Override
    public synchronized void failed(int number, RuntimeException failure) {
        count(sweep.config(number).descent().steps());
        tell(number, failure);
    }

    private void tell(int number, RuntimeException failure) {
        firstFailure = firstFailure == null ? failure : firstFailure;
        if (failures.merge(Failure.of(failure).line(), 1, Integer::sum) == 1) {
            line.clear();
            LOG.error("run {}: {}", number, Failure.of(failure).line());
        }
    }

    private void count(long steps) {
        done++;
        doneSteps += steps;
    }

    /** The exit status of the first failure; 0 if there was none. */
    synchronized int status() {
        return firstFailure == null ? ExitCode.DONE : Failure.of(firstFailure).status();
    }

    @Override
    public boolean interrupted() {
        return Interrupts.requested();
    }

    @Override
    public void close() {
        line.clear();
    }
}
