package org.gradus.api;

import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.gradus.experiment.Runner;

/**
 * Who is told while a run goes on, and asked whether it is to end. All are called by the thread that runs, and hold it up; what they
 * throw ends the run and reaches its caller.
 *
 * @param rows told of each row of the table
 * @param progress told of the step that the descent is known to have reached, often between two rows
 * @param cancelled asked between pieces of work, at most about a second apart; true ends the run in order, as interrupted
 */
public record Watch(Row rows, LongConsumer progress, BooleanSupplier cancelled) implements Runner.Watcher {

    /** Told of a row of the table. */
    @FunctionalInterface
    public interface Row {
        /** @param step how far the descent is known to have come, which may be beyond the row on a GPU */
        void at(long step, double loss, double effectiveRank);
    }

    /** Tells nobody, and goes on to the end. */
    public static final Watch NOBODY = new Watch((step, loss, rank) -> {}, step -> {}, () -> false);

    /** Only told of rows. */
    public static Watch rows(Row listener) {
        return new Watch(listener, NOBODY.progress, NOBODY.cancelled);
    }

    /** Told of progress too. */
    public Watch progress(LongConsumer listener) {
        return new Watch(rows, listener, cancelled);
    }

    /** Ended when this becomes true, such as {@code flag::get} of an AtomicBoolean that another thread sets. */
    public Watch until(BooleanSupplier condition) {
        return new Watch(rows, progress, condition);
    }

    @Override
    public void row(long step, double loss, double effectiveRank) {
        rows.at(step, loss, effectiveRank);
    }

    @Override
    public void progress(long step) {
        progress.accept(step);
    }

    @Override
    public boolean interrupted() {
        return cancelled.getAsBoolean();
    }
}
