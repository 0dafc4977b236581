package org.gradus.backend.openblas;

/** out_b ← in_b·diag(factors_b). */
final class ScaleColumnsCommand extends DividedCommand {
    /** Entries are loaded and stored one by one. */
    private static final double WORK_PER_ENTRY = 32;

    private final NativeBatch factors;
    private final NativeBatch in;
    private final Numbers factor;
    private final Numbers source;
    private final Numbers target;

    ScaleColumnsCommand(NativeBatch factors, NativeBatch in, NativeBatch out) {
        super(out, factors, in);
        this.factors = factors;
        this.in = in;
        factor = factors.numbers();
        source = in.numbers();
        target = out.numbers();
    }

    @Override
    void run(int worker, int fromRun, int toRun, int part, int parts) {
        int from = Partition.start(in.shape().cols(), part, parts);
        int to = Partition.start(in.shape().cols(), part + 1, parts);
        for (int run = fromRun; run < toRun; run++) {
            for (int col = from; col < to; col++) {
                scale(factor.get(factors.position(run, 0) + col), in.position(run, col), out().position(run, col));
            }
        }
    }

    private void scale(double by, long from, long to) {
        for (int i = 0; i < in.shape().rows(); i++) {
            target.put(to + i, by * source.get(from + i));
        }
    }

    @Override
    void declare(Hazards hazards) {
        hazards.readsAll(factors);
        hazards.readsOwnColumns(in);
        hazards.writesOwnColumns(out());
    }

    @Override
    double work() {
        return WORK_PER_ENTRY * out().shape().size();
    }
}
