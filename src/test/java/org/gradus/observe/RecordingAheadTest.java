package org.gradus.observe;

import static org.gradus.observe.ScriptedSolver.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.gradus.backend.BackendException;
import org.gradus.dynamics.Outcome;
import org.gradus.dynamics.Outcome.Status;
import org.gradus.dynamics.State;
import org.gradus.linalg.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The recorder with measurements under way while the descent goes on. */
final class RecordingAheadTest {
    private static final List<Observer> COLUMNS = List.of(Observer.loss());

    private static final class Log implements Listener {
        final List<String> rows = new ArrayList<>();
        final List<Long> progress = new ArrayList<>();
        private final LaggingSolver solver;
        private final long interruptAt;

        Log(LaggingSolver solver, long interruptAt) {
            this.solver = solver;
            this.interruptAt = interruptAt;
        }

        @Override
        public void row(int run, State state, double[] values) {
            assertEquals((run + 1) / (state.step() + 1.0), values[0]);
            rows.add(run + "@" + state.step());
            solver.events.add("row " + run + "@" + state.step());
        }

        @Override
        public void progress(long step) {
            progress.add(step);
        }

        @Override
        public boolean interrupted() {
            return solver.step() >= interruptAt;
        }
    }

    private static Recorder recorder(LaggingSolver solver, long every, StopRule rule, Log log) {
        return new Recorder(solver, Schedule.every(every), COLUMNS, rule, log);
    }

    private static List<String> rows(int run, long every, long last) {
        return LongStream.iterate(0, step -> step <= last, step -> step + every)
                .mapToObj(step -> run + "@" + step)
                .toList();
    }

    /** Measurements that arrive at once, on the way, with the next one, and never unless they are waited for. */
    @ParameterizedTest
    @CsvSource({
        "0, 0", "1, 0", "2, 0", "0, 3", "1, 3", "2, 3", "0, 10", "1, 10", "2, 10", "1, 9999", "2, 9999", "5, 9999"
    })
    void rowsComeInOrderWithNoMoreUnderWayThanTheLookaheadAllows(int lookahead, long delay) {
        LaggingSolver solver = new LaggingSolver(3, lookahead, 2, delay, NEVER, NEVER);
        Log log = new Log(solver, NEVER);
        Recorder recorder = recorder(solver, 10, StopRule.never(), log);
        List<Outcome> outcomes = recorder.run(100);
        assertEquals(rows(0, 10, 100), log.rows);
        assertEquals(List.of(new Outcome(Status.DONE, 100, "all 100 steps were carried out")), outcomes);
        assertEquals(Matrix.scaledIdentity(2, 1 / 101.0), recorder.lastProduct(0));
        assertEquals(delay > 10 ? Math.max(lookahead, 1) : 1, solver.mostUnderWay);
    }

    @Test
    void theDescentGoesOnWhileTwoMeasurementsAreUnderWay() {
        LaggingSolver solver = new LaggingSolver(100, 2, 0, 9_999, NEVER, NEVER);
        recorder(solver, 10, StopRule.never(), new Log(solver, NEVER)).run(30);
        assertEquals(
                List.of(
                        "measure 0",
                        "to 10",
                        "measure 10",
                        "to 20",
                        "wait for 0",
                        "row 0@0",
                        "measure 20",
                        "to 30",
                        "wait for 10",
                        "row 0@10",
                        "measure 30",
                        "wait for 20",
                        "row 0@20",
                        "wait for 30",
                        "row 0@30"),
                solver.events);
    }

    @Test
    void rowsThatHaveArrivedAreRecordedBetweenChecks() {
        LaggingSolver solver = new LaggingSolver(2, 2, 0, 3, NEVER, NEVER);
        recorder(solver, 10, StopRule.never(), new Log(solver, NEVER)).run(10);
        assertEquals(List.of("measure 0", "to 2", "to 4", "row 0@0", "to 6"), solver.events.subList(0, 5));
    }

    @Test
    void progressIsWhatHasSettled() {
        LaggingSolver solver = new LaggingSolver(4, 2, 5, 0, NEVER, NEVER);
        Log log = new Log(solver, NEVER);
        recorder(solver, 12, StopRule.never(), log).run(16);
        assertEquals(List.of(0L, 3L, 7L, 11L), log.progress);
    }

    @Test
    void aStopThatOnlyARowCanTellIsNotRunPast() {
        LaggingSolver solver = new LaggingSolver(100, 2, 0, 9_999, NEVER, NEVER);
        Log log = new Log(solver, NEVER);
        StopRule rule = StopRule.at(1_000, "far").or(StopRule.anyOf(OptionalDouble.of(0.06), OptionalDouble.empty()));
        List<Outcome> outcomes = recorder(solver, 10, rule, log).run(100);
        assertEquals(List.of("0@0", "0@10", "0@20"), log.rows);
        assertEquals(Status.STOPPED, outcomes.get(0).status());
        assertEquals(20, outcomes.get(0).step());
        assertEquals(20, solver.step());
        assertEquals(1, solver.mostUnderWay);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 5, 20, 24})
    void aStopAtAStepKnownBeforehandIsRunTowardsAheadAndNotPast(long stop) {
        LaggingSolver solver = new LaggingSolver(100, 2, 0, 9_999, NEVER, NEVER);
        Log log = new Log(solver, NEVER);
        StopRule rule = StopRule.never().or(StopRule.at(stop, "the middle"));
        List<Outcome> outcomes = recorder(solver, 10, rule, log).run(100);
        Outcome stopped = new Outcome(Status.STOPPED, stop, "step " + stop + " is the middle");
        assertEquals(List.of(stopped), outcomes);
        assertEquals(stop, solver.step());
        assertEquals("0@" + stop, log.rows.get(log.rows.size() - 1));
        assertEquals(stop == 0 ? 1 : 2, solver.mostUnderWay);
    }

    @Test
    void rowsFromBeforeADivergenceAreRecordedFirst() {
        // at 24 steps 21 have settled, and the numbers of step 21 are not finite; of 20 it is known by its row only
        LaggingSolver solver = new LaggingSolver(4, 2, 3, 9_999, NEVER, 21, NEVER);
        Log log = new Log(solver, NEVER);
        List<Outcome> outcomes = recorder(solver, 10, StopRule.never(), log).run(40);
        assertEquals(
                rows(0, 10, 20),
                log.rows.stream().filter(row -> row.startsWith("0")).toList());
        assertEquals(
                rows(1, 10, 40),
                log.rows.stream().filter(row -> row.startsWith("1")).toList());
        assertEquals(
                new Outcome(Status.DIVERGED, 24, "numbers were no longer finite between steps 21 and 24"),
                outcomes.get(0));
        assertEquals(Status.DONE, outcomes.get(1).status());
        assertEquals(List.of(0), solver.frozen());
    }

    @Test
    void aDivergenceBetweenTwoMeasurementsUnderWayEndsTheRunAtTheSecond() {
        // noticed at 28, when 16 steps have settled; of the rows under way that of 20 is not finite either
        LaggingSolver solver = new LaggingSolver(4, 2, 12, 9_999, NEVER, 15);
        Log log = new Log(solver, NEVER);
        List<Outcome> outcomes = recorder(solver, 10, StopRule.never(), log).run(100);
        assertEquals(List.of("0@0", "0@10"), log.rows);
        assertEquals(
                List.of(new Outcome(Status.DIVERGED, 20, "numbers were no longer finite between steps 13 and 20")),
                outcomes);
        assertEquals(28, solver.step());
        assertEquals(List.of(0), solver.frozen());
    }

    @Test
    void theLastStepsThatSettleBeforeADivergenceAreItsLowerBound() {
        LaggingSolver solver = new LaggingSolver(4, 2, 4, 9_999, NEVER, 15);
        List<Outcome> outcomes =
                recorder(solver, 100, StopRule.never(), new Log(solver, NEVER)).run(100);
        assertEquals(
                List.of(new Outcome(Status.DIVERGED, 20, "numbers were no longer finite between steps 13 and 20")),
                outcomes);
    }

    @Test
    void aDivergenceThatOnlyARowShowsHasNoLaterRows() {
        // nothing settles before the end
        LaggingSolver solver = new LaggingSolver(100, 2, 9_999, 9_999, NEVER, 15, NEVER);
        Log log = new Log(solver, NEVER);
        List<Outcome> outcomes = recorder(solver, 10, StopRule.never(), log).run(40);
        assertEquals(
                rows(0, 10, 10),
                log.rows.stream().filter(row -> row.startsWith("0")).toList());
        assertEquals(
                rows(1, 10, 40),
                log.rows.stream().filter(row -> row.startsWith("1")).toList());
        assertEquals(
                new Outcome(Status.DIVERGED, 20, "numbers were no longer finite between steps 11 and 20"),
                outcomes.get(0));
    }

    @Test
    void anInterruptRecordsWhatIsUnderWayAndNothingElse() {
        LaggingSolver solver = new LaggingSolver(4, 2, 0, 9_999, NEVER, NEVER);
        Log log = new Log(solver, 14);
        List<Outcome> outcomes = recorder(solver, 10, StopRule.never(), log).run(100);
        assertEquals(List.of("0@0", "0@10"), log.rows);
        assertEquals(List.of(new Outcome(Status.INTERRUPTED, 14, "asked to stop after step 14")), outcomes);
        assertEquals(14, solver.step());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aMeasurementThatFailsEndsTheRunWithItsCause(int lookahead) {
        LaggingSolver solver = new LaggingSolver(4, lookahead, 0, 9_999, 20, NEVER);
        Log log = new Log(solver, NEVER);
        Recorder recorder = recorder(solver, 10, StopRule.never(), log);
        BackendException thrown = assertThrows(BackendException.class, () -> recorder.run(100));
        assertEquals("the device is lost", thrown.getMessage());
        assertEquals(List.of("0@0", "0@10"), log.rows);
        assertFalse(solver.step() > 40);
    }
}
