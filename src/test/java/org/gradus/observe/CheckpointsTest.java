package org.gradus.observe;

import static org.gradus.observe.ScriptedSolver.NEVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.gradus.dynamics.Outcome;
import org.gradus.dynamics.Outcome.Status;
import org.gradus.dynamics.Solver;
import org.gradus.dynamics.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a recorder has checkpoints written, what they hold, and that another goes on from any of them as if nothing had been. */
final class CheckpointsTest {
    private static final List<Observer> COLUMNS = List.of(Observer.loss(), Observer.ranks());

    /** Keeps rows and standings; due by time once for every step in a list that has been passed. */
    private static final class Log implements Listener, Checkpoints {
        final List<String> rows = new ArrayList<>();
        final TreeMap<Long, List<Standing>> kept = new TreeMap<>();
        final List<String> events = new ArrayList<>();
        private final Schedule steps;
        private final List<Long> seconds;
        private final int runs;
        private long reached;
        private long interruptAt = NEVER;

        Log(Solver solver, Schedule steps, Long... seconds) {
            this.steps = steps;
            this.seconds = new ArrayList<>(List.of(seconds));
            runs = solver.runs();
        }

        @Override
        public void row(int run, State state, double[] values) {
            rows.add(run + "@" + state.step() + "=" + values[0]);
            events.add("row " + state.step());
        }

        @Override
        public void progress(long step) {
            reached = step;
        }

        @Override
        public boolean interrupted() {
            return reached >= interruptAt;
        }

        @Override
        public long next(long step) {
            return steps.next(step);
        }

        @Override
        public boolean due() {
            return !seconds.isEmpty() && reached >= seconds.get(0);
        }

        @Override
        public void keep(long step, IntFunction<Standing> standings) {
            seconds.removeIf(second -> second <= reached);
            kept.put(step, IntStream.range(0, runs).mapToObj(standings).toList());
            events.add("keep " + step);
        }
    }

    private static final Schedule NO_STEPS = step -> Schedule.NEVER;

    private static StopRule noStop() {
        return StopRule.anyOf(OptionalDouble.empty(), OptionalDouble.empty());
    }

    private static Recorder recorder(Solver solver, Schedule schedule, StopRule rule, Log log) {
        return new Recorder(solver, schedule, COLUMNS, rule, log, log);
    }

    @Test
    void oneIsWrittenAtEveryMultipleAndAfterTheRowOfItsStep() {
        ScriptedSolver solver = new ScriptedSolver(1000, true, NEVER);
        Log log = new Log(solver, Schedule.every(6));
        recorder(solver, Schedule.every(4), noStop(), log).run(16);
        assertEquals(
                List.of("row 0", "row 4", "keep 6", "row 8", "row 12", "keep 12", "row 16", "keep 16"), log.events);
        assertEquals(4, log.kept.get(6L).get(0).lastRow());
        assertEquals(12, log.kept.get(12L).get(0).lastRow());
    }

    @Test
    void oneIsWrittenBetweenTwoPiecesOfWorkWhenTimeHasPassedAndNoPieceIsCutForIt() {
        ScriptedSolver solver = new ScriptedSolver(3, true, NEVER);
        Log log = new Log(solver, NO_STEPS, 4L, 9L);
        recorder(solver, Schedule.every(10), noStop(), log).run(20);
        assertEquals(List.of("row 0", "keep 6", "keep 9", "row 10", "row 20", "keep 20"), log.events);
        assertEquals(List.of(3L, 3L, 3L, 1L, 3L, 3L, 3L, 1L), solver.advances);
    }

    @Test
    void aLastRowThatIsThereOnlyBecauseTheRunEndsComesAfterTheLastCheckpoint() {
        ScriptedSolver solver = new ScriptedSolver(1000, true, NEVER);
        Log log = new Log(solver, NO_STEPS);
        recorder(solver, Schedule.every(4), noStop(), log).run(10);
        assertEquals(List.of("row 0", "row 4", "row 8", "keep 10", "row 10"), log.events);
        assertEquals(8, log.kept.get(10L).get(0).lastRow());
    }

    @Test
    void anInterruptedRunCanGoOnAndARunThatHasStoppedCannot() {
        ScriptedSolver solver = new ScriptedSolver(3, true, NEVER, NEVER);
        Log log = new Log(solver, NO_STEPS);
        log.interruptAt = 12;
        StopRule rule = StopRule.anyOf(OptionalDouble.of(0.1), OptionalDouble.empty());
        List<Outcome> outcomes = recorder(solver, Schedule.every(5), rule, log).run(100);
        assertEquals(Status.STOPPED, outcomes.get(0).status());
        assertEquals(Status.INTERRUPTED, outcomes.get(1).status());
        List<Standing> kept = log.kept.get(13L);
        assertEquals(Status.STOPPED, kept.get(0).outcome().orElseThrow().status());
        assertTrue(kept.get(1).outcome().isEmpty());
        assertEquals(10, kept.get(1).lastRow());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void nothingIsBeingMeasuredWhenOneIsWritten(int lookahead) {
        LaggingSolver solver = new LaggingSolver(2, lookahead, 4, 40, NEVER, NEVER);
        Log log = new Log(solver, Schedule.every(7));
        recorder(solver, Schedule.every(5), StopRule.never(), log).run(20);
        assertEquals(
                List.of("row 0", "row 5", "keep 7", "row 10", "keep 14", "row 15", "row 20", "keep 20"), log.events);
    }

    /** The solver's loss after k updates is 1/(k+1) of run 0, 2/(k+1) of run 1; run 0 diverges or not. */
    @ParameterizedTest
    @CsvSource({"none, 9223372036854775807", "none, 17", "loss, 9223372036854775807", "change, 30", "plateau, 9"})
    void fromAnyCheckpointTheSameRowsAndOutcomesFollow(String stop, long divergesAt) {
        ScriptedSolver whole = new ScriptedSolver(4, true, divergesAt, NEVER);
        Log log = new Log(whole, Schedule.every(3), 10L);
        List<Outcome> outcomes =
                recorder(whole, Schedule.geometric(1.2), rule(stop), log).run(47);
        assertTrue(log.kept.size() > 1 && (!stop.equals("none") || log.kept.size() > 15), log.kept::toString);
        log.kept.forEach((step, standings) -> {
            ScriptedSolver solver = new ScriptedSolver(4, true, divergesAt, NEVER);
            Log rest = new Log(solver, Schedule.every(3));
            solver.restore(step, (run, index) -> new double[0]);
            StopRule rule = rule(stop);
            for (int run = 0; run < 2; run++) {
                double[] steps = earlier(log, run, standings.get(run).lastRow());
                double[] ranks = new double[steps.length];
                Arrays.fill(ranks, 1.5);
                rule.recall(run, () -> new StopRule.Rows(steps, ranks));
            }
            Recorder recorder = recorder(solver, Schedule.geometric(1.2), rule, rest);
            recorder.restore(standings);
            assertEquals(outcomes, recorder.run(47), "from " + step);
            List<String> all = new ArrayList<>(log.rows.stream()
                    .filter(row -> step(row) <= standings.get(run(row)).lastRow())
                    .toList());
            all.addAll(rest.rows);
            assertEquals(log.rows, all, "from " + step);
        });
    }

    private static long step(String row) {
        return Long.parseLong(row.substring(row.indexOf('@') + 1, row.indexOf('=')));
    }

    private static int run(String row) {
        return Integer.parseInt(row.substring(0, 1));
    }

    private static double[] earlier(Log log, int run, long last) {
        return log.rows.stream()
                .filter(row -> run(row) == run && step(row) <= last)
                .mapToDouble(CheckpointsTest::step)
                .toArray();
    }

    private static StopRule rule(String name) {
        return switch (name) {
            case "loss" -> StopRule.anyOf(OptionalDouble.of(0.05), OptionalDouble.empty());
            case "change" -> StopRule.anyOf(OptionalDouble.empty(), OptionalDouble.of(0.1));
            case "plateau" -> StopRule.plateau(1);
            default -> noStop();
        };
    }
}
