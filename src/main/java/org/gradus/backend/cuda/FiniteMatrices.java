package org.gradus.backend.cuda;

import org.gradus.backend.Precision;
import org.gradus.backend.Shape;

/** Tells which matrices of a batch have finite entries only, by their sums of squares. */
final class FiniteMatrices implements AutoCloseable {
    private final Passes passes;
    private final Transfers transfers;
    private final Scratch sums;

    FiniteMatrices(Line line, Passes passes, Transfers transfers) {
        this.passes = passes;
        this.transfers = transfers;
        sums = new Scratch(line);
    }

    /** For each matrix; waits for the device. One whose sum of squares overflows counts as non-finite, as its loss does. */
    boolean[] of(CudaBatch in) {
        int batch = in.shape().batch();
        long bytes = batch * (long) Double.BYTES;
        sums.begin(Scratch.aligned(bytes));
        DeviceMemory memory = sums.take(bytes);
        CudaBatch out = new CudaBatch(in.arena(), new Shape(batch, 1, 1), Precision.FLOAT64, memory, 0, 1);
        passes.sumOfSquares(in, out);
        double[] host = new double[batch];
        transfers.download(out, host);
        boolean[] finite = new boolean[batch];
        for (int run = 0; run < batch; run++) {
            finite[run] = Double.isFinite(host[run]);
        }
        return finite;
    }

    @Override
    public void close() {
        sums.close();
    }
}
