package org.gradus.cli;

/**
 * What a denoising is at, on a terminal; nothing elsewhere, nor in the first second. Drawn by a thread of its own, since a
 * decomposition is one native call.
 */
final class DenoiseProgress implements AutoCloseable {
    private static final long UPDATE_MILLISECONDS = 250;
    private static final double SILENT_SECONDS = 1;
    private static final double SECOND = 1e9;

    /** LAPACK's gesdd with vectors on one core, per rows·cols·min(rows, cols). */
    private static final double SECONDS_PER_UPDATE = 2.5e-9;

    private record Stage(String what, long began, double expected, long last) {}

    private final TerminalLine line;
    private final Thread ticker;
    private volatile Stage stage = new Stage("reading", System.nanoTime(), 0, 0);
    private volatile long step;

    DenoiseProgress(TerminalLine line) {
        this.line = line;
        ticker = new Thread(this::tick, "progress");
        ticker.setDaemon(true);
        if (line.width() > 0) {
            ticker.start();
        }
    }

    void decomposes(String name, int rows, int cols) {
        double expected = SECONDS_PER_UPDATE * rows * cols * Math.min(rows, cols);
        begin(name + ": singular values and vectors", expected, 0);
    }

    void descends(String name, long last) {
        begin(name + ": descent", 0, last);
    }

    void begins(String what) {
        begin(what, 0, 0);
    }

    private void begin(String what, double expected, long last) {
        step = 0;
        stage = new Stage(what, System.nanoTime(), expected, last);
    }

    void reached(long reached) {
        step = reached;
    }

    private void tick() {
        long started = System.nanoTime();
        try {
            while (true) {
                Thread.sleep(UPDATE_MILLISECONDS);
                if (System.nanoTime() - started > SILENT_SECONDS * SECOND) {
                    Stage now = stage;
                    String text = text(
                            now.what(), (System.nanoTime() - now.began()) / SECOND, now.expected(), step, now.last());
                    line.show(text.substring(0, Math.min(text.length(), line.width())));
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@code red channel: descent, step 1200/5000, 0:12, 0:38 left}. */
    static String text(String what, double seconds, double expected, long step, long last) {
        String elapsed = ProgressText.duration(seconds);
        if (last > 0) {
            String left =
                    step > 0 ? ", at most " + ProgressText.duration((last - step) * (seconds / step)) + " left" : "";
            return what + ", step " + step + "/" + last + ", " + elapsed + left;
        }
        return what + ", " + elapsed
                + (expected >= SILENT_SECONDS ? " of about " + ProgressText.duration(expected) : "");
    }

    @Override
    public void close() {
        if (line.width() > 0) {
            ticker.interrupt();
            boolean interrupted = false;
            while (ticker.isAlive()) {
                try {
                    ticker.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        line.clear();
    }
}
