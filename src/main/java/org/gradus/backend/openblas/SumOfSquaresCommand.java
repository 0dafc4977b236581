package org.gradus.backend.openblas;

import org.bytedeco.javacpp.Pointer;

/** ‖x_b‖_F² by the worker that owns the one column of out, in stretches of whole columns. */
final class SumOfSquaresCommand extends DividedCommand {
    private final NativeBatch x;
    private final Pointer[] pointersX;
    private final Pointer[] pointersOut;

    SumOfSquaresCommand(int workers, NativeBatch x, NativeBatch out) {
        super(out, x);
        this.x = x;
        pointersX = x.pointers(workers);
        pointersOut = out.pointers(workers);
    }

    @Override
    void run(int worker, int fromRun, int toRun, int part, int parts) {
        if (Partition.start(1, part, parts) == Partition.start(1, part + 1, parts)) {
            return;
        }
        int cols = x.shape().cols();
        int step = Math.max(1, Integer.MAX_VALUE / x.shape().rows());
        for (int run = fromRun; run < toRun; run++) {
            double sum = 0;
            for (int col = 0; col < cols; col += step) {
                int length = Math.min(step, cols - col) * x.shape().rows();
                sum += x.blas().sumOfSquares(length, pointersX[worker].position(x.position(run, col)));
            }
            out().blas().put(pointersOut[worker].position(0), out().position(run, 0), sum);
        }
    }

    @Override
    void declare(Hazards hazards) {
        hazards.readsAll(x);
        hazards.writesOwnColumns(out());
    }

    @Override
    double work() {
        return 16.0 * x.shape().size();
    }
}
