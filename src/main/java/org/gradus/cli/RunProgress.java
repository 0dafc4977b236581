package org.gradus.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.gradus.experiment.Plan;
import org.gradus.experiment.Runner;

/** Step, loss, effective rank, steps per second and remaining time on a terminal; nothing elsewhere. */
final class RunProgress implements Runner.Watcher, AutoCloseable {
    private static final int UPDATE_MILLISECONDS = 250;

    /** What the line shows besides the step; read by the bar's own thread. */
    private record Row(double loss, double effectiveRank) {}

    private final ProgressBar bar;
    private volatile Row row = new Row(Double.NaN, Double.NaN);

    private RunProgress(long steps, boolean shown) {
        ProgressText text = new ProgressText(steps);
        bar = shown
                ? new ProgressBarBuilder()
                        .setInitialMax(steps)
                        .setUpdateIntervalMillis(UPDATE_MILLISECONDS)
                        .clearDisplayOnFinish()
                        .setRenderer((state, width) -> {
                            Row last = row;
                            double seconds = System.nanoTime() / 1e9;
                            return text.line(seconds, state.getCurrent(), last.loss, last.effectiveRank, width);
                        })
                        .build()
                : null;
    }

    static RunProgress of(Plan plan, boolean quiet) {
        return new RunProgress(plan.config().descent().steps(), !quiet && Provenance.onTerminal());
    }

    @Override
    public void row(long step, double loss, double effectiveRank) {
        row = new Row(loss, effectiveRank);
    }

    @Override
    public void progress(long step) {
        if (bar != null) {
            bar.stepTo(step);
        }
    }

    @Override
    public boolean interrupted() {
        return Interrupts.requested();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
