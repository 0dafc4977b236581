package org.gradus.backend.cuda;

import java.util.Arrays;
import java.util.List;
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
        sums = new Scratch(line, false, "singular values");
    }

    /**
     * What there is to know about the matrices of a batch.
     *
     * @param finite whether all entries are
     * @param squares ‖A‖_F², which may have overflowed where the entries have not
     */
    record Found(boolean[] finite, double[] squares) {}

    /** Bytes that {@link #of} takes for batches of these shapes. */
    static long bytes(List<Shape> shapes) {
        long most = 0;
        long partials = 0;
        for (Shape shape : shapes) {
            most = Math.max(most, bytes(shape.batch()));
            partials += Scratch.aligned(Passes.partialBytes(shape));
        }
        return most + partials;
    }

    private static long bytes(int batch) {
        return Scratch.aligned(batch * (long) Double.BYTES);
    }

    /** For each matrix; waits for the device. */
    Found of(CudaBatch in) {
        int batch = in.shape().batch();
        long bytes = bytes(batch);
        sums.begin(bytes);
        DeviceMemory memory = sums.take(bytes);
        CudaBatch out = new CudaBatch(in.arena(), new Shape(batch, 1, 1), Precision.FLOAT64, memory, 0, 1);
        passes.sumOfSquares(in, out);
        double[] host = new double[batch];
        transfers.download(out, host);
        boolean[] finite = new boolean[batch];
        for (int run = 0; run < batch; run++) {
            finite[run] = Double.isFinite(host[run]) || hasFiniteEntries(CudaBatch.of(in.slice(run, run + 1)));
        }
        return new Found(finite, host);
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
