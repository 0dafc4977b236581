package org.gradus.cli;

import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.gradus.experiment.Plan;
import org.gradus.reproduce.Reproduction;
import org.gradus.reproduce.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far the experiments have come, a line for each with its verdict, and how long the rest will take. */
final class ReproduceProgress implements Reproduction.Watcher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReproduceProgress.class);
    private static final long UPDATE_NANOSECONDS = 250_000_000;

    private final List<Reproduction.Prepared> all;
    private final TerminalLine line;
    private final LongSupplier clock;
    private final long start;
    private Reproduction.Prepared current;
    private long currentStart;
    private int number;
    private double expectedDone;
    private double measuredDone;
    private long steps;
    private long due;

    /** @param clock in nanoseconds */
    ReproduceProgress(List<Reproduction.Prepared> all, TerminalLine line, LongSupplier clock) {
        this.all = all;
        this.line = line;
        this.clock = clock;
        start = clock.getAsLong();
        due = start + UPDATE_NANOSECONDS;
    }

    /** {@code 6 experiments, about 1:10}. */
    String forecast() {
        double seconds = all.stream().mapToDouble(ReproduceProgress::expected).sum();
        return (all.size() == 1 ? all.get(0).card().name() : all.size() + " experiments") + ", about "
                + duration(seconds);
    }

    private static double expected(Reproduction.Prepared one) {
        return one.isThere() ? 0.5 : one.card().seconds();
    }

    /** {@code 20 s}, {@code 3 min}, {@code 2.5 h}. */
    static String duration(double seconds) {
        return seconds < 90
                ? String.format(Locale.ROOT, "%.0f s", Math.max(1, seconds))
                : seconds < 5400
                        ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                        : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }

    synchronized void next(Reproduction.Prepared one) {
        current = one;
        number++;
        currentStart = clock.getAsLong();
        steps = 0;
    }

    synchronized void ended(Reproduction.Prepared one, Result result) {
        double seconds = (clock.getAsLong() - currentStart) / 1e9;
        measuredDone += seconds;
        expectedDone += one.reused() ? seconds : one.card().seconds();
        line.clear();
        String took = one.reused() ? "judged anew" : String.format(Locale.ROOT, "%.1f s", seconds);
        LOG.info("{} ({}) {}", one.card().name(), took, result.verdict().sentence());
        if (!result.verdict().remark().isEmpty()) {
            LOG.info("  {}", result.verdict().remark());
        }
    }

    @Override
    public synchronized void begins(Plan first, int runs) {
        steps = first.config().descent().steps();
        first.warnings().forEach(warning -> LOG.debug("{}", warning));
    }

    @Override
    public synchronized void progress(long step) {
        long now = clock.getAsLong();
        if (line.width() > 0 && now - due >= 0) {
            line.show(text(step, now, line.width()));
            due = now + UPDATE_NANOSECONDS;
        }
    }

    /** {@code spectrum-recovery (2 of 6), step 300/3000, 0:40 left}; by what was expected and what the first ones took. */
    String text(long step, long now, int width) {
        double pace = expectedDone > 1 ? measuredDone / expectedDone : 1;
        double ahead = all.stream()
                .skip(number)
                .mapToDouble(ReproduceProgress::expected)
                .sum();
        double own = Math.max(0, current.card().seconds() * pace - (now - currentStart) / 1e9);
        String whole = String.format(
                Locale.ROOT,
                "%s (%d of %d), step %d/%d, %s left",
                current.card().name(),
                number,
                all.size(),
                step,
                steps,
                ProgressText.duration(own + ahead * pace));
        return whole.substring(0, Math.min(width, whole.length()));
    }

    @Override
    public void ended() {}

    @Override
    public boolean interrupted() {
        return Interrupts.requested();
    }

    @Override
    public void close() {
        line.clear();
    }
}
