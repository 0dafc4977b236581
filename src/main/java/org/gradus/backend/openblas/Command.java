package org.gradus.backend.openblas;

import org.gradus.backend.Arena;

/** One verb with its operands, ready to be carried out without allocation; how, its kinds say. */
abstract class Command implements AutoCloseable {
    private final NativeBatch out;
    private final NativeBatch[] inputs;

    Command(NativeBatch out, NativeBatch... inputs) {
        this.out = out;
        this.inputs = inputs;
    }

    /** Floating-point operations, or what takes as long, of the whole command. */
    abstract double work();

    final NativeBatch out() {
        return out;
    }

    final int runs() {
        return out.shape().batch();
    }

    /** @throws IllegalStateException if memory that it uses is gone */
    void requireOpen() {
        requireOpen(out.arena());
        for (NativeBatch input : inputs) {
            requireOpen(input.arena());
        }
    }

    static void requireOpen(Arena arena) {
        if (!arena.isOpen()) {
            throw new IllegalStateException("replay: an arena whose memory the recording uses is closed");
        }
    }

    /** Frees what was allocated for this command alone. */
    @Override
    public void close() {}
}
