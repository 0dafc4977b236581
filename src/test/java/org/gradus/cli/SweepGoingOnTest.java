package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.gradus.linalg.Matrix;
import org.gradus.store.JsonFile;
import org.gradus.store.NpyWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same command again. */
final class SweepGoingOnTest {
    private static final String[] SMALL = {
        "factors.initialization={kind: gaussian, scale: 0.3}",
        "record.factors=true",
        "compute.backend=cpu",
        "sweep={over: {factors.depth: [2, 3], factors.initialization.seed: [5, 6, 7]}}"
    };

    /** Of the second so many steps that a kill finds it running. */
    private static final String[] LONG = {
        "factors.initialization={kind: gaussian, scale: 0.3}",
        "record.steps={every: 50000}",
        "compute={backend: cpu, threads: 2}",
        "sweep={mode: zip, over: {descent.steps: [20, 400000, 30, 400000], factors.depth: [2, 3, 3, 3],"
                + " factors.initialization.seed: [1, 2, 3, 4]}}"
    };

    @TempDir
    private Path folder;

    private Cli cli;
    private SweepFiles sweep;
    private SweepFiles whole;

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        cli = new Cli(folder);
        sweep = new SweepFiles(cli, folder.resolve("sweep"), SMALL);
        whole = new SweepFiles(cli, folder.resolve("whole"), SMALL);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void killedAndGoneOnItHasTheBytesOfASweepThatRanThrough() throws Exception {
        SweepFiles killed = new SweepFiles(cli, folder.resolve("killed"), LONG);
        try (Fork fork = Fork.start(folder, "", List.of(), killed.arguments())) {
            fork.await(() -> Files.exists(killed.run(2).resolve("trajectory.csv"))
                    && killed.file("sweep.csv").toFile().length() > 0
                    && Files.exists(killed.run(1).resolve("manifest.json"))
                    && killed.status(1).equals("done"));
            fork.signal("KILL");
            assertEquals(137, fork.exit(10));
        }
        assertTrue(
                List.of("running", "done").containsAll(List.of(killed.status(1), killed.status(2))),
                "a run was killed");
        List<String> said = killed.sweep().done().err();
        assertTrue(said.stream().anyMatch(line -> line.matches("[1-3] of 4 runs are there already")), said::toString);
        SweepFiles through = new SweepFiles(cli, folder.resolve("through"), LONG);
        through.sweep().done();
        killed.assertSameAs(through);
    }

    /** Checkpoints every 10,000 steps, of batches that are killed at different steps. */
    @ParameterizedTest
    @CsvSource({"1, KILL", "2, KILL", "2, INT"})
    @DisabledOnOs(OS.WINDOWS)
    void halfDoneRunsGoOnFromTheirCheckpoints(int threads, String signal) throws Exception {
        String[] settings = {
            "factors.initialization={kind: gaussian, scale: 0.3}",
            "record={steps: {every: 25000}, checkpoint: {steps: 10000}, factors: true}",
            "compute={backend: cpu, threads: " + threads + "}",
            "descent.steps=150000",
            "sweep={over: {factors.depth: [2, 3], factors.initialization.seed: [1, 2, 3]}}"
        };
        SweepFiles stopped = new SweepFiles(cli, folder.resolve("stopped"), settings);
        try (Fork fork = Fork.start(folder, "", List.of(), stopped.arguments())) {
            fork.await(() -> Files.exists(stopped.run(1).resolve("checkpoints/step_000020000.checkpoint")));
            fork.signal(signal);
            fork.exit(20);
        }
        assertEquals(signal.equals("INT") ? "interrupted" : "running", stopped.status(1));
        List<String> said = stopped.sweep().done().err();
        assertTrue(
                said.stream()
                        .anyMatch(line ->
                                line.matches("0 of 6 runs are there already, [1-6] go(es)? on from checkpoints")),
                said::toString);
        SweepFiles through = new SweepFiles(cli, folder.resolve("through"), settings);
        through.sweep().done();
        stopped.assertSameAs(through);
        Map<?, ?> again = (Map<?, ?>) ((List<?>)
                        JsonFile.read(stopped.run(1).resolve("manifest.json")).get("resumed"))
                .get(0);
        assertTrue(((Number) again.get("step")).longValue() >= 10_000, again::toString);
        assertTrue(again.get("command").toString().startsWith("gradus sweep "), again::toString);
    }

    @Test
    void aRunWhoseInputHasChangedSinceIsNotMixedWithNewOnes() throws IOException {
        NpyWriter.write(folder.resolve("a.npy"), Matrix.scaledIdentity(3, 2));
        SweepFiles read = new SweepFiles(
                cli, folder.resolve("read"), "problem.target={file: a.npy}", "sweep={over: {factors.depth: [2, 3]}}");
        read.sweep().done();
        NpyWriter.write(folder.resolve("a.npy"), Matrix.scaledIdentity(3, 1));
        Cli.Result result = read.sweep();
        assertEquals(ExitCode.FILES, result.status());
        String line = result.err().get(result.err().size() - 1);
        assertTrue(line.startsWith("gradus: " + folder.resolve("a.npy") + ": has changed since"), line);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theRowOfARunIsWrittenWhileTheNextOneTakesLong() throws Exception {
        String[] settings = {
            "compute={backend: cpu, threads: 1}", "sweep={mode: zip, over: {descent.steps: [20, 1000000000]}}"
        };
        SweepFiles killed = new SweepFiles(cli, folder.resolve("killed"), settings);
        try (Fork fork = Fork.start(folder, "", List.of(), killed.arguments())) {
            fork.await(() -> Files.exists(killed.run(2).resolve("trajectory.csv")));
            Thread.sleep(2500);
            fork.signal("KILL");
            fork.exit(10);
        }
        List<String> rows = Files.readAllLines(killed.file("sweep.csv"));
        assertEquals(2, rows.size(), rows::toString);
        assertTrue(rows.get(1).startsWith("0001,20,done,20,"), rows.get(1));
    }

    @Test
    void aFinishedSweepSaysSoAndMakesTableAndPictureWholeAgain() throws IOException {
        sweep.sweep().done();
        String table = Files.readString(sweep.file("sweep.csv"));
        Files.delete(sweep.file("sweep.csv"));
        FileTime before = Files.getLastModifiedTime(sweep.run(2).resolve("manifest.json"));
        List<String> arguments = sweep.arguments();
        arguments.remove("--no-plots");
        Cli.Result result = Cli.execute(arguments.toArray(String[]::new)).done();
        assertTrue(result.err().contains("all 6 runs are there already"), result.err()::toString);
        assertEquals(table, Files.readString(sweep.file("sweep.csv")));
        assertTrue(Files.exists(sweep.file("plots/ensemble.svg")));
        assertEquals(before, Files.getLastModifiedTime(sweep.run(2).resolve("manifest.json")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"cut table", "no product", "cut factor", "running", "failed", "interrupted", "no json", "gone"})
    void whatIsNotWholeIsCarriedOutAgainAndNothingElse(String damage) throws IOException {
        sweep.sweep().done();
        whole.sweep().done();
        Path run = sweep.run(5);
        Path table = run.resolve("trajectory.csv");
        Path manifest = run.resolve("manifest.json");
        switch (damage) {
            case "cut table" -> Files.writeString(table, Files.readString(table).stripTrailing());
            case "no product" -> Files.delete(run.resolve("product.npy"));
            case "cut factor" -> Files.write(run.resolve("factors/W_2.npy"), new byte[130]);
            case "no json" -> Files.writeString(manifest, "{\"outcome\": ");
            case "gone" -> {
                try (var files = Files.walk(run)) {
                    files.sorted(java.util.Comparator.reverseOrder())
                            .forEach(file -> file.toFile().delete());
                }
            }
            default -> Files.writeString(manifest, Files.readString(manifest).replace("\"done\"", '"' + damage + '"'));
        }
        FileTime before = Files.getLastModifiedTime(sweep.run(4).resolve("trajectory.csv"));
        List<String> said = sweep.sweep().done().err();
        assertTrue(said.stream().anyMatch(line -> line.startsWith("5 of 6 runs are there already")), said::toString);
        assertEquals(before, Files.getLastModifiedTime(sweep.run(4).resolve("trajectory.csv")));
        assertEquals("done", sweep.status(5));
        sweep.assertSameAs(whole);
    }

    @Test
    void runsThatDivergedAreThere() throws IOException {
        String[] settings = {
            "descent.steps=400",
            "sweep={mode: zip, over: {factors.initialization.kind: [identical, gaussian, identical],"
                    + " descent.step-size: [5, 0.01, 0.01]}}",
            "problem.target.synthetic={rows: 6, columns: 6, spectrum: [3, 2]}",
            "factors.initialization.kind=gaussian",
        };
        SweepFiles mixed = new SweepFiles(cli, folder.resolve("mixed"), settings);
        assertEquals(0, mixed.sweep("problem.target.synthetic.symmetric=true").status());
        assertEquals("diverged", mixed.status(1));
        Cli.Result again = mixed.sweep("problem.target.synthetic.symmetric=true");
        assertEquals(0, again.status(), again.err()::toString);
        assertTrue(again.err().contains("all 3 runs are there already"), again.err()::toString);
        assertTrue(again.err().contains("gradus: warning: 1 of 3 runs diverged: 0001"), again.err()::toString);
    }

    @Test
    void aRunThatCannotBePlannedFailsAgainWithTheSameStatus() throws IOException {
        String[] settings = {
            "factors.initialization={kind: gaussian, scale: 0.3}",
            "problem.target.synthetic={rows: 6, columns: 5, spectrum: [3, 2]}",
            "sweep={over: {factors.initialization.kind: [gaussian, identical, uniform]}}"
        };
        SweepFiles failing = new SweepFiles(cli, folder.resolve("failing"), settings);
        assertEquals(ExitCode.USAGE, failing.sweep().status());
        String table = Files.readString(failing.file("sweep.csv"));
        Cli.Result again = failing.sweep();
        assertEquals(ExitCode.USAGE, again.status());
        assertTrue(again.err().contains("2 of 3 runs are there already"), again.err()::toString);
        assertTrue(again.err().stream().anyMatch(line -> line.startsWith("gradus: run 2: ")), again.err()::toString);
        assertEquals(table, Files.readString(failing.file("sweep.csv")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "descent.steps=21                                   | descent.steps is 20 there and 21 here",
                "descent.stop={loss: 1.0e-3}                        | descent.stop",
                "problem.target.synthetic.spectrum=[3, 2, 2]        | problem.target.synthetic.spectrum is [3.0, 2.0, 1.0] there and [3.0, 2.0, 2.0] here",
                "sweep={over: {factors.depth: [2, 3], factors.initialization.seed: [5, 6, 7, 8]}} | sweep.over.factors.initialization.seed has 3 values there and 4 here",
                "sweep={over: {factors.depth: [2, 3], factors.initialization.seed: [5, 6, 9]}} | sweep.over.factors.initialization.seed is [5, 6, 7] there and [5, 6, 9] here",
                "sweep={over: {factors.depth: [2, 3]}}              | sweep.over.factors.initialization.seed is [5, 6, 7] there and not given here",
                "--precision=float32                                | compute.precision is float64 there and float32 here"
            })
    void anotherSweepIsRefusedAndTheFirstDifferenceNamed(String setting, String difference) throws IOException {
        sweep.sweep().done();
        String before = Files.readString(sweep.file("sweep.csv"));
        String line = sweep.sweep(setting).refused(ExitCode.FILES);
        assertTrue(line.startsWith("gradus: " + sweep.file("") + ": holds another sweep: " + difference), line);
        assertTrue(line.endsWith("; --overwrite replaces it"), line);
        assertEquals(before, Files.readString(sweep.file("sweep.csv")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compute.threads=1",
                "compute.device=1",
                "record.checkpoint=none",
                "descent.solver=auto",
                "--quiet"
            })
    void whatChangesNoResultIsTheSameSweep(String setting) {
        sweep.sweep().done();
        assertEquals(0, sweep.sweep(setting).status());
    }

    @Test
    void aSweepOfANewerGradusIsRefused() throws IOException {
        sweep.sweep().done();
        Path description = sweep.file("sweep.json");
        Files.writeString(description, Files.readString(description).replace("\"format\" : 1", "\"format\" : 2"));
        String line = sweep.sweep().refused(ExitCode.FILES);
        assertTrue(line.startsWith("gradus: " + description + ": is of format 2, written by a newer Gradus"), line);
    }

    @Test
    void aRunOfANewerGradusIsNotCarriedOutAgain() throws IOException {
        sweep.sweep().done();
        Path manifest = sweep.run(2).resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"format\" : 1", "\"format\" : 2"));
        Cli.Result result = sweep.sweep();
        assertEquals(ExitCode.FILES, result.status());
        assertTrue(result.err().get(result.err().size() - 1).contains("is of format 2"), result.err()::toString);
    }

    @Test
    void aSweepOfAGradusThatCouldNotGoOnIsRefused() throws IOException {
        sweep.sweep().done();
        Map<String, Object> description = JsonFile.read(sweep.file("sweep.json"));
        description.remove("hash");
        description.remove("resolved");
        JsonFile.write(sweep.file("sweep.json"), description);
        String line = sweep.sweep().refused(ExitCode.FILES);
        assertTrue(line.endsWith("it has no hash, as of a Gradus that could not go on; --overwrite replaces it"), line);
    }

    @Test
    void aTableWithoutADescriptionIsRefused() throws IOException {
        sweep.sweep().done();
        Files.delete(sweep.file("sweep.json"));
        assertTrue(sweep.sweep().refused(ExitCode.FILES).endsWith("sweep.json: no such file"));
    }

    @Test
    void aRunDirectoryInPlaceOfASweepsIsRefused() throws IOException {
        cli.run().done();
        SweepFiles inRun = new SweepFiles(cli, cli.file(""), SMALL);
        String line = inRun.sweep().refused(ExitCode.FILES);
        assertTrue(line.endsWith("already holds a run; --overwrite replaces it"), line);
        assertTrue(inRun.sweep("--shard=1/2")
                .refused(ExitCode.FILES)
                .endsWith("already holds a run; --overwrite replaces it"));
        assertFalse(Files.exists(inRun.file("sweep.json")));
    }

    @Test
    void overwritingBeginsAnew() throws IOException {
        sweep.sweep().done();
        List<String> said = sweep.sweep("--overwrite").done().err();
        assertTrue(said.stream().noneMatch(line -> line.contains("there already")), said::toString);
    }
}
