package org.gradus.observe;

import static org.gradus.observe.ScriptedSolver.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.gradus.dynamics.Outcome;
import org.gradus.dynamics.Outcome.Status;
import org.gradus.dynamics.State;
import org.gradus.linalg.Matrix;
import org.junit.jupiter.api.Test;

final class RecorderTest {
    private static final List<Observer> COLUMNS = List.of(Observer.loss(), Observer.ranks());
    private static final StopRule NO_STOP = StopRule.anyOf(OptionalDouble.empty(), OptionalDouble.empty());

    /** Keeps rows as "run@step", and interrupts once the descent has come to a step. */
    private static final class Log implements Listener {
        final List<String> rows = new ArrayList<>();
        final List<Long> progress = new ArrayList<>();
        private final long interruptAt;
        private long reached;

        Log(long interruptAt) {
            this.interruptAt = interruptAt;
        }

        @Override
        public void row(int run, State state, double[] values) {
            rows.add(run + "@" + state.step());
            assertEquals(state.loss(run), values[0]);
            assertEquals(1.5, values[1], 1e-15);
            assertEquals(7, values.length);
        }

        @Override
        public void progress(long step) {
            progress.add(step);
            reached = step;
        }

        @Override
        public boolean interrupted() {
            return reached >= interruptAt;
        }
    }

    private static Recorder recorder(ScriptedSolver solver, Schedule schedule, StopRule rule, Log log) {
        return new Recorder(solver, schedule, COLUMNS, rule, log);
    }

    @Test
    void theFirstAndTheLastStepAreAlwaysRecorded() {
        ScriptedSolver solver = new ScriptedSolver(1000, true, NEVER);
        Log log = new Log(NEVER);
        Recorder recorder = recorder(solver, Schedule.every(4), NO_STOP, log);
        assertNull(recorder.lastProduct(0));
        List<Outcome> outcomes = recorder.run(10);
        assertEquals(List.of("0@0", "0@4", "0@8", "0@10"), log.rows);
        assertEquals(List.of(new Outcome(Status.DONE, 10, "all 10 steps were carried out")), outcomes);
        assertEquals(Matrix.scaledIdentity(2, 1 / 11.0), recorder.lastProduct(0));
        assertEquals(List.of(), solver.frozen);
    }

    @Test
    void aLastStepThatIsScheduledIsRecordedOnce() {
        Log log = new Log(NEVER);
        recorder(new ScriptedSolver(1000, true, NEVER), Schedule.every(5), NO_STOP, log)
                .run(10);
        assertEquals(List.of("0@0", "0@5", "0@10"), log.rows);
    }

    @Test
    void noStepsLeaveTheFirstRow() {
        Log log = new Log(NEVER);
        List<Outcome> outcomes = recorder(new ScriptedSolver(10, true, NEVER), Schedule.every(1), NO_STOP, log)
                .run(0);
        assertEquals(List.of("0@0"), log.rows);
        assertEquals(Status.DONE, outcomes.get(0).status());
    }

    @Test
    void workIsCutWhereTheSolverWantsToBeChecked() {
        ScriptedSolver solver = new ScriptedSolver(3, true, NEVER);
        Log log = new Log(NEVER);
        recorder(solver, Schedule.listed(List.of(7L)), NO_STOP, log).run(11);
        assertEquals(List.of(3L, 3L, 1L, 3L, 1L), solver.advances);
        assertEquals(List.of(3L, 6L, 7L, 10L, 11L), log.progress);
    }

    @Test
    void anInterruptAddsNoRow() {
        ScriptedSolver solver = new ScriptedSolver(3, true, NEVER, NEVER);
        Log log = new Log(6);
        Recorder recorder = recorder(solver, Schedule.every(5), NO_STOP, log);
        List<Outcome> outcomes = recorder.run(100);
        assertEquals(List.of("0@0", "1@0", "0@5", "1@5"), log.rows);
        Outcome interrupted = new Outcome(Status.INTERRUPTED, 8, "asked to stop after step 8");
        assertEquals(List.of(interrupted, interrupted), outcomes);
        assertEquals(8, solver.step());
        assertEquals(Matrix.scaledIdentity(2, 2 / 6.0), recorder.lastProduct(1));
    }

    @Test
    void anInterruptBeforeTheFirstStepKeepsTheFirstRow() {
        Log log = new Log(0);
        List<Outcome> outcomes = recorder(new ScriptedSolver(3, true, NEVER), Schedule.every(5), NO_STOP, log)
                .run(100);
        assertEquals(List.of("0@0"), log.rows);
        assertEquals(List.of(new Outcome(Status.INTERRUPTED, 0, "asked to stop after step 0")), outcomes);
    }

    @Test
    void aDivergenceBetweenRowsEndsTheRunWithoutARow() {
        ScriptedSolver solver = new ScriptedSolver(3, true, 8);
        Log log = new Log(NEVER);
        Recorder recorder = recorder(solver, Schedule.every(6), NO_STOP, log);
        List<Outcome> outcomes = recorder.run(100);
        assertEquals(List.of("0@0", "0@6"), log.rows);
        assertEquals(
                List.of(new Outcome(Status.DIVERGED, 9, "numbers were no longer finite between steps 7 and 9")),
                outcomes);
        assertEquals(9, solver.step());
        assertEquals(List.of(0), solver.frozen);
        assertEquals(Matrix.scaledIdentity(2, 1 / 7.0), recorder.lastProduct(0));
    }

    @Test
    void aDivergenceSeenInTheStateOnlyGetsNoRowEither() {
        ScriptedSolver solver = new ScriptedSolver(1, false, 4, NEVER);
        Log log = new Log(NEVER);
        List<Outcome> outcomes =
                recorder(solver, Schedule.every(2), NO_STOP, log).run(6);
        assertEquals(List.of("0@0", "1@0", "0@2", "1@2", "1@4", "1@6"), log.rows);
        assertEquals(new Outcome(Status.DIVERGED, 4, "numbers were no longer finite at step 4"), outcomes.get(0));
        assertEquals(Status.DONE, outcomes.get(1).status());
    }

    @Test
    void aStartThatIsNotFiniteHasNoRowAtAll() {
        Log log = new Log(NEVER);
        Recorder recorder = recorder(new ScriptedSolver(1, true, 0), Schedule.every(2), NO_STOP, log);
        List<Outcome> outcomes = recorder.run(6);
        assertEquals(List.of(), log.rows);
        assertEquals(Status.DIVERGED, outcomes.get(0).status());
        assertEquals(0, outcomes.get(0).step());
        assertNull(recorder.lastProduct(0));
    }

    @Test
    void aStopIsTestedAtRowsOnlyAndItsRowIsTheLast() {
        ScriptedSolver solver = new ScriptedSolver(1, true, NEVER);
        Log log = new Log(NEVER);
        StopRule belowFifth = StopRule.anyOf(OptionalDouble.of(0.2), OptionalDouble.empty());
        List<Outcome> outcomes =
                recorder(solver, Schedule.every(3), belowFifth, log).run(100);
        assertEquals(List.of("0@0", "0@3", "0@6"), log.rows);
        assertEquals(List.of(new Outcome(Status.STOPPED, 6, "loss 0.142857 is at most 0.200000")), outcomes);
        assertEquals(6, solver.step());
    }

    /** Losses are (r + 1)/(k + 1): run 0 stops at 4, run 1 diverges at 6, run 2 interrupts nobody and goes to the end. */
    @Test
    void runsOfABatchEndEachInItsOwnWay() {
        ScriptedSolver solver = new ScriptedSolver(4, true, NEVER, 6, NEVER);
        Log log = new Log(NEVER);
        StopRule rule = StopRule.anyOf(OptionalDouble.of(0.2), OptionalDouble.empty());
        List<Outcome> outcomes = recorder(solver, Schedule.every(4), rule, log).run(12);
        assertEquals(List.of("0@0", "1@0", "2@0", "0@4", "1@4", "2@4", "2@8", "2@12"), log.rows);
        assertEquals(new Outcome(Status.STOPPED, 4, "loss 0.200000 is at most 0.200000"), outcomes.get(0));
        assertEquals(
                new Outcome(Status.DIVERGED, 8, "numbers were no longer finite between steps 5 and 8"),
                outcomes.get(1));
        assertEquals(new Outcome(Status.DONE, 12, "all 12 steps were carried out"), outcomes.get(2));
        assertEquals(List.of(0, 1), solver.frozen);
    }

    @Test
    void aBatchWhoseRunsHaveAllEndedIsNotCarriedOn() {
        ScriptedSolver solver = new ScriptedSolver(5, true, 3, 12);
        recorder(solver, Schedule.every(20), NO_STOP, new Log(NEVER)).run(1_000);
        assertEquals(15, solver.step());
        assertTrue(solver.frozen.containsAll(List.of(0, 1)));
    }

    @Test
    void theRelativeChangeIsTakenBetweenRows() {
        // at rows 0, 10, 20, … the loss, a multiple of the identity, is 1, 1/11, 1/21, 1/31: changes 10/11, 10/21,
        // 10/31
        ScriptedSolver solver = new ScriptedSolver(5, true, NEVER);
        StopRule rule = StopRule.anyOf(OptionalDouble.empty(), OptionalDouble.of(0.35));
        List<Outcome> outcomes =
                recorder(solver, Schedule.every(10), rule, new Log(NEVER)).run(1_000);
        assertEquals(
                List.of(new Outcome(Status.STOPPED, 30, "relative change 0.322581 is at most 0.350000")), outcomes);
    }
}
