package org.gradus.backend.openblas;

import org.bytedeco.javacpp.Pointer;

/** One pass over the entries of out: copy, scale, addScaled, and the beginning of a residual. */
final class PassCommand extends DividedCommand {

    /** What is done to one stretch of entries; {@code factor} is 1 where the verb has none. */
    interface Pass {
        void apply(Blas blas, int length, double factor, Pointer x, Pointer out);
    }

    static final Pass COPY = (blas, length, factor, x, out) -> blas.copy(length, x, out);
    /** out ← −factor·x, in stretches that stay in the first-level cache between copying and scaling. */
    static final Pass COPY_NEGATED = PassCommand::copyNegated;

    static final Pass SCALE = (blas, length, factor, x, out) -> blas.scal(length, factor, out);
    static final Pass ADD_SCALED = (blas, length, factor, x, out) -> blas.axpy(length, factor, x, out);

    /** How long an entry takes in units of floating-point operations of a product: memory-bound, measured. */
    private static final double WORK_PER_ENTRY = 16;

    private static final int CACHED = 1 << 11;

    private final Pass pass;
    private final NativeBatch perRun;
    private final NativeBatch x;
    private final Pointer[] pointersFactor;
    private final Pointer[] pointersX;
    private final Pointer[] pointersOut;

    /** @param perRun the factors, or null where the verb has none */
    PassCommand(int workers, Pass pass, NativeBatch perRun, NativeBatch x, NativeBatch out) {
        super(out, perRun == null ? x : perRun, x);
        this.pass = pass;
        this.perRun = perRun;
        this.x = x;
        pointersFactor = perRun == null ? null : perRun.pointers(workers);
        pointersX = x.pointers(workers);
        pointersOut = out.pointers(workers);
    }

    private static void copyNegated(Blas blas, int length, double factor, Pointer x, Pointer out) {
        long startX = x.position();
        long startOut = out.position();
        for (int from = 0; from < length; from += CACHED) {
            int stretch = Math.min(CACHED, length - from);
            out.position(startOut + from);
            blas.copy(stretch, x.position(startX + from), out);
            blas.scal(stretch, -factor, out);
        }
    }

    @Override
    void run(int worker, int fromRun, int toRun, int part, int parts) {
        int from = Partition.start(out().shape().cols(), part, parts);
        int to = Partition.start(out().shape().cols(), part + 1, parts);
        int rows = out().shape().rows();
        int step = Math.max(1, Integer.MAX_VALUE / rows);
        for (int run = fromRun; run < toRun; run++) {
            double factor =
                    perRun == null ? 1 : out().blas().get(pointersFactor[worker].position(0), perRun.position(run, 0));
            for (int col = from; col < to; col += step) {
                pass.apply(
                        out().blas(),
                        Math.min(step, to - col) * rows,
                        factor,
                        pointersX[worker].position(x.position(run, col)),
                        pointersOut[worker].position(out().position(run, col)));
            }
        }
    }

    @Override
    void declare(Hazards hazards) {
        if (perRun != null) {
            hazards.readsAll(perRun);
        }
        if (x != out()) {
            hazards.readsOwnColumns(x);
        }
        hazards.writesOwnColumns(out());
    }

    @Override
    double work() {
        return WORK_PER_ENTRY * out().shape().size();
    }
}
