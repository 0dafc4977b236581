package org.gradus.dynamics;

/** The numbers that the runs of a solver go on from, as {@link Solver#save} gives them. */
@FunctionalInterface
public interface SavedNumbers {

    /**
     * One of a run's arrays.
     *
     * @param index 0 ≤ index &lt; {@code savedLengths().length}
     */
    double[] array(int run, int index);
}
