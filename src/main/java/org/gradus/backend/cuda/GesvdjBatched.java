package org.gradus.backend.cuda;

import java.util.ArrayList;
import java.util.List;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;

/**
 * cuSOLVER's gesvdjBatched: all matrices of a shape up to 32×32 in one launch, whatever batches they come from. They are
 * packed one right after another first, and so are still there for gesvd where the iteration does not converge.
 */
final class GesvdjBatched implements SingularValues.Method {
    private final Cusolver cusolver;
    private final Scratch scratch;
    private final Infos infos;
    private final Passes passes;
    private final Gesvd gesvd;
    private final DeviceMemory any;

    /** @param any a little memory that stands for matrices where only sizes are asked for */
    GesvdjBatched(Cusolver cusolver, Scratch scratch, Infos infos, Passes passes, Gesvd gesvd, DeviceMemory any) {
        this.cusolver = cusolver;
        this.scratch = scratch;
        this.infos = infos;
        this.passes = passes;
        this.gesvd = gesvd;
        this.any = any;
    }

    /** Runs of a batch that take part in a launch. */
    private record Part(SingularValues.Work batch, int from, int to) {
        int count() {
            return to - from;
        }

        CudaBatch in() {
            return CudaBatch.of(batch.in().slice(from, to));
        }

        CudaBatch out() {
            return CudaBatch.of(batch.out().slice(from, to));
        }
    }

    private record Plan(int count, int numbers, long matrices, long values, long u, long v, long work) {
        long bytes() {
            return Scratch.aligned(matrices)
                    + Scratch.aligned(values)
                    + Scratch.aligned(u)
                    + Scratch.aligned(v)
                    + Scratch.aligned(work);
        }
    }

    private Plan plan(Shape shape, Precision precision, int count) {
        long m = shape.rows();
        long n = shape.cols();
        long all = (long) count * precision.bytes();
        cusolver.limitJacobi(Gesvdj.tolerance(precision), Gesvdj.SWEEPS);
        int numbers = cusolver.gesvdjBatchedNumbers(precision, shape.rows(), shape.cols(), any, count);
        return new Plan(
                count,
                numbers,
                m * n * all,
                Math.min(m, n) * all,
                m * m * all,
                n * n * all,
                (long) numbers * precision.bytes());
    }

    @Override
    public long bytes(List<Shape> shapes, Precision precision) {
        long count = shapes.stream().mapToLong(Shape::batch).sum();
        long retry = gesvd.bytes(shapes, precision);
        return Math.max(
                plan(shapes.get(0), precision, (int) Math.min(Infos.MOST, count))
                        .bytes(),
                retry);
    }

    @Override
    public void compute(List<SingularValues.Work> work) {
        List<Part> launch = new ArrayList<>();
        int count = 0;
        for (SingularValues.Work batch : work) {
            for (int from = firstFinite(batch, 0); from < batch.finite().length; ) {
                Part part = new Part(batch, from, endOfFinite(batch, from, from + Infos.MOST - count));
                launch.add(part);
                count += part.count();
                from = firstFinite(batch, part.to);
                if (count == Infos.MOST) {
                    compute(launch, count);
                    launch.clear();
                    count = 0;
                }
            }
        }
        if (count > 0) {
            compute(launch, count);
        }
    }

    private static int firstFinite(SingularValues.Work batch, int from) {
        int run = from;
        while (run < batch.finite().length && !batch.finite()[run]) {
            run++;
        }
        return run;
    }

    private static int endOfFinite(SingularValues.Work batch, int from, int most) {
        int run = from;
        while (run < batch.finite().length && run < most && batch.finite()[run]) {
            run++;
        }
        return run;
    }

    private void compute(List<Part> launch, int count) {
        CudaBatch first = launch.get(0).in();
        Shape shape = first.shape();
        Precision precision = first.precision();
        int k = Math.min(shape.rows(), shape.cols());
        Plan plan = plan(shape, precision, count);
        scratch.begin(plan.bytes());
        Shape packedShape = new Shape(count, shape.rows(), shape.cols());
        DeviceMemory matrices = scratch.take(plan.matrices);
        CudaBatch packed = new CudaBatch(first.arena(), packedShape, precision, matrices, 0, shape.entries());
        DeviceMemory results = scratch.take(plan.values);
        CudaBatch values = new CudaBatch(first.arena(), new Shape(count, k, 1), precision, results, 0, k);
        int at = 0;
        for (Part part : launch) {
            passes.copy(part.in(), CudaBatch.of(packed.slice(at, at + part.count())));
            at += part.count();
        }
        cusolver.gesvdjBatched(
                precision,
                shape.rows(),
                shape.cols(),
                matrices,
                results,
                scratch.take(plan.u),
                scratch.take(plan.v),
                scratch.take(plan.work),
                plan.numbers,
                infos.pointer(),
                count);
        int[] info = infos.read(count);
        at = 0;
        for (Part part : launch) {
            passes.copy(CudaBatch.of(values.slice(at, at + part.count())), part.out());
            at += part.count();
        }
        retry(launch, info);
    }

    private void retry(List<Part> launch, int[] info) {
        int at = 0;
        for (Part part : launch) {
            for (int run = part.from; run < part.to; run++) {
                if (info[at++] != 0) {
                    gesvd.compute(part.batch, run);
                }
            }
        }
    }
}
