package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.gradus.backend.cuda.EmulatedCuda;
import org.gradus.backend.cuda.Emulator;
import org.gradus.store.MatrixFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs on the emulated GPU in a process of their own: signals, and a cache folder that cannot be had. */
final class EmulatedProcessTest {
    private static final String STEPS = "descent={solver: dense, step-size: 0.001, steps: 1000000000}";
    private static final String LARGE =
            "problem.target={synthetic: {rows: 34, columns: 34, spectrum: [3, 2, 1], symmetric: true, seed: 1}}";

    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        Emulator.load();
        cli = new Cli(folder);
    }

    private Fork fork(String environment, String... settings) throws IOException {
        List<String> arguments = cli.arguments(settings);
        arguments.add("--backend=cuda");
        return Fork.start(folder, environment, EmulatedCuda.options(), arguments);
    }

    private boolean hasRows(int rows) {
        Path table = cli.file("trajectory.csv");
        try {
            return Files.exists(table) && Files.readAllLines(table).size() > rows;
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"34, 20, 3", "6, 1000, 3", "34, 1000000000, 1", "6, 1000000000, 1"})
    void anInterruptEndsARunWithinTwoSecondsOrSoAndKeepsItsProduct(int n, int every, int rows) throws Exception {
        String[] settings = {STEPS, "record.steps={every: " + every + "}", n == 6 ? "factors.depth=3" : LARGE};
        try (Fork fork = fork("", settings)) {
            fork.await(() -> hasRows(rows));
            Thread.sleep(500); // as much work is handed over as ever is
            fork.signal("INT");
            long start = System.nanoTime();
            assertEquals(130, fork.exit(10));
            double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
            assertTrue(seconds < 4, seconds + " s");
        }
        assertEquals("interrupted", cli.outcome().get("status"));
        assertEquals(List.of(), new EmulatedRuns(cli).remains());
        assertEquals(n, MatrixFile.read(cli.file("product.npy")).rows());
    }

    @Test
    void aKilledProcessLeavesWholeFilesAndADirectoryThatTheNextRunTakes() throws Exception {
        try (Fork fork = fork("", STEPS, LARGE, "record.steps={every: 20}")) {
            fork.await(() -> hasRows(3));
            fork.signal("KILL");
            assertEquals(137, fork.exit(10));
        }
        assertEquals("running", cli.outcome().get("status"));
        assertEquals(
                List.of(".lock: should not be there", "manifest.json: says running"), new EmulatedRuns(cli).remains());
        assertEquals(List.of(".lock", "manifest.json", "trajectory.csv"), cli.files());
        new EmulatedRuns(cli).run().done();
    }

    @Test
    void aCacheFolderThatCannotBeWrittenCostsNothingButTimeAndIsToldOnce() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        try (Fork fork = fork("export GRADUS_CACHE='" + file + "'; ")) {
            assertEquals(0, fork.exit(60));
            List<String> told = fork.err().stream()
                    .filter(line -> line.contains("cannot be kept"))
                    .toList();
            assertEquals(1, told.size(), () -> "" + told);
            assertTrue(told.get(0).contains(file + "/kernels") && told.get(0).contains("GRADUS_CACHE"), told.get(0));
        }
        assertEquals("done", cli.outcome().get("status"));
    }

    @Test
    void aCacheFolderIsMadeAndWhatIsDamagedInItIsMadeAnew() throws Exception {
        Path cache = folder.resolve("not/yet/there");
        String environment = "export GRADUS_CACHE='" + cache + "'; ";
        try (Fork fork = fork(environment)) {
            assertEquals(0, fork.exit(60));
        }
        List<Path> kernels;
        try (var files = Files.list(cache.resolve("kernels"))) {
            kernels = files.sorted().toList();
        }
        assertTrue(kernels.size() > 3);
        long whole = Files.size(kernels.get(0));
        Files.write(kernels.get(0), new byte[] {1, 2, 3});
        byte[] flipped = Files.readAllBytes(kernels.get(1));
        flipped[flipped.length - 1] ^= 1;
        Files.write(kernels.get(1), flipped);
        Files.write(kernels.get(2), new byte[0]);
        try (Fork fork = fork(environment, "--overwrite")) {
            assertEquals(0, fork.exit(60));
        }
        assertEquals("done", cli.outcome().get("status"));
        assertEquals(whole, Files.size(kernels.get(0)));
        assertTrue(Files.size(kernels.get(2)) > 0);
    }
}
