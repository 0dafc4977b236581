package org.gradus.experiment;

import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.gradus.experiment.Config.CheckpointSection;
import org.gradus.experiment.Config.EverySeconds;
import org.gradus.experiment.Config.EverySteps;
import org.gradus.observe.Checkpoints;
import org.gradus.observe.Schedule;
import org.gradus.observe.Standing;

/** Checkpoints at every so many steps, or when the last is so many seconds old. */
final class CheckpointCadence implements Checkpoints {

    /** Writes what is kept. */
    interface Writer {
        void write(long step, IntFunction<Standing> standings);
    }

    private final Schedule steps;
    private final double nanoseconds;
    private final LongSupplier clock;
    private final Writer writer;
    private long last;

    /** @param clock in nanoseconds */
    CheckpointCadence(CheckpointSection section, LongSupplier clock, Writer writer) {
        steps = section instanceof EverySteps every ? Schedule.every(every.steps()) : step -> Schedule.NEVER;
        nanoseconds = section instanceof EverySeconds every ? every.seconds() * 1e9 : Double.POSITIVE_INFINITY;
        this.clock = clock;
        this.writer = writer;
        last = clock.getAsLong();
    }

    @Override
    public long next(long step) {
        return steps.next(step);
    }

    @Override
    public boolean due() {
        return clock.getAsLong() - last >= nanoseconds;
    }

    @Override
    public void keep(long step, IntFunction<Standing> standings) {
        writer.write(step, standings);
        last = clock.getAsLong();
    }
}
