package org.gradus.backend.openblas;

/** A command that can be carried out piece by piece, each run by itself and each range of columns. */
abstract class DividedCommand extends Command {

    DividedCommand(NativeBatch out, NativeBatch... inputs) {
        super(out, inputs);
    }

    /**
     * Carries out the runs [fromRun, toRun), and of each the columns that {@link Partition} gives to {@code part} of
     * {@code parts}. Pieces of different workers may run at the same time.
     */
    abstract void run(int worker, int fromRun, int toRun, int part, int parts);

    /** Tells what a piece touches when the work is divided by columns. */
    abstract void declare(Hazards hazards);
}
