package org.gradus.dynamics;

/** Gradient descent for a batch of independent runs, advanced step by step. */
public interface Solver extends AutoCloseable {

    /** The number of independent runs. */
    int runs();

    /** Updates carried out so far. */
    long step();

    /** How many steps should pass at most between two looks at {@link #finite}, the clock or the keyboard. */
    int stepsPerCheck();

    /** Carries out further updates. */
    void advance(long steps);

    /** For each run, whether its numbers are still finite. */
    boolean[] finite();

    /** Run {@code run} no longer moves (its step size becomes 0). */
    void freeze(int run);

    /** Measures the present state of every run. Valid until the next call of advance or observe. */
    State observe();

    @Override
    void close();
}
