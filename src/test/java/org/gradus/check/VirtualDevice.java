package org.gradus.check;

import java.util.List;
import java.util.function.LongSupplier;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.HostMailbox;
import org.gradus.backend.HostPlaces;
import org.gradus.backend.Kernels;
import org.gradus.backend.Mailbox;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Ops;
import org.gradus.backend.Places;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;
import org.gradus.backend.Shape;
import org.gradus.backend.Transpose;

/** Computes nothing, and lets a clock of its own go on by what it would take: for each call a latency and its operations. */
final class VirtualDevice implements Backend, Kernels {
    private static final double SINGULAR_VALUES = 200; // n³, about what gesvd's rate makes of its operations

    private final double latency;
    private final double rate;
    private final double narrower;
    private final long memory;
    private final Ops ops = new Ops(this, this);
    private double seconds;

    /**
     * @param latency in seconds, of each call, recorded or not
     * @param rate operations a second in float64
     * @param narrower how many times as fast float32 is
     * @param memory in bytes
     */
    VirtualDevice(double latency, double rate, double narrower, long memory) {
        this.latency = latency;
        this.rate = rate;
        this.narrower = narrower;
        this.memory = memory;
    }

    /** In nanoseconds. */
    LongSupplier clock() {
        return () -> (long) (seconds * 1e9);
    }

    double seconds() {
        return seconds;
    }

    private void take(double operations, MatrixBatch of) {
        seconds += latency + operations / (of.precision() == Precision.FLOAT64 ? rate : rate * narrower);
    }

    @Override
    public String name() {
        return "virtual";
    }

    @Override
    public String describe() {
        return "a device that only takes time";
    }

    @Override
    public long availableBytes() {
        return memory;
    }

    @Override
    public double workPerSecond(Precision precision) {
        return rate;
    }

    @Override
    public Ops ops() {
        return ops;
    }

    @Override
    public Arena openArena() {
        return new Arena(this) {
            @Override
            protected MatrixBatch newBatch(Shape shape, Precision precision) {
                return new Batch(this, shape, precision);
            }

            @Override
            protected Mailbox newMailbox(int size) {
                return new HostMailbox(this, size);
            }

            @Override
            protected Places newPlaces(int rows, int[] starts, int[] rowIndices) {
                return new HostPlaces(this, rows, starts, rowIndices);
            }

            @Override
            protected void release() {}
        };
    }

    private static final class Batch extends MatrixBatch {
        Batch(Arena arena, Shape shape, Precision precision) {
            super(arena, shape, precision);
        }

        @Override
        protected MatrixBatch view(int from, Shape wanted) {
            return new Batch(arena(), wanted, precision());
        }
    }

    @Override
    public Recording record(Runnable step, Runnable check) {
        double before = seconds;
        step.run();
        double one = seconds - before;
        seconds = before;
        return new Recording() {
            private long done;

            @Override
            public void replay(long times) {
                done += times;
                seconds += times * one;
            }

            @Override
            public long carriedOut() {
                return done;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}

    @Override
    public void upload(double[] host, MatrixBatch out) {
        take(host.length, out);
    }

    @Override
    public void download(MatrixBatch in, double[] host) {
        take(host.length, in);
    }

    @Override
    public void copy(MatrixBatch in, MatrixBatch out) {
        take((double) out.shape().size(), out);
    }

    @Override
    public void multiply(
            double alpha,
            Transpose transA,
            MatrixBatch a,
            Transpose transB,
            MatrixBatch b,
            double beta,
            MatrixBatch out) {
        int inner = transA == Transpose.NO ? a.shape().cols() : a.shape().rows();
        take(2.0 * inner * out.shape().size(), out);
    }

    @Override
    public void residual(
            MatrixBatch perRun,
            Transpose transA,
            MatrixBatch a,
            Transpose transB,
            MatrixBatch b,
            MatrixBatch target,
            MatrixBatch out) {
        multiply(1, transA, a, transB, b, 0, out);
    }

    @Override
    public void scale(MatrixBatch perRun, MatrixBatch x) {
        take((double) x.shape().size(), x);
    }

    @Override
    public void addScaled(MatrixBatch perRun, MatrixBatch x, MatrixBatch out) {
        take((double) out.shape().size(), out);
    }

    @Override
    public void sumOfSquares(MatrixBatch x, MatrixBatch out) {
        take((double) x.shape().size(), x);
    }

    @Override
    public void measure(MatrixBatch operators, MatrixBatch observations, MatrixBatch x, MatrixBatch out) {
        take(2.0 * operators.shape().size() * x.shape().batch(), x);
    }

    @Override
    public void normalResidual(
            MatrixBatch perRun,
            MatrixBatch operators,
            MatrixBatch observations,
            MatrixBatch x,
            MatrixBatch residuals,
            double beta,
            MatrixBatch out) {
        take(4.0 * operators.shape().size() * x.shape().batch(), x);
    }

    @Override
    public void columnInnerProducts(MatrixBatch a, MatrixBatch b, MatrixBatch out) {
        take(2.0 * a.shape().rows() * out.shape().size(), out);
    }

    @Override
    public void scaleColumns(MatrixBatch factors, MatrixBatch in, MatrixBatch out) {
        take((double) out.shape().size(), out);
    }

    @Override
    public void gather(Places places, MatrixBatch x, MatrixBatch out) {
        take((double) out.shape().size(), out);
    }

    @Override
    public void observedResidual(
            MatrixBatch perRun, Places places, MatrixBatch values, MatrixBatch residuals, MatrixBatch x) {
        take((double) x.shape().size(), x);
    }

    @Override
    public void post(MatrixBatch in, Mailbox out) {
        take(out.size(), in);
    }

    @Override
    public void singularValues(List<MatrixBatch> matrices, List<MatrixBatch> out) {
        for (MatrixBatch each : matrices) {
            double n = Math.max(each.shape().rows(), each.shape().cols());
            take(SINGULAR_VALUES * each.shape().batch() * n * n * n, each);
        }
    }
}
