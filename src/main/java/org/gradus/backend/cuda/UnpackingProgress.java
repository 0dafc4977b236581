package org.gradus.backend.cuda;

import java.nio.file.Path;
import java.util.Locale;

/** A line on standard error once unpacking has taken two seconds: kept up to date on a terminal, else written once. */
final class UnpackingProgress implements AutoCloseable {
    private static final long PATIENCE = 2_000_000_000L;
    private static final long PERIOD = 500_000_000L;

    private final Path folder;
    private final long total;
    private final boolean terminal = Integer.getInteger("gradus.columns", 0) > 0;
    private long next = System.nanoTime() + PATIENCE;
    private long done;
    private boolean shown;

    UnpackingProgress(Path folder, long total) {
        this.folder = folder;
        this.total = total;
    }

    /** So many bytes more. */
    void add(int bytes) {
        done += bytes;
        long now = System.nanoTime();
        if (now - next >= 0 && (terminal || !shown)) {
            String text = String.format(
                    Locale.ROOT, "gradus: unpacking NVIDIA's libraries, %.1f GB, into %s", total / 1e9, folder);
            if (terminal) {
                System.err.printf(Locale.ROOT, "\r\033[K%s … %d %%", text, 100 * done / total);
                System.err.flush();
            } else {
                System.err.println(text);
            }
            shown = true;
            next = now + PERIOD;
        }
    }

    @Override
    public void close() {
        if (shown && terminal) {
            System.err.print("\r\033[K");
            System.err.flush();
        }
    }
}
