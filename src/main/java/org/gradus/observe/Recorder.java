package org.gradus.observe;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.gradus.dynamics.Futures;
import org.gradus.dynamics.Outcome;
import org.gradus.dynamics.Outcome.Status;
import org.gradus.dynamics.Solver;
import org.gradus.dynamics.State;
import org.gradus.linalg.Matrix;

/**
 * Drives a solver from recorded step to recorded step. Row k describes the state after k updates; the first and the last
 * step are always recorded; an interrupt adds no row; a run whose numbers are no longer finite ends without one.
 *
 * <p>Rows come in the order of their steps, but perhaps later than the solver has gone on: as many measurements are under way
 * as its lookahead allows, none where a stop can only be told from a row.
 */
public final class Recorder {
    private final Solver solver;
    private final Schedule schedule;
    private final List<Observer> observers;
    private final StopRule stopRule;
    private final Listener listener;
    private final Checkpoints checkpoints;
    private final Standings runs;
    private final double[] values;
    private final int allowedUnderWay;
    private final Deque<Future<State>> underWay = new ArrayDeque<>();
    private long nextCheckpoint;
    private long kept = -1;

    public Recorder(Solver solver, Schedule schedule, List<Observer> observers, StopRule stopRule, Listener listener) {
        this(solver, schedule, observers, stopRule, listener, Checkpoints.NONE);
    }

    public Recorder(
            Solver solver,
            Schedule schedule,
            List<Observer> observers,
            StopRule stopRule,
            Listener listener,
            Checkpoints checkpoints) {
        this.solver = solver;
        this.schedule = schedule;
        this.observers = List.copyOf(observers);
        this.stopRule = stopRule;
        this.listener = listener;
        this.checkpoints = checkpoints;
        runs = new Standings(solver.runs());
        values = new double[columns(observers).size()];
        allowedUnderWay = stopRule.looksAtStates() ? 0 : solver.lookahead();
    }

    /**
     * Goes on from where a recorder of the same runs stood at the solver's step; before {@link #run}. The stopping rule is told of
     * earlier rows by the caller.
     */
    public void restore(List<Standing> standings) {
        for (int run = 0; run < standings.size(); run++) {
            runs.restore(run, standings.get(run));
            if (!runs.isActive(run)) {
                solver.freeze(run);
            }
        }
    }

    /** The names of all columns after {@code step}. */
    public static List<String> columns(List<Observer> observers) {
        List<String> columns = new ArrayList<>();
        observers.forEach(observer -> columns.addAll(observer.columns()));
        return columns;
    }

    /** The product of a run at its last recorded row; null before the first. */
    public Matrix lastProduct(int run) {
        return runs.lastProduct(run);
    }

    /**
     * Carries the descent on to step {@code steps}.
     *
     * @return how each run ended
     * @throws org.gradus.backend.BackendException if the device fails
     */
    public List<Outcome> run(long steps) {
        long last = Math.min(steps, stopRule.lastStep());
        nextCheckpoint = checkpoints.next(solver.step());
        if (rowIsMissing(last)) {
            measure();
        }
        while (solver.step() < last && active()) {
            long next = Math.min(last, schedule.next(solver.step()));
            if (!advanceTo(next)) {
                recordUntilUnderWay(0);
                end(Status.INTERRUPTED, "asked to stop after step " + solver.step());
            } else if (active()) {
                measureAndKeep();
            }
        }
        recordUntilUnderWay(0);
        end(Status.DONE, "all " + steps + " steps were carried out");
        if (kept < solver.step()) {
            keep();
        }
        return runs.outcomes();
    }

    /** At the first step; of a restored run where the process ended before it was told. */
    private boolean rowIsMissing(long last) {
        return runs.lackRowOf(solver.step()) && (solver.step() == last || isScheduled(solver.step()));
    }

    private boolean isScheduled(long step) {
        return step == 0 || schedule.next(step - 1) == step;
    }

    /** A row that is there only because the run ends is none of those that a longer run has, so what is kept is from before it. */
    private void measureAndKeep() {
        if (!isScheduled(solver.step())) {
            keep();
            measure();
        } else {
            measure();
            keepIfDue();
        }
    }

    private void keepIfDue() {
        if (solver.step() >= nextCheckpoint || checkpoints.due()) {
            keep();
        }
    }

    private void keep() {
        if (checkpoints == Checkpoints.NONE) {
            return; // and rows under way need not be waited for
        }
        recordUntilUnderWay(0);
        checkpoints.keep(solver.step(), runs::standing);
        kept = solver.step();
        nextCheckpoint = checkpoints.next(kept);
    }

    /** Whether {@code target} was reached without an interrupt. */
    private boolean advanceTo(long target) {
        while (solver.step() < target && active()) {
            if (listener.interrupted()) {
                return false;
            }
            long until = Math.min(target, nextCheckpoint);
            solver.advance(Math.min(until - solver.step(), solver.stepsPerCheck()));
            long settled = solver.settled(); // asked first: what is finite later was so then
            check(solver.finite(), settled);
            listener.progress(settled);
            recordArrived();
            if (solver.step() < target && active()) {
                keepIfDue();
            }
        }
        return true;
    }

    private void check(boolean[] finite, long settled) {
        for (int run = 0; run < finite.length; run++) {
            if (finite[run]) {
                runs.knownFinite(run, settled);
            } else if (runs.isActive(run)) {
                recordUntilUnderWay(0); // rows from before the divergence
                if (runs.isActive(run)) {
                    diverged(run, solver.step());
                }
            }
        }
    }

    private void measure() {
        recordUntilUnderWay(Math.max(allowedUnderWay - 1, 0));
        underWay.add(solver.measure());
        recordUntilUnderWay(allowedUnderWay);
    }

    private void recordUntilUnderWay(int most) {
        while (underWay.size() > most) {
            record(Futures.await(underWay.remove()));
        }
    }

    private void recordArrived() {
        while (!underWay.isEmpty() && underWay.element().isDone()) {
            record(Futures.await(underWay.remove()));
        }
    }

    private void record(State state) {
        for (int run = 0; run < solver.runs(); run++) {
            if (runs.isActive(run) && isFinite(state, run)) {
                fillRow(state, run);
                listener.row(run, state, values);
                Supplier<Matrix> previous = runs.row(run, state.step(), state.keptProduct(run));
                Optional<String> reason = stopRule.reason(state, run, previous);
                if (reason.isPresent()) {
                    end(run, new Outcome(Status.STOPPED, state.step(), reason.get()));
                }
            } else if (runs.isActive(run)) {
                diverged(run, state.step());
            }
        }
    }

    private void fillRow(State state, int run) {
        int at = 0;
        for (Observer observer : observers) {
            observer.observe(state, run, values, at);
            at += observer.columns().size();
        }
    }

    private static boolean isFinite(State state, int run) {
        return Double.isFinite(state.loss(run))
                && Arrays.stream(state.singularValues(run)).allMatch(Double::isFinite);
    }

    private void diverged(int run, long noticed) {
        end(run, runs.divergence(run, noticed));
    }

    private void end(Status status, String reason) {
        for (int run = 0; run < solver.runs(); run++) {
            if (runs.isActive(run)) {
                runs.end(run, new Outcome(status, solver.step(), reason));
            }
        }
    }

    private void end(int run, Outcome outcome) {
        runs.end(run, outcome);
        solver.freeze(run);
    }

    private boolean active() {
        return runs.active();
    }
}
