package org.gradus.cli;

import java.util.Locale;
import java.util.function.LongSupplier;
import org.gradus.experiment.Loading;

/** What data take long to make or read, on a terminal; nothing elsewhere, and nothing in the first moments. */
final class LoadingProgress implements Loading, AutoCloseable {
    private static final long UPDATE_NANOSECONDS = 250_000_000;

    private final TerminalLine line;
    private final LongSupplier clock;
    private String present = "";
    private double firstPasses;
    private long began;
    private long due;
    private boolean closed;

    /** @param clock in nanoseconds */
    LoadingProgress(TerminalLine line, LongSupplier clock) {
        this.line = line;
        this.clock = clock;
        due = clock.getAsLong() + 4 * UPDATE_NANOSECONDS;
    }

    @Override
    public synchronized void at(String what, double passes) {
        long now = clock.getAsLong();
        if (!present.equals(what)) {
            present = what;
            began = now;
            firstPasses = passes;
        }
        if (!closed && line.width() > 0 && now - due >= 0) {
            String text = text(what, passes, passes - firstPasses, (now - began) / 1e9);
            line.show(text.substring(0, Math.min(text.length(), line.width())));
            due = now + UPDATE_NANOSECONDS;
        }
    }

    /** Within the first pass percent and the rest at the rate so far; beyond it the number of the pass. */
    static String text(String what, double passes, double since, double seconds) {
        if (passes > 1) {
            return String.format(Locale.ROOT, "%s, pass %.0f", what, Math.floor(passes));
        }
        String left = since > 0 ? ", " + ProgressText.duration((1 - passes) * seconds / since) + " left" : "";
        return String.format(Locale.ROOT, "%s, %.0f %%%s", what, 100 * passes, left);
    }

    @Override
    public synchronized void close() {
        closed = true;
        line.clear();
    }
}
