package org.gradus.observe;

import java.util.function.IntFunction;

/** Keeps what runs go on from, as often as is wanted; asked between two pieces of work. */
public interface Checkpoints {
    /** Keeps nothing. */
    Checkpoints NONE = new Checkpoints() {
        @Override
        public long next(long step) {
            return Schedule.NEVER;
        }

        @Override
        public boolean due() {
            return false;
        }

        @Override
        public void keep(long step, IntFunction<Standing> standings) {}
    };

    /** The first step after {@code step} at which one is due whatever the time; {@link Schedule#NEVER} where none is. */
    long next(long step);

    /** Whether one is due because of the time. */
    boolean due();

    /**
     * Keeps the solver's numbers and these standings. All rows up to {@code step} have been told, and nothing is being measured;
     * also called at an interrupt and at the end, and before a last row that is there only because the run ends.
     *
     * @param standings by the runs' numbers, made when asked for
     */
    void keep(long step, IntFunction<Standing> standings);
}
