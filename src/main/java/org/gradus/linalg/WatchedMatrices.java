package org.gradus.linalg;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleConsumer;

/** Another source whose readings are told: how often, in fractions, all of its matrices have been read. Any thread may read. */
public final class WatchedMatrices implements MatrixSource {
    private final MatrixSource source;
    private final DoubleConsumer passes;
    private final AtomicLong read = new AtomicLong();

    /** @param passes is told on the reading thread, after each reading */
    public WatchedMatrices(MatrixSource source, DoubleConsumer passes) {
        this.source = source;
        this.passes = passes;
    }

    @Override
    public int count() {
        return source.count();
    }

    @Override
    public int rows() {
        return source.rows();
    }

    @Override
    public int cols() {
        return source.cols();
    }

    @Override
    public void read(int from, int to, double[] out) {
        source.read(from, to, out);
        passes.accept(read.addAndGet((long) to - from) / (double) source.count());
    }
}
