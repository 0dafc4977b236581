package org.gradus.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gradus.backend.Backend;
import org.gradus.backend.ForwardingBackend;
import org.gradus.backend.openblas.OpenBlasBackend;
import org.gradus.backend.reference.ReferenceBackend;
import org.junit.jupiter.api.Test;

/** What is measured, left out, announced and compared. */
final class BenchmarkTest {
    private static final Settings QUICK = new Settings(2, 2, 0.002, 60);

    private static final class Notes implements Benchmark.Watcher {
        final List<Measured> measured = new ArrayList<>();
        final List<String> leftOut = new ArrayList<>();
        int cells;
        double seconds;
        boolean stop;

        @Override
        public void announced(int count, double within) {
            cells = count;
            seconds = within;
        }

        @Override
        public void opened(String name, Backend backend) {}

        @Override
        public void begins(Cell cell) {}

        @Override
        public void measured(Measured found) {
            measured.add(found);
        }

        @Override
        public void leftOut(Cell cell, String reason) {
            leftOut.add(reason);
        }

        @Override
        public boolean interrupted() {
            return stop;
        }
    }

    private static Cell cell(SolverKind solver, int depth, int n, int runs) {
        return new Cell(solver, "cpu", Arithmetic.FLOAT64, depth, n, runs);
    }

    private static Notes measure(Settings settings, Benchmark.Opener opener, Cell... cells) {
        Notes notes = new Notes();
        new Benchmark(List.of(cells), settings, opener, notes).run();
        return notes;
    }

    private static Backend cpu(String name, Arithmetic arithmetic, int threads) {
        return new OpenBlasBackend(threads);
    }

    @Test
    void everyCellIsMeasuredWithinTheTimeThatWasAnnounced() {
        long start = System.nanoTime();
        Notes notes = measure(
                QUICK,
                BenchmarkTest::cpu,
                cell(SolverKind.DENSE, 1, 5, 1),
                cell(SolverKind.DENSE, 3, 20, 3),
                cell(SolverKind.SUBSPACE, 3, 40, 1),
                cell(SolverKind.MODES, 4, 30, 2));
        assertTrue((System.nanoTime() - start) / 1e9 < notes.seconds, notes.seconds + " s announced");
        assertEquals(4, notes.cells);
        assertEquals(4, notes.measured.size());
        assertEquals(List.of(), notes.leftOut);
        Measured dense = notes.measured.get(1);
        assertTrue(dense.stepSeconds()[1] > 0 && dense.recordSeconds()[0] > 0 && dense.recordSeconds()[1] > 0);
        assertEquals(dense.cell().operationsPerStep() / dense.stepSeconds()[1], dense.stepRate());
        assertTrue(dense.fraction() > 0 && dense.memoryBytes() > 9L * 20 * 20 * 8, dense.toString());
        assertTrue(Double.isNaN(notes.measured.get(3).stepRate()));
        assertEquals(0, notes.measured.get(3).memoryBytes());
    }

    @Test
    void whatWouldEndAfterTheLimitIsLeftOut() {
        Settings hurried = new Settings(2, 2, 0.002, 1);
        Notes notes = measure(hurried, BenchmarkTest::cpu, cell(SolverKind.DENSE, 3, 3_000, 1));
        assertEquals(1, notes.seconds);
        assertTrue(notes.measured.isEmpty());
        assertTrue(notes.leftOut.get(0).matches("would take \\d+ s, but \\d+ s are left"), notes.leftOut::toString);
    }

    @Test
    void whatDoesNotFitTheMemoryIsLeftOutWithFigures() {
        Notes notes = measure(
                QUICK,
                (name, arithmetic, threads) -> new Small(),
                cell(SolverKind.DENSE, 3, 100, 1),
                cell(SolverKind.DENSE, 3, 4, 1));
        assertEquals(1, notes.measured.size());
        assertEquals(1, notes.cells);
        assertTrue(notes.leftOut.get(0).matches("needs .* MiB, but 100.0 KiB are available"), notes.leftOut::toString);
    }

    private static final class Small extends ForwardingBackend {
        @Override
        public long availableBytes() {
            return 100 << 10;
        }
    }

    @Test
    void anInterruptEndsItBeforeTheNextCell() {
        Notes notes = new Notes();
        notes.stop = true;
        new Benchmark(
                        List.of(cell(SolverKind.DENSE, 3, 4, 1)),
                        QUICK,
                        (name, arithmetic, threads) -> new ReferenceBackend(),
                        notes)
                .run();
        assertTrue(notes.measured.isEmpty());
    }

    private static Map<String, Object> result(int n, double median, double spread) {
        Map<String, Object> sample =
                Map.of("median", median, "quartile_1", median - spread, "quartile_3", median + spread);
        Map<String, Object> cell = cell(SolverKind.DENSE, 3, n, 1).key();
        cell.put("step_seconds", sample);
        cell.put("record_seconds", Map.of("median", 2.0));
        return Map.of("cells", List.of(cell));
    }

    @Test
    void aComparisonHasTheRatioOfTheSecondToTheFirst() {
        Comparison comparison = new Comparison(result(8, 2, 0.1), result(8, 1, 0.1));
        assertEquals(
                List.of(new Comparison.Ratio("dense, cpu, float64, N = 3, n = 8, 1 runs", 0.5, 1, true)),
                comparison.ratios());
        assertEquals(
                false,
                new Comparison(result(8, 2, 0.6), result(8, 1, 0.6))
                        .ratios()
                        .get(0)
                        .clear());
    }

    @Test
    void cellsThatOnlyOneHasAreNamed() {
        Comparison comparison = new Comparison(result(8, 2, 0.1), result(9, 1, 0.1));
        assertEquals(List.of(), comparison.ratios());
        assertEquals(List.of("dense, cpu, float64, N = 3, n = 8, 1 runs"), comparison.onlyFirst());
        assertEquals(List.of("dense, cpu, float64, N = 3, n = 9, 1 runs"), comparison.onlySecond());
    }

    @Test
    void whatIsNoResultIsRefused() {
        Map<String, Object> good = result(8, 1, 0.1);
        for (Map<String, Object> bad : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("cells", 1),
                Map.of("cells", List.of(1)),
                Map.of("cells", List.of(cell(SolverKind.DENSE, 3, 8, 1).key())))) {
            assertThrows(Comparison.MalformedException.class, () -> new Comparison(good, bad), bad::toString);
        }
    }
}
