package org.gradus.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.gradus.backend.BackendException;
import org.gradus.dynamics.Futures;
import org.gradus.dynamics.SavedNumbers;
import org.gradus.dynamics.Solver;
import org.gradus.dynamics.State;

/** A scripted solver on a device that is behind: steps settle and measurements arrive some steps after they were handed over. */
final class LaggingSolver implements Solver {
    final List<String> events = new ArrayList<>();
    int mostUnderWay;
    private final ScriptedSolver handedOver;
    private final ScriptedSolver carriedOut;
    private final int lookahead;
    private final long lag;
    private final long delay;
    private final long failsAt;
    private final List<Measured> underWay = new ArrayList<>();

    /**
     * @param lag steps that have not settled
     * @param delay steps until a measurement has arrived unless it is waited for
     * @param failsAt step whose measurement fails
     */
    LaggingSolver(int stepsPerCheck, int lookahead, long lag, long delay, long failsAt, long... divergesAt) {
        handedOver = new ScriptedSolver(stepsPerCheck, true, divergesAt);
        carriedOut = new ScriptedSolver(stepsPerCheck, true, divergesAt);
        this.lookahead = lookahead;
        this.lag = lag;
        this.delay = delay;
        this.failsAt = failsAt;
    }

    List<Integer> frozen() {
        return handedOver.frozen;
    }

    @Override
    public int runs() {
        return handedOver.runs();
    }

    @Override
    public long step() {
        return handedOver.step();
    }

    @Override
    public long settled() {
        return carriedOut.step();
    }

    @Override
    public int stepsPerCheck() {
        return handedOver.stepsPerCheck();
    }

    @Override
    public void advance(long steps) {
        handedOver.advance(steps);
        carriedOut.advance(Math.max(0, step() - lag - settled()));
        events.add("to " + step());
    }

    @Override
    public boolean[] finite() {
        return carriedOut.finite();
    }

    @Override
    public void freeze(int run) {
        handedOver.freeze(run);
    }

    @Override
    public int lookahead() {
        return lookahead;
    }

    @Override
    public Future<State> measure() {
        underWay.removeIf(measured -> measured.taken);
        Measured measured = new Measured(Futures.await(handedOver.measure()));
        underWay.add(measured);
        mostUnderWay = Math.max(mostUnderWay, underWay.size());
        events.add("measure " + step());
        return measured;
    }

    @Override
    public int[] savedLengths() {
        return handedOver.savedLengths();
    }

    @Override
    public double[] save(int run, int index) {
        carriedOut.advance(step() - settled());
        events.add("save " + step());
        return handedOver.save(run, index);
    }

    @Override
    public void restore(long restored, SavedNumbers saved) {
        handedOver.restore(restored, saved);
        carriedOut.restore(restored, saved);
    }

    @Override
    public void close() {}

    private final class Measured implements Future<State> {
        private final State state;
        private boolean taken;

        Measured(State state) {
            this.state = state;
        }

        @Override
        public boolean isDone() {
            return taken || step() >= state.step() + delay;
        }

        @Override
        public State get() throws ExecutionException {
            if (!isDone()) {
                events.add("wait for " + state.step());
            }
            taken = true;
            if (state.step() == failsAt) {
                throw new ExecutionException(new BackendException("the device is lost"));
            }
            return state;
        }

        @Override
        public State get(long timeout, TimeUnit unit) throws ExecutionException {
            return get();
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return false;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }
    }
}
