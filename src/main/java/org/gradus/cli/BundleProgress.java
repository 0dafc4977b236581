package org.gradus.cli;

import java.util.Locale;
import java.util.function.LongSupplier;
import org.gradus.bundle.Watcher;

/**
 * What a bundle is at, on a terminal; nothing elsewhere. {@code compressing 41/179 MB [###-------] 0:32 left}: the rest at the
 * rate so far.
 */
final class BundleProgress implements Watcher, AutoCloseable {
    private static final long UPDATE_NANOSECONDS = 250_000_000;
    private static final int BAR = 30;
    private static final double MB = 1e6;

    private final TerminalLine line;
    private final LongSupplier clock;
    private long began;
    private long due;
    private boolean compressing;

    /** @param clock in nanoseconds */
    BundleProgress(TerminalLine line, LongSupplier clock) {
        this.line = line;
        this.clock = clock;
    }

    @Override
    public void begins(String what) {
        show(what + " …, then compressing, a minute altogether");
    }

    @Override
    public void compressed(long bytes, long total) {
        long now = clock.getAsLong();
        if (!compressing) {
            compressing = true;
            began = now;
            due = now;
        }
        if (now - due >= 0) {
            show(text(bytes, total, (now - began) / 1e9));
            due = now + UPDATE_NANOSECONDS;
        }
    }

    static String text(long bytes, long total, double seconds) {
        int filled = total == 0 ? BAR : (int) (BAR * bytes / total);
        String left = bytes > 0 && seconds > 0
                ? "  " + ProgressText.duration((total - bytes) * (seconds / bytes)) + " left"
                : "";
        return String.format(
                Locale.ROOT,
                "compressing %.0f/%.0f MB  [%s%s]%s",
                bytes / MB,
                total / MB,
                "#".repeat(filled),
                "-".repeat(BAR - filled),
                left);
    }

    private void show(String text) {
        if (line.width() > 0) {
            line.show(text.substring(0, Math.min(text.length(), line.width())));
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
