package org.gradus.backend.cuda;

import org.gradus.backend.Recording;

/**
 * A step as graphs of 256, 16 and 1 repetitions, each followed by the check; m steps take at most ⌈m/256⌉ + 30 launches.
 * The first step of all is carried out without a graph: it loads the kernels it needs, which a capture had better find
 * loaded. Graphs are captured when they are needed for the first time.
 */
final class GraphRecording implements Recording {
    private static final int[] LENGTHS = {256, 16, 1};

    private final Line line;
    private final Listing listing;
    private final Runnable step;
    private final Runnable check;
    private final Pace pace;
    private final Graph[] graphs = new Graph[LENGTHS.length];
    private final Resources resources;
    private boolean begun;

    /** @param workPerSecond of the device's products, floating-point operations */
    GraphRecording(Line line, Listing listing, Runnable step, Runnable check, double workPerSecond) {
        this.line = line;
        this.listing = listing;
        this.step = step;
        this.check = check;
        resources = new Resources();
        double steps = workPerSecond / Math.max(1, listing.stepWork());
        pace = new Pace(line, (long) Math.max(2, Math.min(1 << 16, steps)));
        resources.add(pace::close);
    }

    @Override
    public void replay(long times) {
        listing.requireOpen();
        long left = times;
        if (!begun && left > 0) {
            begun = true;
            step.run();
            check.run();
            pace.handedOver(1);
            left--;
        }
        for (int i = 0; i < LENGTHS.length; i++) {
            for (; left >= LENGTHS[i]; left -= LENGTHS[i]) {
                pace.before(LENGTHS[i]);
                graph(i).launch();
                pace.handedOver(LENGTHS[i]);
            }
        }
    }

    private Graph graph(int i) {
        if (graphs[i] == null) {
            graphs[i] = new Graph(line, () -> {
                for (int repetition = 0; repetition < LENGTHS[i]; repetition++) {
                    step.run();
                }
                check.run();
            });
            resources.add(graphs[i]::close);
        }
        return graphs[i];
    }

    @Override
    public long carriedOut() {
        return pace.carriedOut();
    }

    @Override
    public void close() {
        resources.close();
    }
}
