package org.gradus.dynamics;

import java.util.concurrent.Future;

/** Gradient descent for a batch of independent runs, advanced step by step. */
public interface Solver extends AutoCloseable {

    /** The number of independent runs. */
    int runs();

    /** Updates handed over so far; a device may still be at work on the last of them, see {@link #settled}. */
    long step();

    /** The last step that is known to have been carried out, at most {@link #step}. Does not wait. */
    default long settled() {
        return step();
    }

    /** How many steps should pass at most between two looks at {@link #finite}, the clock or the keyboard. */
    int stepsPerCheck();

    /** Hands over further updates. */
    void advance(long steps);

    /**
     * For each run, whether its numbers are still finite as far as is known by now, which is after {@link #settled} steps or
     * later. Does not wait.
     */
    boolean[] finite();

    /** Run {@code run} no longer moves (its step size becomes 0). */
    void freeze(int run);

    /**
     * How many measurements may be under way while the descent is advanced; 0: each has to be done before the next call of
     * advance or measure.
     */
    default int lookahead() {
        return 0;
    }

    /**
     * Starts to measure the present state of every run. At most {@link #lookahead} measurements, or 1, may be under way.
     *
     * @return the state, valid until lookahead further measurements have been started, with lookahead 0 until the next call
     *     of advance or measure; its factors only while the solver is at its step. {@code get} throws what the measurement
     *     threw, a BackendException where the device failed, as the cause of an ExecutionException.
     */
    Future<State> measure();

    /** Measures the present state of every run and waits for it; valid as long as one of {@link #measure}. */
    default State observe() {
        return Futures.await(measure());
    }

    @Override
    void close();
}
