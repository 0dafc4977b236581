package org.gradus.cli;

import java.util.function.LongSupplier;

/** How many runs have been read, on a terminal: {@code read 66 of 200 runs  [###------]  0:36 left}. */
final class ReportProgress implements AutoCloseable {
    private static final long UPDATE_NANOSECONDS = 250_000_000;

    private final int runs;
    private final TerminalLine line;
    private final LongSupplier clock;
    private final Pace pace = new Pace();
    private long due;

    /** @param clock in nanoseconds */
    ReportProgress(int runs, TerminalLine line, LongSupplier clock) {
        this.runs = runs;
        this.line = line;
        this.clock = clock;
        due = clock.getAsLong() + UPDATE_NANOSECONDS;
        pace.perSecond(clock.getAsLong() / 1e9, 0);
    }

    void read(int done) {
        long now = clock.getAsLong();
        if (line.width() > 0 && now - due >= 0) {
            line.show(text(now / 1e9, done, line.width()));
            due = now + UPDATE_NANOSECONDS;
        }
    }

    String text(double seconds, int done, int width) {
        double speed = pace.perSecond(seconds, done);
        String head = "read " + done + " of " + runs + " runs";
        String left = speed > 0 ? "  " + ProgressText.duration((runs - done) / speed) + " left" : "";
        int room = Math.min(width - head.length() - left.length() - 2, ProgressText.WIDEST_BAR);
        String whole = head + (room > 0 ? ProgressText.bar(room, (double) done / runs) : "") + left;
        return whole.substring(0, Math.min(width, whole.length()));
    }

    @Override
    public void close() {
        line.clear();
    }
}
