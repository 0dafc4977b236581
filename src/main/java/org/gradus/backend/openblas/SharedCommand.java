package org.gradus.backend.openblas;

/**
 * A command that the workers carry out together for all runs at once, since what it reads is worth reading once. They wait
 * for each other before it and after it.
 */
abstract class SharedCommand extends Command {

    SharedCommand(NativeBatch out, NativeBatch... inputs) {
        super(out, inputs);
    }

    /** The share of worker {@code part} of {@code parts}. */
    abstract void run(int part, int parts);
}
