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
        pace.perSecond(clock.getAsLong() / 1e9, 0);
    }

    void at(int done, int of) {
        long now = clock.getAsLong();
        if (line.width() > 0 && now - due >= 0) {
            line.show(text(now / 1e9, done, of, line.width()));
            due = now + UPDATE_NANOSECONDS;
        }
    }

    /** {@code reading runs: 66 of 200  [###------]  0:36 left}, at most {@code width} long. */
    String text(double seconds, int done, int of, int width) {
        double speed = pace.perSecond(seconds, done);
        String head = String.format(Locale.ROOT, "%s: %,d of %,d", what, done, of);
        String left = speed > 0 ? "  " + ProgressText.duration((of - done) / speed) + " left" : "";
        int room = Math.min(width - head.length() - left.length() - 2, ProgressText.WIDEST_BAR);
        String whole = head + (room > 0 ? ProgressText.bar(room, (double) done / of) : "") + left;
        return whole.substring(0, Math.min(width, whole.length()));
    }

    @Override
    public void close() {
        line.clear();
    }
}
