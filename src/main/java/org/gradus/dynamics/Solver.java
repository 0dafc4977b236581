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

    /**
     * The lengths of the arrays of numbers that each run goes on from: with them, the problem and the step sizes, every later
     * step is determined to the last bit.
     */
    int[] savedLengths();

    /** Array {@code index} of the numbers of a run at the present step, for the caller to keep; waits for the device. */
    double[] save(int run, int index);

    /**
     * Sets all runs to what was saved of as many runs of the same problem, before the first call of advance or measure.
     * float32 is exact in float64, so a run goes on as if it had not been stopped. What is frozen has to be frozen again.
     *
     * @param step that the numbers are of
     */
    void restore(long step, SavedNumbers saved);

    @Override
    void close();
}
