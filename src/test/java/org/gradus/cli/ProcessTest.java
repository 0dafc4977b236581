package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gradus.store.MatrixFile;
import org.gradus.store.Trajectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only a process of its own can show: signals, locks, limits, missing fonts. */
@DisabledOnOs(OS.WINDOWS)
class ProcessTest {
    private static final String[] LONG = {"descent.steps=1000000000", "record.steps={every: 100000}"};

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        cli = new Cli(folder);
    }

    private Fork fork(String... settings) throws IOException {
        return Fork.start(folder, "", List.of(), cli.arguments(settings));
    }

    private boolean hasRows(int rows) {
        Path table = cli.file("trajectory.csv");
        try {
            return Files.exists(table) && Files.readAllLines(table).size() > rows;
        } catch (IOException e) {
            return false;
        }
    }

    private void assertRowsAreThoseOfTheSchedule() throws IOException {
        assertTrue(Files.readString(cli.file("trajectory.csv")).endsWith("\n"));
        Trajectory table = cli.table();
        assertTrue(Arrays.stream(table.column("step")).allMatch(step -> step % 100_000 == 0));
    }

    @ParameterizedTest
    @CsvSource({"INT, 130, 0", "INT, 130, 80", "TERM, 143, 0"})
    void aSignalEndsTheRunInOrderWithinSeconds(String signal, int status, int columns) throws Exception {
        List<String> options = List.of("-Dgradus.columns=" + columns);
        try (Fork fork = Fork.start(folder, "", options, cli.arguments(LONG))) {
            fork.await(() -> hasRows(2));
            fork.signal(signal);
            assertEquals(status, fork.exit(10));
            assertRowsAreThoseOfTheSchedule();
            assertEquals("interrupted", cli.outcome().get("status"));
            long step = ((Number) cli.outcome().get("step")).longValue();
            assertTrue(step >= 100_000, () -> "" + cli.outcome());
            assertEquals(6, MatrixFile.read(cli.file("product.npy")).rows());
            assertEquals(List.of("manifest.json", "product.npy", "trajectory.csv", "trajectory.h5"), cli.files());
            List<String> said = fork.err();
            assertEquals(1, cli.checkpoints().size());
            assertEquals(
                    "interrupted: asked to stop after step " + step + "; gradus resume " + cli.file("") + " goes on",
                    said.get(said.size() - 1));
        }
    }

    @Test
    void anInterruptedSweepKeepsTheRowsOfTheRunsThatHaveEnded() throws Exception {
        List<String> arguments = cli.arguments(LONG);
        arguments.set(0, "sweep");
        arguments.addAll(List.of(
                "--set",
                "compute.threads=1",
                "--set",
                "sweep={mode: zip, over: {descent.steps: [20, 1000000000, 30]}}"));
        try (Fork fork = Fork.start(folder, "", List.of(), arguments)) {
            Path second = cli.file("runs/0002/trajectory.csv");
            fork.await(() -> Files.exists(second));
            fork.signal("INT");
            assertEquals(130, fork.exit(10));
        }
        List<String> rows = Files.readAllLines(cli.file("sweep.csv"));
        assertEquals(3, rows.size(), rows::toString);
        assertTrue(rows.get(1).startsWith("0001,20,done,20,"), rows.get(1));
        assertTrue(rows.get(2).startsWith("0002,1000000000,interrupted,"), rows.get(2));
        assertTrue(Files.exists(cli.file("runs/0002/product.npy")));
        assertFalse(Files.exists(cli.file("runs/0003")));
    }

    @Test
    void theDefaultOutputIsNamedAfterTheConfigurationInTheWorkingDirectory() throws Exception {
        Files.createDirectories(folder.resolve("elsewhere"));
        List<String> arguments = List.of("run", "../small.yaml", "--no-plots");
        try (Fork fork = Fork.start(folder, "cd '" + folder + "/elsewhere'; ", List.of(), arguments)) {
            assertEquals(0, fork.exit(30));
            assertEquals("results  runs/small", fork.err().get(6));
        }
        assertTrue(Files.exists(folder.resolve("elsewhere/runs/small/product.npy")));
    }

    @Test
    void aKilledProcessLeavesWholeRowsAManifestThatSaysSoAndALockThatHoldsNobodyOff() throws Exception {
        try (Fork fork = fork(LONG)) {
            fork.await(() -> hasRows(2));
            fork.signal("KILL");
            assertEquals(137, fork.exit(10));
        }
        assertRowsAreThoseOfTheSchedule();
        assertEquals("running", cli.outcome().get("status"));
        assertNull(cli.manifest().get("duration_seconds"));
        assertFalse(Files.exists(cli.file("product.npy")));
        cli.run().refused(ExitCode.FILES);
        cli.run("--overwrite").done();
        assertEquals("done", cli.outcome().get("status"));
    }

    @Test
    void aSecondProcessOnTheSameDirectoryIsRefused() throws Exception {
        try (Fork fork = fork(LONG)) {
            fork.await(() -> hasRows(1));
            for (String option : new String[] {"--quiet", "--overwrite"}) {
                String line = cli.run(option).refused(ExitCode.FILES);
                assertTrue(line.matches(".*another process \\(pid \\d+\\) is writing this run directory"), line);
            }
            fork.signal("INT");
            assertEquals(130, fork.exit(10));
        }
        assertEquals("interrupted", cli.outcome().get("status"));
    }

    @Test
    void withoutFontsARunIsDoneAndOneLineSaysWhyThereAreNoPlots() throws Exception {
        Path none = Files.createFile(folder.resolve("fontconfig.properties"));
        List<String> arguments = List.of(
                "run",
                cli.config().toString(),
                "--quiet",
                "--output",
                cli.file("").toString(),
                "--set",
                "record.products=[0]");
        try (Fork fork = Fork.start(folder, "", List.of("-Dsun.awt.fontconfig=" + none), arguments)) {
            assertEquals(0, fork.exit(30));
            List<String> said = fork.err();
            assertEquals(1, said.size(), said::toString);
            assertTrue(said.get(0).startsWith("gradus: warning: no plots: Java's font system"), said::toString);
        }
        assertEquals("done", cli.outcome().get("status"));
        assertTrue(Files.exists(cli.file("products/step_000000000.png")));
        assertFalse(Files.exists(cli.file("plots")));
    }

    @Test
    void withoutFontsAnEstimateIsWrittenAndOneLineSaysWhyThereIsNoContactSheet() throws Exception {
        Path none = Files.createFile(folder.resolve("fontconfig.properties"));
        Path input = Files.writeString(folder.resolve("input.csv"), "3,1\n1,2\n");
        Path output = folder.resolve("output.csv");
        Path sheet = folder.resolve("sheet.png");
        List<String> arguments =
                List.of("denoise", "" + input, "--quiet", "--rank", "1", "-o", "" + output, "--sheet", "" + sheet);
        try (Fork fork = Fork.start(folder, "", List.of("-Dsun.awt.fontconfig=" + none), arguments)) {
            assertEquals(0, fork.exit(30));
            List<String> said = fork.err();
            assertEquals(1, said.size(), said::toString);
            assertTrue(said.get(0).startsWith("gradus: warning: no contact sheet: Java's font system"), said::toString);
        }
        assertTrue(Files.exists(output));
        assertFalse(Files.exists(sheet));
    }

    @Test
    void anInterruptedRunGoesOnAsIfItHadNotBeenInterrupted() throws Exception {
        String[] settings = {"descent={solver: dense, step-size: 0.001, steps: 400000}", "record.factors=true"};
        cli.run(settings).done();
        byte[][] whole = {bytes("trajectory.csv"), bytes("product.npy"), bytes("factors/W_3.npy")};
        String[] again = {settings[0], settings[1], "--overwrite"};
        try (Fork fork = fork(again)) {
            fork.await(() -> hasRows(20) && !Files.exists(cli.file("product.npy")));
            fork.signal("INT");
            assertEquals(130, fork.exit(10));
        }
        assertEquals("interrupted", cli.outcome().get("status"));
        cli.resume().done();
        assertEquals("done", cli.outcome().get("status"));
        assertArrayEquals(whole[0], bytes("trajectory.csv"));
        assertArrayEquals(whole[1], bytes("product.npy"));
        assertArrayEquals(whole[2], bytes("factors/W_3.npy"));
    }

    private byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(cli.file(name));
    }

    /** The checkpoint is larger than 16 blocks, the table is not, and nothing that goes on with it has been lost. */
    @Test
    void aCheckpointThatCannotBeWrittenEndsTheRunAndOnceThereIsRoomItGoesOn() throws Exception {
        String[] settings = {
            "--quiet",
            "problem.target.synthetic={rows: 20, columns: 20, spectrum: [3, 2, 1]}",
            "descent={solver: dense, step-size: 0.001, steps: 60}",
            "record={steps: [0, 20], checkpoint: {steps: 25}}",
            "factors.initialization={kind: gaussian, scale: 0.3}"
        };
        cli.run(settings).done();
        byte[] table = bytes("trajectory.csv");
        byte[] product = bytes("product.npy");
        Files.move(cli.file(""), folder.resolve("whole"));
        try (Fork fork = Fork.start(folder, "ulimit -f 16; ", List.of(), cli.arguments(settings))) {
            assertEquals(ExitCode.FILES, fork.exit(30));
            String first = cli.file("checkpoints/step_000000025.checkpoint").toString();
            assertEquals(1, fork.err().size(), () -> "" + cli.outcome());
            assertTrue(
                    fork.err().get(0).startsWith("gradus: " + first + ": cannot be written: "), fork.err()::toString);
        }
        assertEquals(List.of(), cli.checkpoints());
        assertEquals("failed", cli.outcome().get("status"));
        assertEquals(1, cli.resume("--quiet").err().size(), "it begins anew");
        assertArrayEquals(table, bytes("trajectory.csv"));
        assertArrayEquals(product, bytes("product.npy"));
    }

    @Test
    void aRunThatTheDiskHadNoRoomForGoesOnFromItsLastWholeCheckpoint() throws Exception {
        String[] settings = {"--quiet", "descent.steps=200", "record={steps: {every: 1}, checkpoint: {steps: 10}}"};
        cli.run(settings).done();
        byte[] table = bytes("trajectory.csv");
        byte[] product = bytes("product.npy");
        Files.move(cli.file(""), folder.resolve("whole"));
        try (Fork fork = Fork.start(folder, "ulimit -f 16; ", List.of(), cli.arguments(settings))) {
            assertEquals(ExitCode.FILES, fork.exit(30));
        }
        assertEquals(2, cli.checkpoints().size());
        assertEquals("failed", cli.outcome().get("status"));
        assertEquals(List.of(), cli.resume("--quiet").done().err());
        Map<?, ?> resumed = (Map<?, ?>) ((List<?>) cli.manifest().get("resumed")).get(0);
        assertTrue((int) resumed.get("step") >= 10, resumed::toString);
        assertArrayEquals(table, bytes("trajectory.csv"));
        assertArrayEquals(product, bytes("product.npy"));
    }

    /** No file may grow beyond 16 blocks of 512 bytes, which stops a write as a full disk does. */
    @Test
    void aTableThatCannotGrowEndsTheRunWithWholeRowsAndAFailedManifest() throws Exception {
        List<String> arguments = cli.arguments("--quiet", "descent.steps=10000", "record.steps={every: 1}");
        try (Fork fork = Fork.start(folder, "ulimit -f 16; ", List.of(), arguments)) {
            assertEquals(ExitCode.FILES, fork.exit(30));
            List<String> said = fork.err();
            assertEquals(1, said.size(), said::toString);
            assertTrue(
                    said.get(0).startsWith("gradus: " + cli.file("trajectory.csv") + ": cannot be written: "),
                    said::toString);
        }
        Trajectory table = cli.table();
        assertTrue(table.rows() > 10);
        assertTrue(Files.readString(cli.file("trajectory.csv")).endsWith("\n"));
        assertEquals("failed", cli.outcome().get("status"));
        assertEquals(table.rows() - 1, ((Number) cli.outcome().get("step")).intValue());
        assertEquals(List.of("manifest.json", "trajectory.csv"), cli.files());
    }

    @Test
    void anExhaustedHeapIsOneLineAndEndsTheProcessAtOnce() throws Exception {
        List<String> arguments = cli.arguments(
                "--quiet",
                "problem.target={synthetic: {rows: 1000000, columns: 1, spectrum: [1]}}",
                "factors={depth: 2, widths: [1], initialization: {kind: orthogonal, scale: 0.1}}");
        try (Fork fork = Fork.start(folder, "", List.of("-Xmx34m"), arguments)) {
            assertEquals(ExitCode.DEVICE, fork.exit(30));
            List<String> said = fork.err();
            assertEquals(1, said.size(), said::toString);
            assertTrue(
                    said.get(0).startsWith("gradus: memory is exhausted (")
                            && said.get(0).contains("GRADUS_JAVA_OPTS=-Xmx"),
                    said::toString);
        }
    }
}
