package org.gradus.backend.openblas;

import static org.bytedeco.openblas.global.openblas_full.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_full.CblasTrans;

import org.bytedeco.javacpp.Pointer;
import org.gradus.backend.Transpose;

/** out ← alpha·op(a)·op(b) + beta·out by xGEMM on a panel of out's columns; alpha is one number, or one for each run. */
final class MultiplyCommand extends DividedCommand {
    private final double alpha;
    private final NativeBatch perRun;
    private final Pointer[] pointersAlpha;
    private final double beta;
    private final Transpose transA;
    private final Transpose transB;
    private final NativeBatch a;
    private final NativeBatch b;
    private final Pointer[] pointersA;
    private final Pointer[] pointersB;
    private final Pointer[] pointersOut;
    private final int m;
    private final int n;
    private final int k;

    /** @param perRun alpha of each run, read when the command runs; or null, and {@code alpha} holds */
    MultiplyCommand(
            int workers,
            double alpha,
            NativeBatch perRun,
            Transpose transA,
            NativeBatch a,
            Transpose transB,
            NativeBatch b,
            double beta,
            NativeBatch out) {
        super(out, a, b, perRun == null ? a : perRun);
        this.alpha = alpha;
        this.perRun = perRun;
        pointersAlpha = perRun == null ? null : perRun.pointers(workers);
        this.beta = beta;
        this.transA = transA;
        this.transB = transB;
        this.a = a;
        this.b = b;
        m = out.shape().rows();
        n = out.shape().cols();
        k = transA == Transpose.NO ? a.shape().cols() : a.shape().rows();
        pointersA = a.pointers(workers);
        pointersB = b.pointers(workers);
        pointersOut = out.pointers(workers);
    }

    @Override
    void run(int worker, int fromRun, int toRun, int part, int parts) {
        int from = Partition.start(n, part, parts);
        int width = Partition.start(n, part + 1, parts) - from;
        if (width == 0) {
            return;
        }
        Blas blas = out().blas();
        Pointer left = pointersA[worker];
        Pointer right = pointersB[worker];
        Pointer panel = pointersOut[worker];
        for (int run = fromRun; run < toRun; run++) {
            left.position(a.position(run, 0));
            right.position(transB == Transpose.NO ? b.position(run, from) : b.position(run, 0) + from);
            panel.position(out().position(run, from));
            double factor =
                    perRun == null ? alpha : blas.get(pointersAlpha[worker].position(0), perRun.position(run, 0));
            blas.gemm(
                    code(transA),
                    code(transB),
                    m,
                    width,
                    k,
                    factor,
                    left,
                    a.shape().rows(),
                    right,
                    b.shape().rows(),
                    beta,
                    panel,
                    m);
        }
    }

    private static int code(Transpose transpose) {
        return transpose == Transpose.NO ? CblasNoTrans : CblasTrans;
    }

    @Override
    void declare(Hazards hazards) {
        if (perRun != null) {
            hazards.readsAll(perRun);
        }
        hazards.readsAll(a);
        if (transB == Transpose.NO) {
            hazards.readsOwnColumns(b);
        } else {
            hazards.readsAll(b);
        }
        hazards.writesOwnColumns(out());
    }

    @Override
    double work() {
        return 2.0 * m * n * k * runs();
    }
}
