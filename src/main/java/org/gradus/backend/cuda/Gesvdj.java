package org.gradus.backend.cuda;

import java.util.List;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;

/**
 * cuSOLVER's gesvdj, one matrix after another: one-sided Jacobi. It works on a copy, so that a matrix for which it does not
 * converge is still there for gesvd.
 */
final class Gesvdj implements SingularValues.Method {
    /** In units of the precision's ε, relative to the matrix. */
    private static final double TOLERANCE = 0.5;

    static final int SWEEPS = 30;

    private final Cusolver cusolver;
    private final Scratch scratch;
    private final Infos infos;
    private final Passes passes;
    private final Gesvd gesvd;
    private final DeviceMemory any;

    /** @param any a little memory that stands for matrices where only sizes are asked for */
    Gesvdj(Cusolver cusolver, Scratch scratch, Infos infos, Passes passes, Gesvd gesvd, DeviceMemory any) {
        this.cusolver = cusolver;
        this.scratch = scratch;
        this.infos = infos;
        this.passes = passes;
        this.gesvd = gesvd;
        this.any = any;
    }

    static double tolerance(Precision precision) {
        return TOLERANCE * (precision == Precision.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1.0f));
    }

    private record Plan(int numbers, long work, long matrix, long u, long v) {
        long bytes() {
            return Scratch.aligned(work) + Scratch.aligned(matrix) + Scratch.aligned(u) + Scratch.aligned(v);
        }
    }

    private Plan plan(Shape shape, Precision precision) {
        int m = shape.rows();
        int n = shape.cols();
        int k = Math.min(m, n);
        int size = precision.bytes();
        cusolver.limitJacobi(tolerance(precision), SWEEPS);
        int numbers = cusolver.gesvdjNumbers(precision, m, n, any);
        return new Plan(
                numbers, (long) numbers * size, shape.entries() * size, (long) m * k * size, (long) n * k * size);
    }

    @Override
    public long bytes(List<Shape> shapes, Precision precision) {
        long retry = gesvd.bytes(shapes, precision);
        return Math.max(plan(shapes.get(0), precision).bytes(), retry);
    }

    @Override
    public void compute(List<SingularValues.Work> work) {
        Plan plan = plan(work.get(0).in().shape(), work.get(0).in().precision());
        for (SingularValues.Work batch : work) {
            for (int run = 0; run < batch.finite().length; run++) {
                if (batch.finite()[run] && !converges(batch, run, plan)) {
                    gesvd.compute(batch, run);
                }
            }
        }
    }

    private boolean converges(SingularValues.Work batch, int run, Plan plan) {
        CudaBatch in = batch.in();
        Shape shape = in.shape();
        Precision precision = in.precision();
        scratch.begin(plan.bytes());
        DeviceMemory matrix = scratch.take(plan.matrix);
        Shape single = new Shape(1, shape.rows(), shape.cols());
        passes.copy(
                CudaBatch.of(in.slice(run, run + 1)),
                new CudaBatch(in.arena(), single, precision, matrix, 0, shape.entries()));
        cusolver.gesvdj(
                precision,
                shape.rows(),
                shape.cols(),
                matrix,
                batch.out().pointer(run * batch.out().stride()),
                scratch.take(plan.u),
                scratch.take(plan.v),
                scratch.take(plan.work),
                plan.numbers,
                infos.pointer());
        return infos.read(1)[0] == 0 && cusolver.sweeps(infos.host()) <= SWEEPS;
    }
}
