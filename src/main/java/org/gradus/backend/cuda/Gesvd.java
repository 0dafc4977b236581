package org.gradus.backend.cuda;

import java.util.List;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;

/** cuSOLVER's gesvd, one matrix after another: bidiagonalization and QR. Wants m ≥ n, so a wide matrix is transposed. */
final class Gesvd implements SingularValues.Method {
    private final Cusolver cusolver;
    private final Scratch scratch;
    private final Infos infos;
    private final Passes passes;

    Gesvd(Cusolver cusolver, Scratch scratch, Infos infos, Passes passes) {
        this.cusolver = cusolver;
        this.scratch = scratch;
        this.infos = infos;
        this.passes = passes;
    }

    @Override
    public long bytes(List<Shape> shapes, Precision precision) {
        return bytes(shapes.get(0), precision);
    }

    private long bytes(Shape shape, Precision precision) {
        int m = Math.max(shape.rows(), shape.cols());
        int n = Math.min(shape.rows(), shape.cols());
        long work = (long) cusolver.gesvdNumbers(precision, m, n) * precision.bytes();
        long transposed = shape.rows() < shape.cols() ? shape.entries() * precision.bytes() : 0;
        return Scratch.aligned(work) + Scratch.aligned(transposed);
    }

    @Override
    public void compute(List<SingularValues.Work> work) {
        for (SingularValues.Work batch : work) {
            for (int run = 0; run < batch.finite().length; run++) {
                if (batch.finite()[run]) {
                    compute(batch, run);
                }
            }
        }
    }

    /** One matrix of a batch; also the way out where another call did not converge. */
    void compute(SingularValues.Work batch, int run) {
        CudaBatch in = batch.in();
        Shape shape = in.shape();
        Precision precision = in.precision();
        int m = Math.max(shape.rows(), shape.cols());
        int n = Math.min(shape.rows(), shape.cols());
        int numbers = cusolver.gesvdNumbers(precision, m, n);
        scratch.begin(bytes(shape, precision));
        DeviceMemory work = scratch.take((long) numbers * precision.bytes());
        DeviceMemory matrix = in.pointer(run * in.stride());
        if (shape.rows() < shape.cols()) {
            DeviceMemory transposed = scratch.take(shape.entries() * precision.bytes());
            Shape tall = new Shape(1, m, n);
            passes.transpose(
                    CudaBatch.of(in.slice(run, run + 1)),
                    new CudaBatch(in.arena(), tall, precision, transposed, 0, shape.entries()));
            matrix = transposed;
        }
        DeviceMemory values = batch.out().pointer(run * batch.out().stride());
        cusolver.gesvd(precision, m, n, matrix, values, work, numbers, infos.pointer());
        int info = infos.read(1)[0];
        if (info != 0) {
            throw SingularValues.notConverged("gesvd", shape, run, info);
        }
    }
}
