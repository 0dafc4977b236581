package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.gradus.backend.Backend;
import org.gradus.backend.cuda.EmulatedCuda;
import org.gradus.backend.cuda.Emulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs on the emulated GPU: choice of the device, its memory, and that nothing is read before it is there. */
final class EmulatedRunsTest {
    private static final long DEFAULT_MEMORY = 4L << 30;

    @TempDir
    private Path folder;

    private Cli cli;
    private EmulatedRuns runs;

    @BeforeAll
    static void loadTheEmulator() {
        Emulator.load();
        Emulator.reset(); // what other tests of the process left
    }

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        cli = new Cli(folder);
        runs = new EmulatedRuns(cli);
    }

    @AfterEach
    void theDeviceIsCleanAndAsTheOthersExpectIt() {
        EmulatedCuda.assertClean();
        Emulator.reset();
    }

    /** Device memory of which a backend that has been opened finds this much available. */
    private static void leave(long bytes) {
        Emulator.memory(DEFAULT_MEMORY);
        try (Backend backend = EmulatedCuda.open()) {
            Emulator.memory(DEFAULT_MEMORY - backend.availableBytes() + bytes);
            assertEquals(bytes, backend.availableBytes());
        }
    }

    private long plannedBytes() {
        return ((Number) cli.manifest().get("memory_bytes")).longValue();
    }

    @Test
    void aDeviceTooSmallIsToldWithFiguresAndWithWhatWouldFit() throws IOException {
        leave(100 << 10);
        String line = runs.run(EmulatedRuns.GRAPHS).refused(ExitCode.DEVICE);
        assertTrue(
                line.matches(
                        "gradus: cuda: the run needs \\d+\\.\\d KiB: \\d+ matrices and \\d+\\.\\d KiB of data.*, but 100\\.0 KiB are"
                                + " available; precision float32 needs \\d+\\.\\d KiB"),
                line);
        assertEquals(List.of(), cli.files());
        leave(10_000);
        line = runs.run(EmulatedRuns.GRAPHS).refused(ExitCode.DEVICE);
        assertTrue(line.endsWith(" are available; narrower widths or a smaller depth need less"), line);
    }

    @Test
    void withLessMemoryThereAreFewerSnapshotsAndTheSameBits() throws IOException {
        runs.run(EmulatedRuns.GRAPHS).done();
        String rows = Files.readString(cli.file("trajectory.csv"));
        TreeSet<Long> plans = new TreeSet<>(List.of(plannedBytes()));
        while (plans.size() < 3) {
            leave(plans.first() - 1);
            runs.run(EmulatedRuns.GRAPHS).done();
            assertEquals(rows, Files.readString(cli.file("trajectory.csv")));
            assertTrue(plans.add(plannedBytes()) && plannedBytes() == plans.first(), plans::toString);
        }
        leave(plans.first() - 1);
        runs.run(EmulatedRuns.GRAPHS).refused(ExitCode.DEVICE);
    }

    @Test
    void aDeviceNumberThatIsNotThereIsRefused() throws IOException {
        String line = runs.run("compute.device=7").refused(ExitCode.DEVICE);
        assertTrue(line.startsWith("gradus: cuda: ") && line.contains("7"), line);
        assertEquals(List.of(), cli.files());
    }

    @Test
    void aSecondBackendInTheSameProcessIsRefused() throws IOException {
        try (Backend open = EmulatedCuda.open()) {
            assertEquals(
                    "gradus: cuda: is open already in this process; close that backend first",
                    runs.run().refused(ExitCode.DEVICE),
                    open::name);
        }
        assertEquals(List.of(), cli.files());
        runs.run().done();
    }

    @Test
    void autoNeverTakesTheEmulatedGpuAndSaysSo() {
        Cli.Result result = EmulatedCuda.with(() -> cli.run("--backend=auto")).done();
        Map<?, ?> backend = (Map<?, ?>) cli.manifest().get("backend");
        assertEquals("cpu", backend.get("name"));
        assertEquals("auto: the CPU, since the emulated GPU is for tests only", backend.get("reason"));
        assertTrue(result.err().stream().anyMatch(line -> line.contains("the emulated GPU is for tests only")));
    }

    @ParameterizedTest
    @CsvSource({"float64, 34", "float32, 34", "float64, 6", "float32, 6"})
    void aSlowDeviceFindsTheSameBits(String precision, int n) throws IOException {
        List<String> settings = new ArrayList<>(List.of(n == 6 ? EmulatedRuns.FUSED : EmulatedRuns.GRAPHS));
        settings.addAll(List.of("--precision=" + precision, "record.balancedness=true", "record.steps={every: 3}"));
        runs.run(settings).done();
        List<byte[]> expected = contents();
        assertTrue(Arrays.stream(cli.table().column("loss")).distinct().count() > 5);
        for (int delay : new int[] {1, 30, 100}) {
            Emulator.delay(delay);
            runs.run(settings).done();
            List<byte[]> found = contents();
            for (int i = 0; i < expected.size(); i++) {
                assertArrayEquals(expected.get(i), found.get(i), "delay " + delay);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"float64, 34", "float32, 34", "float64, 6", "float32, 6"})
    void aResumedRunHasTheBitsOfOneInOnePiece(String precision, int n) throws IOException {
        List<String> settings = new ArrayList<>(List.of(n == 6 ? EmulatedRuns.FUSED : EmulatedRuns.GRAPHS));
        settings.addAll(List.of(
                "--precision=" + precision,
                "record={steps: {every: 7}, factors: true, balancedness: true, checkpoint: {steps: 5}}",
                "descent.steps=36"));
        runs.run(settings).done();
        List<byte[]> expected = contents();
        settings.set(settings.size() - 1, "descent.steps=17");
        runs.run(settings).done();
        assertEquals(List.of("step_000000015.checkpoint", "step_000000017.checkpoint"), cli.checkpoints());
        for (int steps : new int[] {29, 36}) {
            EmulatedRuns.watched(() -> EmulatedCuda.with(() -> cli.resume("--quiet", "--steps=" + steps)))
                    .done();
        }
        List<byte[]> found = contents();
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), found.get(i), "" + i);
        }
        assertEquals(List.of(), runs.remains());
    }

    private List<byte[]> contents() throws IOException {
        List<byte[]> contents = new ArrayList<>();
        for (String file : cli.files()) {
            if (!List.of("manifest.json", "trajectory.h5").contains(file)) { // which holds the manifest
                contents.add(Files.readAllBytes(cli.file(file)));
            }
        }
        assertFalse(contents.size() < 2);
        return contents;
    }
}
