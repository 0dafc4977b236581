package org.gradus.backend.openblas;

import org.bytedeco.javacpp.Pointer;

/**
 * ρ_b[i] ← ⟨A_i, x_b⟩ − y_i, and where there are accumulators, each worker's becomes Σ ρ_b[i]·A_i over its operators.
 *
 * <p>Operators are divided among the workers and taken in blocks that fit a core's second-level cache: a block that has just
 * been read for its inner products is still there for its sum, so that operators are read from memory once. As matrices of
 * D = rows·cols by count they are multiplied by {@link OperatorBlock}.
 */
final class MeasureCommand extends SharedCommand {
    /** An entry read from memory takes as long as this many operations of a product. */
    private static final double WORK_PER_ENTRY = 16;

    private static final double WORK_PER_ENTRY_AND_RUN = 4;

    private final NativeBatch operators;
    private final NativeBatch observations;
    private final NativeBatch residuals;
    private final Numbers observed;
    private final Numbers residual;
    private final Accumulators accumulators;
    private final OperatorBlock[] blocks;

    /** @param accumulators for x's shape, or null where only the residuals are wanted; owned by this command from now on */
    MeasureCommand(
            int workers,
            NativeBatch operators,
            NativeBatch observations,
            NativeBatch x,
            NativeBatch residuals,
            Accumulators accumulators) {
        super(residuals, operators, observations, x);
        this.operators = operators;
        this.observations = observations;
        this.residuals = residuals;
        this.accumulators = accumulators;
        observed = observations.numbers();
        residual = residuals.numbers();
        blocks = new OperatorBlock[workers];
        for (int worker = 0; worker < workers; worker++) {
            Pointer sum = accumulators == null ? null : accumulators.pointer(worker);
            blocks[worker] = new OperatorBlock(operators, x, residuals, sum);
        }
    }

    @Override
    void run(int part, int parts) {
        if (accumulators != null) {
            accumulators.clear(part);
        }
        OperatorBlock block = blocks[part];
        int count = operators.shape().batch();
        int to = Partition.start(count, part + 1, parts);
        for (int from = Partition.start(count, part, parts); from < to; from += block.most()) {
            int length = Math.min(block.most(), to - from);
            subtractObservations(from, length);
            block.addInnerProducts(from, length);
            if (accumulators != null) {
                block.addSums(from, length);
            }
        }
    }

    private void subtractObservations(int from, int length) {
        for (int run = 0; run < runs(); run++) {
            long position = residuals.position(run, 0);
            for (int i = from; i < from + length; i++) {
                residual.put(position + i, -observed.get(observations.position(i, 0)));
            }
        }
    }

    @Override
    double work() {
        double perEntry = Math.max(WORK_PER_ENTRY, WORK_PER_ENTRY_AND_RUN * runs());
        return perEntry * operators.shape().size();
    }

    @Override
    public void close() {
        if (accumulators != null) {
            accumulators.close();
        }
    }
}
