package org.gradus.cli;

import java.util.Locale;
import java.util.function.LongSupplier;

/** How many of many small things are done, on a terminal, once that takes longer than a second. */
final class CountProgress implements AutoCloseable {
    private static final long UPDATE_NANOSECONDS = 250_000_000;

    private final String what;
    private final TerminalLine line;
    private final LongSupplier clock;
    private final Pace pace = new Pace();
    private long due;

    /** @param clock in nanoseconds */
    CountProgress(String what, TerminalLine line, LongSupplier clock) {
        this.what = what;
        this.line = line;
        this.clock = clock;
        due = clock.getAsLong() + 4 * UPDATE_NANOSECONDS;
    }

    void at(int done, int of) {
        long now = clock.getAsLong();
        if (line.width() > 0 && now - due >= 0) {
            String text = text(now / 1e9, done, of);
            line.show(text.substring(0, Math.min(text.length(), line.width())));
            due = now + UPDATE_NANOSECONDS;
        }
    }

    /** {@code checking the configurations: 12,000 of 100,000, 0:03 left}. */
    String text(double seconds, int done, int of) {
        double speed = pace.perSecond(seconds, done);
        String left = speed > 0 ? ", " + ProgressText.duration((of - done) / speed) + " left" : "";
        return String.format(Locale.ROOT, "%s: %,d of %,d%s", what, done, of, left);
    }

    @Override
    public void close() {
        line.clear();
    }
}
