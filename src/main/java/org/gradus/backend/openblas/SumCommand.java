package org.gradus.backend.openblas;

/** out_b ← s_b·(the workers' sums, added up in the workers' order) + beta·out_b. */
final class SumCommand extends DividedCommand {
    private static final double WORK_PER_ENTRY = 16;

    private final NativeBatch perRun;
    private final Accumulators accumulators;
    private final double beta;
    private final Numbers factors;
    private final Numbers sums;
    private final Numbers target;

    SumCommand(NativeBatch perRun, Accumulators accumulators, double beta, NativeBatch out) {
        super(out, perRun);
        this.perRun = perRun;
        this.accumulators = accumulators;
        this.beta = beta;
        factors = perRun.numbers();
        sums = accumulators.numbers();
        target = out.numbers();
    }

    @Override
    void run(int worker, int fromRun, int toRun, int part, int parts) {
        int cols = out().shape().cols();
        int from = Partition.start(cols, part, parts);
        int length =
                (Partition.start(cols, part + 1, parts) - from) * out().shape().rows();
        for (int run = fromRun; run < toRun; run++) {
            double factor = factors.get(perRun.position(run, 0));
            add(factor, run, from * out().shape().rows(), out().position(run, from), length);
        }
    }

    private void add(double factor, int run, int skipped, long position, int length) {
        for (int i = 0; i < length; i++) {
            double sum = 0;
            for (int of = 0; of < accumulators.workers(); of++) {
                sum += sums.get(accumulators.position(of, run) + skipped + i);
            }
            double scaled = factor * sum;
            target.put(position + i, beta == 0 ? scaled : scaled + beta * target.get(position + i));
        }
    }

    @Override
    void declare(Hazards hazards) {
        hazards.readsAll(perRun);
        hazards.writesOwnColumns(out());
    }

    @Override
    double work() {
        return WORK_PER_ENTRY * out().shape().size();
    }
}
