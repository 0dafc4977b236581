package org.gradus.backend.cuda;

import java.util.Arrays;
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
        sums = new Scratch(line, false);
    }

    /** For each matrix; waits for the device. */
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
            finite[run] = Double.isFinite(host[run]) || hasFiniteEntries(CudaBatch.of(in.slice(run, run + 1)));
        }
        return finite;
    }

    /** Entry by entry on the host: few matrices are non-finite, and fewer only have a sum that overflows. */
    private boolean hasFiniteEntries(CudaBatch matrix) {
        double[] entries = new double[Math.toIntExact(matrix.shape().size())];
        transfers.download(matrix, entries);
        return Arrays.stream(entries).allMatch(Double::isFinite);
    }

    @Override
    public void close() {
        sums.close();
    }
}
