package org.gradus.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.dynamics.Outcome.Status;
import org.gradus.experiment.ConfigException;
import org.gradus.linalg.Matrix;
import org.gradus.store.MatrixFile;
import org.gradus.store.StoreException;
import org.gradus.store.Trajectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionTest {
    private static final Experiment SMALL = Experiment.ofYaml("""
            problem:
              target: {synthetic: {rows: 24, columns: 24, spectrum: [3, 2, 1], symmetric: true}}
            factors: {depth: 3, initialization: {kind: gaussian, scale: 0.3, seed: 1}}
            descent: {step-size: 0.01, steps: 300}
            record: {steps: {every: 10}, factors: true, products: [0, 7]}
            compute: {backend: cpu, threads: 2}
            """);

    @TempDir
    private Path folder;

    private static void assertSameBits(Result expected, Result found) {
        assertEquals(expected.outcome(), found.outcome());
        assertEquals(expected.table().columns(), found.table().columns());
        for (String column : expected.table().columns()) {
            assertArrayEquals(expected.column(column), found.column(column), column);
        }
        assertEquals(expected.product(), found.product());
        assertEquals(expected.factors(), found.factors());
        assertEquals(expected.products(), found.products());
    }

    @Test
    void inMemoryIsWhatARunDirectoryHoldsToTheBit() {
        Result result = SMALL.run();
        Path run = folder.resolve("run");
        assertEquals(result.outcome(), SMALL.runInto(run, Watch.NOBODY));
        Trajectory table = Trajectory.read(run.resolve("trajectory.csv"));
        assertEquals(table.columns(), result.table().columns());
        for (String column : table.columns()) {
            assertArrayEquals(table.column(column), result.column(column), column);
        }
        assertEquals(Optional.of(MatrixFile.read(run.resolve("product.npy"))), result.product());
        for (int j = 1; j <= 3; j++) {
            assertEquals(
                    MatrixFile.read(run.resolve("factors/W_" + j + ".npy")),
                    result.factors().get(j - 1));
        }
        assertEquals(
                MatrixFile.read(run.resolve("products/step_000000007.npy")),
                result.products().get(7L));
        assertEquals(32, result.singularValues().length);
        assertEquals(result.column("sigma_24")[31], result.singularValues()[31][23]);
    }

    @Test
    void runsInSeveralThreadsAtOnceGiveTheBitsOfOneAfterTheOther() throws Exception {
        List<Experiment> experiments = new ArrayList<>();
        for (int seed = 1; seed <= 3; seed++) {
            experiments.add(SMALL.with("factors.initialization.seed=" + seed));
        }
        experiments.add(SMALL.with("factors.initialization={kind: identical, scale: 0.2}"));
        experiments.add(SMALL.with(
                "problem.kind=sensing",
                "problem.operators={gaussian: {count: 400, seed: 5}}",
                "descent.step-size=auto"));
        List<Result> alone = experiments.stream().map(Experiment::run).toList();
        ExecutorService executor = Executors.newFixedThreadPool(experiments.size());
        try {
            CyclicBarrier together = new CyclicBarrier(experiments.size());
            List<Future<Result>> runs = new ArrayList<>();
            for (Experiment experiment : experiments) {
                runs.add(executor.submit(() -> {
                    try (Session session = experiment.open()) {
                        together.await();
                        return session.run(Watch.NOBODY);
                    }
                }));
            }
            for (int i = 0; i < runs.size(); i++) {
                assertSameBits(alone.get(i), runs.get(i).get());
            }
        } finally {
            executor.shutdown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{plateau: 1}", "{rank: 2}", "{loss: 0.5}"})
    void aSessionRunsAgainFromTheStart(String stop) {
        try (Session session =
                SMALL.with("descent.steps=3000", "descent.stop=" + stop).open()) {
            assertSameBits(session.run(Watch.NOBODY), session.run(Watch.NOBODY));
        }
    }

    @Test
    void theWatchIsToldOfRowsAndStepsAndEndsTheRunInOrder() {
        List<Long> rows = new ArrayList<>();
        List<Long> steps = new ArrayList<>();
        Result result = SMALL.run(Watch.rows((step, loss, rank) -> rows.add(step))
                .progress(steps::add)
                .until(() -> rows.size() >= 5));
        assertEquals(Status.INTERRUPTED, result.outcome().status());
        assertEquals(List.of(0L, 7L, 10L, 20L, 30L), rows);
        assertEquals(5, result.table().rows());
        assertTrue(result.product().orElseThrow().isFinite());
        assertEquals(3, result.factors().size());
        assertFalse(steps.isEmpty());
    }

    @Test
    void whatAListenerThrowsEndsTheRunAndReachesTheCaller() {
        IllegalStateException thrown = new IllegalStateException("enough");
        Watch watch = Watch.rows((step, loss, rank) -> {
            if (step > 0) {
                throw thrown;
            }
        });
        assertSame(thrown, assertThrows(IllegalStateException.class, () -> SMALL.run(watch)));
        assertEquals(Status.DONE, SMALL.run().outcome().status());
    }

    @Test
    void divergenceIsAnOutcomeWithItsFiniteRows() {
        Result result = SMALL.with("descent.step-size=50").run();
        assertEquals(Status.DIVERGED, result.outcome().status());
        assertTrue(result.table().rows() > 0);
        assertTrue(result.product().map(Matrix::isFinite).orElseThrow());
        assertEquals(List.of(), result.factors());
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference", "cpu"})
    void aBackendOfTheCallersStaysOpen(String name) {
        try (Backend backend = Session.select(
                        SMALL.with("compute.backend=" + name).config().compute())
                .backend()) {
            Result first;
            try (Session session = Session.on(backend, SMALL.config())) {
                first = session.run(Watch.NOBODY);
            }
            try (Session session = Session.on(backend, SMALL.config())) {
                assertSameBits(first, session.run(Watch.NOBODY));
                assertSame(backend, session.backend());
            }
        }
    }

    @Test
    void whereTheoryCoversTheStartItPredicts() {
        try (Session covered = SMALL.with("factors.initialization={kind: identical, scale: 0.1}")
                        .open();
                Session random = SMALL.open()) {
            assertEquals(3, covered.predict().orElseThrow().plateaus().size());
            assertEquals(Optional.empty(), random.predict());
        }
    }

    @Test
    void errorsAreThoseOfTheCommandsWithTheirPlace() {
        ConfigException key = assertThrows(
                ConfigException.class,
                () -> Experiment.ofYaml("problem:\n  kid: sensing\n").config());
        assertTrue(key.getMessage().startsWith("configuration:2: problem.kid: unknown key"), key.getMessage());
        ConfigException setting = assertThrows(
                ConfigException.class, () -> SMALL.with("descent.steps=-1").run());
        assertTrue(setting.getMessage().startsWith("--set descent.steps=-1: "), setting.getMessage());
        Path missing = folder.resolve("none.yaml");
        StoreException file =
                assertThrows(StoreException.class, () -> Experiment.of(missing).run());
        assertTrue(file.getMessage().startsWith(missing + ": does not exist"), file.getMessage());
        assertThrows(
                BackendException.class, () -> SMALL.with("compute.backend=cuda").run());
        Path run = folder.resolve("run");
        SMALL.runInto(run, Watch.NOBODY);
        StoreException taken = assertThrows(StoreException.class, () -> SMALL.runInto(run, Watch.NOBODY));
        assertTrue(taken.getMessage().contains("already holds a run"), taken.getMessage());
        assertTrue(Files.exists(run.resolve("product.npy")));
    }

    @Test
    void aWatchIsAskedOftenEnoughToStopWithinAStep() {
        AtomicInteger asked = new AtomicInteger();
        SMALL.run(Watch.NOBODY.until(() -> asked.incrementAndGet() > 100_000));
        assertTrue(asked.get() >= 30, "" + asked);
    }
}
