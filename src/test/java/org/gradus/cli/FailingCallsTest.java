package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.gradus.backend.cuda.EmulatedCuda;
import org.gradus.backend.cuda.Emulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every CUDA call of a run made to fail in turn. */
final class FailingCallsTest {
    @TempDir
    private Path folder;

    private EmulatedRuns runs;

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        runs = new EmulatedRuns(new Cli(folder));
    }

    @AfterEach
    void noCallFailsAnyMore() {
        Emulator.reset();
    }

    static Stream<Arguments> configurations() {
        return Stream.of(
                Arguments.of("graphs", List.of(EmulatedRuns.GRAPHS)),
                Arguments.of("fused", List.of(EmulatedRuns.FUSED)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("configurations")
    void everyCallThatFailsEndsTheRunInOneLineAndLeavesWholeFiles(String name, List<String> settings) {
        runs.run(settings).done();
        Emulator.reset();
        runs.run(settings).done();
        Map<String, Long> counts = Emulator.callCounts();
        System.err.println(counts);
        for (int i = 0; i < 10; i++) {
            long s = System.nanoTime();
            runs.run(settings);
            System.err.println((System.nanoTime() - s) / 1e6);
        }
        for (int i = 0; i < 10; i++) {
            long s = System.nanoTime();
            EmulatedCuda.open().close();
            System.err.println("open " + (System.nanoTime() - s) / 1e6);
        }
        List<String> wrong = new ArrayList<>();
        long t0 = System.nanoTime();
        int n = 0;
        for (Map.Entry<String, Long> each : counts.entrySet()) {
            for (long k : which(each.getValue())) {
                n++;
                for (String fault : faultsOf(each.getKey(), k, settings)) {
                    wrong.add(each.getKey() + ":" + k + ": " + fault);
                }
            }
            Emulator.reset();
            assertEquals(0, runs.run(settings).status(), each.getKey());
        }
        System.err.println(n + " runs " + (System.nanoTime() - t0) / 1e9 + " s");
        assertTrue(wrong.isEmpty(), () -> String.join("\n", wrong));
    }

    private List<String> faultsOf(String call, long k, List<String> settings) {
        Emulator.reset();
        Emulator.fail(call + ":" + k
                + (call.startsWith("cu") && !call.startsWith("cub") && !call.startsWith("cus") ? ":1" : ""));
        List<String> faults = runs.faults(runs.run(settings), inMessage(call));
        if (call.equals("cuDevicePrimaryCtxRelease_v2")) {
            EmulatedCuda.releaseContext();
        }
        return faults;
    }

    private static String inMessage(String call) {
        return call.replace("_v2", "").replace("WithFlags", "");
    }

    /** All where they are few, else the first, second, middle and last two. */
    private static SortedSet<Long> which(long count) {
        SortedSet<Long> which = new TreeSet<>();
        for (long k : new long[] {1, 2, (count + 1) / 2, count - 1, count}) {
            if (k >= 1 && k <= count) {
                which.add(k);
            }
        }
        return which;
    }
}
