package org.gradus.backend.openblas;

import org.gradus.backend.Arena;

/** One verb with its operands, ready to be carried out piece by piece without allocation. */
abstract class Command {
    private final NativeBatch out;
    private final NativeBatch[] inputs;

    Command(NativeBatch out, NativeBatch... inputs) {
        this.out = out;
        this.inputs = inputs;
    }

    /**
     * Carries out the runs [fromRun, toRun), and of each the columns that {@link Partition} gives to {@code part} of
     * {@code parts}. Pieces of different workers may run at the same time.
     */
    abstract void run(int worker, int fromRun, int toRun, int part, int parts);

    /** Tells what a piece touches when the work is divided by columns. */
    abstract void declare(Hazards hazards);

    /** Floating-point operations, or what takes as long, of the whole command. */
    abstract double work();

    final NativeBatch out() {
        return out;
    }

    final int runs() {
        return out.shape().batch();
    }

    final void requireOpen() {
        require(out.arena());
        for (NativeBatch input : inputs) {
            require(input.arena());
        }
    }

    private void require(Arena arena) {
        if (!arena.isOpen()) {
            throw new IllegalStateException("replay: an arena whose memory the recording uses is closed");
        }
    }
}
