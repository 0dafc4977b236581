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
    private static final double SECONDS_PER_UPDATE = 6e-10;

    /**
     * @param expected seconds; 0 where nobody knows
     * @param last step, 0 where there are none
     * @param early whether the stage is likely to end before that step
     */
    private record Stage(String what, long began, double expected, long last, boolean early) {}

    private final TerminalLine line;
    private final Thread ticker;
    private volatile Stage stage = new Stage("reading", System.nanoTime(), 0, 0, false);
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
        begin(
                name + ": singular values and vectors",
                SECONDS_PER_UPDATE * rows * cols * Math.min(rows, cols),
                0,
                false);
    }

    /** Looks for the step to stop at, up to the last. */
    void searches(String name, long last) {
        begin(name + ": descent", 0, last, true);
    }

    /** Carries out so many steps. */
    void descends(String name, long last) {
        begin(name + ": descent", 0, last, false);
    }

    void begins(String what) {
        begin(what, 0, 0, false);
    }

    private void begin(String what, double expected, long last, boolean early) {
        step = 0;
        stage = new Stage(what, System.nanoTime(), expected, last, early);
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
                    String text = text(now, (System.nanoTime() - now.began()) / SECOND, step);
                    line.show(text.substring(0, Math.min(text.length(), line.width())));
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static String text(Stage stage, double seconds, long step) {
        return stage.early()
                ? searching(stage.what(), seconds, step, stage.last())
                : text(stage.what(), seconds, stage.expected(), step, stage.last());
    }

    /** {@code matrix: descent, step 1200 of at most 10000000, 0:12}. */
    static String searching(String what, double seconds, long step, long last) {
        return what + ", step " + step + " of at most " + last + ", " + ProgressText.duration(seconds);
    }

    /** {@code dense red channel: descent, step 1200/5000, 0:12, 0:38 left}, or {@code …, 0:12 of about 0:50}. */
    static String text(String what, double seconds, double expected, long step, long last) {
        String elapsed = ProgressText.duration(seconds);
        if (last > 0) {
            String left = step > 0 ? ", " + ProgressText.duration((last - step) * (seconds / step)) + " left" : "";
            return what + ", step " + step + "/" + last + ", " + elapsed + left;
        }
        boolean known = expected >= SILENT_SECONDS && seconds < expected;
        return what + ", " + elapsed + (known ? " of about " + ProgressText.duration(expected) : "");
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
