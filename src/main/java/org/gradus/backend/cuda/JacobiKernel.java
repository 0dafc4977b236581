package org.gradus.backend.cuda;

import java.util.List;
import jcuda.driver.CUstream;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;

/**
 * One-sided Jacobi in shared memory, kernels/jacobi.cu: all matrices of a batch in one launch. They stay as they are, so one
 * for which it does not converge is still there for gesvd.
 */
final class JacobiKernel implements SingularValues.Method {
    private static final int SWEEPS = 30;

    private final CUstream stream;
    private final Modules modules;
    private final int sharedBytes;
    private final Infos infos;
    private final Gesvd gesvd;

    JacobiKernel(Line line, Modules modules, DeviceInfo device, Infos infos, Gesvd gesvd) {
        stream = line.stream();
        this.modules = modules;
        sharedBytes = device.sharedBytesPerBlock();
        this.infos = infos;
        this.gesvd = gesvd;
    }

    /** Whether a block's shared memory holds such a matrix. */
    boolean fits(int rows, int cols, Precision precision) {
        return JacobiKernels.fits(rows, cols, precision, sharedBytes);
    }

    /** Only what the way out takes. */
    @Override
    public long bytes(List<Shape> shapes, Precision precision) {
        return gesvd.bytes(shapes, precision);
    }

    @Override
    public void compute(List<SingularValues.Work> work) {
        for (SingularValues.Work batch : work) {
            int runs = batch.finite().length;
            for (int from = 0; from < runs; from += Infos.MOST) {
                compute(batch, from, Math.min(runs, from + Infos.MOST));
            }
        }
    }

    private void compute(SingularValues.Work batch, int from, int to) {
        CudaBatch in = CudaBatch.of(batch.in().slice(from, to));
        CudaBatch out = CudaBatch.of(batch.out().slice(from, to));
        Shape shape = in.shape();
        new JacobiKernels(modules, in.precision())
                .singularValues(
                        stream,
                        in.output(),
                        shape.rows(),
                        shape.cols(),
                        shape.batch(),
                        SWEEPS,
                        out.output(),
                        infos.pointer().address());
        int[] sweeps = infos.read(to - from);
        for (int run = from; run < to; run++) {
            if (sweeps[run - from] < 0 && batch.finite()[run]) {
                gesvd.compute(batch, run);
            }
        }
    }
}
