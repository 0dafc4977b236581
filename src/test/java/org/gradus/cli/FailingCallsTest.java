package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
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
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;

/** Every CUDA call of a run made to fail in turn. */
final class FailingCallsTest {
    /** What a call of the driver answers that does not say by itself why it fails. */
    private static final int INVALID_VALUE = 1;

    /** So that what is given back too early is still in use. */
    private static final int DELAY_MICROSECONDS = 20;

    private static final List<List<String>> CONFIGURATIONS = List.of(
            List.of(EmulatedRuns.FUSED),
            List.of(EmulatedRuns.GRAPHS),
            List.of("descent.solver=dense", "--precision=float32", "compute.singular-values=gram"),
            List.of(
                    "problem.target={synthetic: {rows: 176, columns: 176, spectrum: [3], symmetric: true, seed: 1}}",
                    "descent={solver: dense, step-size: 0.01, steps: 1}"));

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
    void noCallFailsAnyMore() {
        Emulator.reset();
    }

    private Map<String, Long> countCalls(List<String> settings) {
        Emulator.reset();
        runs.run(settings).done();
        return Emulator.callCounts();
    }

    /** Where they are called as often as in an earlier configuration, they are called in the same places. */
    private Map<String, Long> callsOf(int configuration) {
        runs.run(CONFIGURATIONS.get(configuration)).done(); // whatever is done once in a process
        Map<String, Long> calls = new TreeMap<>(countCalls(CONFIGURATIONS.get(configuration)));
        for (List<String> earlier : CONFIGURATIONS.subList(0, configuration)) {
            calls.entrySet().removeAll(countCalls(earlier).entrySet());
        }
        return calls;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aCallThatFailsEndsTheRunInOneLineAndLeavesWholeFilesAndACleanDevice(int configuration) {
        List<String> settings = CONFIGURATIONS.get(configuration);
        List<String> wrong = new ArrayList<>();
        Map<String, Long> calls = callsOf(configuration);
        calls.forEach((call, count) -> {
            for (long k : which(count)) {
                faultsOf(call, k, settings).forEach(fault -> wrong.add(call + ":" + k + ": " + fault));
            }
        });
        assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
        Emulator.reset();
        runs.run(settings).done();
        EmulatedCuda.assertClean();
    }

    private List<String> faultsOf(String call, long k, List<String> settings) {
        Emulator.reset();
        Emulator.delay(DELAY_MICROSECONDS);
        Emulator.fail(request(call, k));
        Cli.Result result = runs.run(settings);
        if (call.equals("cuDevicePrimaryCtxRelease_v2")) {
            EmulatedCuda.releaseContext();
        }
        boolean polled = call.equals("cuEventQuery") && Emulator.callCounts().get(call) < k;
        return polled ? runs.remains() : runs.faults(result, inMessage(call));
    }

    private static String inMessage(String call) {
        return call.equals("nvrtcCompileProgram") ? " does not compile " : call.replaceAll("_v2|WithFlags", "");
    }

    private static String request(String call, long k) {
        boolean driver = call.matches("cu[A-Z].*");
        boolean full = call.equals("cuMemAlloc_v2"); // which has an answer of its own
        return call + ":" + k + (driver && !full ? ":" + INVALID_VALUE : "");
    }

    /** The first, second, middle and last two. */
    private static SortedSet<Long> which(long count) {
        SortedSet<Long> which = new TreeSet<>();
        for (long k : new long[] {1, 2, (count + 1) / 2, count - 1, count}) {
            if (k >= 1 && k <= count) {
                which.add(k);
            }
        }
        return which;
    }

    @Test
    void aCompilerThatFailsEndsTheRunInOneLineAndLeavesNothingHalfDoneInTheCache() throws IOException {
        runs.run(EmulatedRuns.FUSED).done();
        try {
            System.setProperty("gradus.cache", folder.resolve("all").toString());
            Map<String, Long> calls = countCalls(CONFIGURATIONS.get(0));
            calls.keySet().removeIf(call -> !call.startsWith("nvrtc"));
            assertTrue(calls.size() > 7, calls::toString);
            List<String> wrong = new ArrayList<>();
            for (Map.Entry<String, Long> each : calls.entrySet()) {
                for (long k : new TreeSet<>(List.of(1L, each.getValue()))) {
                    Path fresh = folder.resolve(each.getKey() + k);
                    System.setProperty("gradus.cache", fresh.toString());
                    faultsOf(each.getKey(), k, CONFIGURATIONS.get(0)).forEach(fault -> wrong.add(each + ": " + fault));
                    assertEquals(List.of(), temporaries(fresh));
                }
            }
            assertEquals(List.of(), wrong);
            Emulator.reset();
            runs.run(EmulatedRuns.FUSED).done();
        } finally {
            System.clearProperty("gradus.cache");
        }
    }

    private static List<Path> temporaries(Path home) throws IOException {
        if (!Files.exists(home)) {
            return List.of();
        }
        try (var paths = Files.walk(home)) {
            return paths.filter(path -> path.toString().endsWith(".tmp")).toList();
        }
    }

    @Test
    void aFailureWhileGivingBackAtTheVeryEndIsToldAndLosesNoResults() {
        for (String call : List.of("cuMemFree_v2", "cuStreamDestroy_v2", "cuModuleUnload", "cublasDestroy_v2")) {
            long last = countCalls(CONFIGURATIONS.get(0)).get(call);
            double[] loss = cli.table().column("loss");
            assertEquals(List.of(), faultsOf(call, last, CONFIGURATIONS.get(0)));
            assertTrue(Arrays.equals(loss, cli.table().column("loss")));
            assertTrue(Files.exists(cli.file("product.npy")));
            assertTrue(Files.exists(cli.file("factors/W_3.npy")));
        }
    }

    @Test
    void memoryThatCannotBeHadAlthoughThePlanFitsIsToldWithWhatItWasForAndWhereThePlanIs() {
        runs.run(EmulatedRuns.FUSED).done();
        Emulator.reset();
        long last = countCalls(CONFIGURATIONS.get(0)).get("cuMemAlloc_v2");
        Emulator.reset();
        Emulator.fail("cuMemAlloc_v2:" + last / 2);
        String line = runs.run(EmulatedRuns.FUSED).refused(ExitCode.DEVICE);
        assertTrue(
                line.matches(
                        "gradus: cuda: cuMemAlloc of \\d+\\.\\d MiB for .*: out of memory; .* are free; .*--dry-run"),
                line);
    }

    @ParameterizedTest
    @CsvSource({
        "cuLaunchKernel, 700",
        "cuLaunchKernel, 719",
        "cuGraphLaunch, 700",
        "cublasDgemmStridedBatched, 700",
        "cuEventQuery, 716",
        "cuEventRecord, 999",
        "cuEventSynchronize, 214",
        "cuStreamSynchronize, 702",
        "cuMemcpyDtoHAsync_v2, 710",
        "cuMemAlloc_v2, 700",
        "cuMemFree_v2, 719",
        "cuMemHostAlloc, 999",
        "cuModuleUnload, 700",
        "cusolverDnDgesvd_bufferSize, 719",
        "cuStreamWaitEvent, 700",
    })
    void anErrorThatSticksGivesTheContextUpAndANewBackendInTheSameProcessWorks(String call, int status) {
        List<String> settings = CONFIGURATIONS.get(1);
        long count = countCalls(settings).get(call);
        for (long k : call.equals("cuEventQuery") ? List.of(1L) : List.of((count + 1) / 2, count)) {
            Emulator.reset();
            Emulator.fail(call + ":" + k + ":" + status);
            Cli.Result result = runs.run(settings);
            // a call of another thread may be the first to be told
            String words = call.startsWith("cub") || call.startsWith("cus") ? ": " : "(" + status + ")";
            assertEquals(List.of(), runs.faults(result, words), call + ":" + k);
        }
        Emulator.reset();
        runs.run(settings).done();
        EmulatedCuda.assertClean();
    }

    @Test
    void theHarnessNoticesWhatIsWrong() throws IOException {
        Cli.Result good = runs.run(EmulatedRuns.FUSED).done();
        assertEquals(List.of(), runs.remains());
        assertFalse(runs.faults(good, "cuMemAlloc").isEmpty(), "a run that did not fail");
        try (Backend open = EmulatedCuda.open()) {
            assertTrue(runs.remains().stream().anyMatch(fault -> fault.startsWith("leak: ")), open::describe);
        }
        for (String row : List.of("20,1,2", "NaN\n")) {
            String before = Files.readString(cli.file("trajectory.csv"));
            String cut = before.substring(0, before.lastIndexOf("\n20,") + 1);
            String last = before.substring(cut.length());
            String spoiled = row.endsWith("\n") ? cut + last.replaceFirst(",[^,]*", ",NaN") : cut + row;
            Files.writeString(cli.file("trajectory.csv"), spoiled);
            assertEquals(1, runs.remains().size(), () -> "" + runs.remains());
            Files.writeString(cli.file("trajectory.csv"), before);
        }
        Files.writeString(cli.file(".manifest.tmp"), "");
        assertEquals(1, runs.remains().size());
    }

    @Test
    void theHarnessNoticesARunThatHangs() {
        AssertionFailedError noticed = assertThrows(
                AssertionFailedError.class,
                () -> EmulatedRuns.watched(
                        () -> {
                            LockSupport.park();
                            return 0;
                        },
                        1));
        assertTrue(noticed.getMessage().startsWith("hangs: "), noticed.getMessage());
    }
}
