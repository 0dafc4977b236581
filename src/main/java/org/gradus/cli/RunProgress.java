package org.gradus.cli;

import java.util.function.LongSupplier;
import org.gradus.experiment.Runner;

/**
 * Step, loss, effective rank, steps per second and remaining time on a terminal; nothing elsewhere. Drawn by the thread
 * that descends: a library's bar with threads and terminal settings of its own took the interrupt's signal away from us.
 */
final class RunProgress implements Runner.Watcher, AutoCloseable {
    private static final long UPDATE_NANOSECONDS = 250_000_000;

    private final ProgressText text;
    private final TerminalLine line;
    private final LongSupplier clock;
    private double loss = Double.NaN;
    private double effectiveRank = Double.NaN;
    private long due;

    /**
     * @param steps at which the run ends
     * @param clock in nanoseconds
     */
    RunProgress(long steps, TerminalLine line, LongSupplier clock) {
        text = new ProgressText(steps);
        this.line = line;
        this.clock = clock;
        due = clock.getAsLong() + UPDATE_NANOSECONDS;
    }

    @Override
    public void row(long step, double loss, double effectiveRank) {
        this.loss = loss;
        this.effectiveRank = effectiveRank;
        progress(step);
    }

    @Override
    public void progress(long step) {
        long now = clock.getAsLong();
        if (line.width() > 0 && now - due >= 0) {
            line.show(text.line(now / 1e9, step, loss, effectiveRank, line.width()));
            due = now + UPDATE_NANOSECONDS;
        }
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
