package org.gradus.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
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

/** How far a sweep has come, on a terminal; pictures of single runs where they are asked for; what failed, and why. */
final class SweepProgress implements SweepRunner.Watcher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SweepProgress.class);
    private static final long UPDATE_NANOSECONDS = 250_000_000;

    private final int runs;
    private final double allSteps;
    private final boolean plots;
    private final TerminalLine line;
    private final LongSupplier clock;
    private final Pace pace = new Pace();
    private final Map<String, Integer> failures = new LinkedHashMap<>();
    private RuntimeException firstFailure;
    private int done;
    private double doneSteps;
    private int batch;
    private long batchSteps;
    private boolean described;
    private long due;

    /**
     * @param plots whether each run gets its pictures
     * @param clock in nanoseconds
     */
    SweepProgress(Sweep sweep, boolean plots, TerminalLine line, LongSupplier clock) {
        runs = sweep.runs();
        allSteps = sweep.steps();
        this.plots = plots && Plots.unavailable().isEmpty();
        this.line = line;
        this.clock = clock;
        due = clock.getAsLong() + UPDATE_NANOSECONDS;
    }

    @Override
    public void begins(Plan first, SweepRunner.Device device, int size) {
        batch = size;
        batchSteps = first.config().descent().steps();
        if (!described) {
            first.describe(device.backend(), device.reason()).forEach(LOG::info);
            first.warnings().forEach(LOG::warn);
            described = true;
        }
        LOG.debug(
                "batch    {} runs by {}, {}",
                size,
                first.solver().name(),
                first.memory().describe());
    }

    @Override
    public void row(long step, double loss, double effectiveRank) {
        progress(step);
    }

    @Override
    public void progress(long step) {
        long now = clock.getAsLong();
        if (line.width() > 0 && now - due >= 0) {
            line.show(text(now / 1e9, step, line.width()));
            due = now + UPDATE_NANOSECONDS;
        }
    }

    /** {@code 64 of 96 runs done, 32 at step 120/2000  [#####----]  0:36 left}. */
    String text(double seconds, long step, int width) {
        double by = doneSteps + (double) batch * step;
        double speed = pace.perSecond(seconds, by);
        String head =
                String.format(Locale.ROOT, "%d of %d runs done, %d at step %d/%d", done, runs, batch, step, batchSteps);
        String left = speed > 0 ? "  " + ProgressText.duration((allSteps - by) / speed) + " left" : "";
        int room = Math.min(width - head.length() - left.length() - 2, ProgressText.WIDEST_BAR);
        String whole = head + (room > 0 ? ProgressText.bar(room, by / allSteps) : "") + left;
        return whole.substring(0, Math.min(width, whole.length()));
    }

    @Override
    public void ended(int number, Plan plan, RunDirectory directory, Outcome outcome) {
        count();
        if (plots && outcome.status() != Outcome.Status.INTERRUPTED) {
            RunPictures.draw(plan, directory);
        }
    }

    @Override
    public void failed(int number, RuntimeException failure) {
        count();
        firstFailure = firstFailure == null ? failure : firstFailure;
        if (failures.merge(Failure.of(failure).line(), 1, Integer::sum) == 1) {
            line.clear();
            LOG.error("run {}: {}", number, Failure.of(failure).line());
        }
    }

    private void count() {
        done++;
        doneSteps += batchSteps;
        batch = Math.max(0, batch - 1);
    }

    /** The exit status of the first failure; 0 if there was none. */
    int status() {
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
