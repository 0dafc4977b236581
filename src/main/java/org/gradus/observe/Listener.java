package org.gradus.observe;

import org.gradus.dynamics.State;

/** What the recorder tells while it drives the descent. */
public interface Listener {

    /** A row of one run: the values of the observers' columns, in their order; the array is reused. */
    void row(int run, State state, double[] values);

    /** The descent is known to have come to {@code step}; rows of steps before it may still be to come. */
    default void progress(long step) {}

    /** Asked between pieces of work: whether the user wants to stop. */
    default boolean interrupted() {
        return false;
    }
}
