package org.gradus.cli;

import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.gradus.experiment.Plan;
import org.gradus.experiment.Runner;

/** Step, loss, effective rank, steps per second and remaining time on a terminal; nothing elsewhere. */
final class RunProgress implements Runner.Watcher, AutoCloseable {
    private final ProgressBar bar;

    private RunProgress(ProgressBar bar) {
        this.bar = bar;
    }

    static RunProgress of(Plan plan, boolean quiet) {
        if (quiet || !Provenance.onTerminal()) {
            return new RunProgress(null);
        }
        return new RunProgress(new ProgressBarBuilder()
                .setTaskName("descent")
                .setInitialMax(plan.config().descent().steps())
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setUnit(" steps", 1)
                .showSpeed()
                .setSpeedUnit(java.time.temporal.ChronoUnit.SECONDS)
                .setEtaFunction(state -> state.getCurrent() <= state.getStart()
                        ? java.util.Optional.empty()
                        : java.util.Optional.of(
                                remaining(state.getCurrent(), state.getMax(), state.getElapsedAfterStart())))
                .build());
    }

    private static Duration remaining(long current, long max, Duration elapsed) {
        return Duration.ofMillis((long) (elapsed.toMillis() * ((max - current) / (double) current)));
    }

    @Override
    public void row(long step, double loss, double effectiveRank) {
        if (bar != null) {
            bar.setExtraMessage(String.format(Locale.ROOT, "loss %.3e, effective rank %.3f", loss, effectiveRank));
        }
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
