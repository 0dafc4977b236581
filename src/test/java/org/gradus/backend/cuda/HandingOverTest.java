package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gradus.backend.Backend;
import org.gradus.backend.Precision;
import org.gradus.dynamics.DenseDescent;
import org.gradus.dynamics.Measures;
import org.gradus.dynamics.State;
import org.gradus.init.Dimensions;
import org.gradus.init.Orthogonal;
import org.gradus.linalg.Matrix;
import org.gradus.observe.Listener;
import org.gradus.observe.Observer;
import org.gradus.observe.Recorder;
import org.gradus.observe.Schedule;
import org.gradus.observe.StopRule;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.gradus.problem.Targets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the host asks of the driver while a run goes on: graph launches, and nothing else between two records. */
final class HandingOverTest {
    /** Too large to be fused. */
    private static final int N = 40;

    private static final Set<String> WAITING =
            Set.of("cuStreamSynchronize", "cuEventSynchronize", "cuCtxSynchronize", "cuMemFree_v2", "cuMemAlloc_v2");

    private static final Set<String> COPYING = Set.of(
            "cuMemcpyHtoDAsync_v2",
            "cuMemcpyDtoHAsync_v2",
            "cuMemcpyDtoDAsync_v2",
            "cuMemcpy2DAsync_v2",
            "cuMemsetD8Async");

    private static final Set<String> LAUNCHING =
            Set.of("cuLaunchKernel", "cublasDgemmStridedBatched", "cublasSgemmStridedBatched");

    @BeforeAll
    static void loadTheEmulator() {
        Emulator.load();
        Emulator.reset(); // what other tests of the process left
    }

    @AfterEach
    void nothingIsLeftBehind() {
        EmulatedCuda.assertClean();
    }

    private static long sum(Map<String, Long> calls, Set<String> names) {
        return names.stream().mapToLong(name -> calls.getOrDefault(name, 0L)).sum();
    }

    private static Map<String, Long> callsOfRun(int n, long steps, Schedule schedule) {
        Matrix target = Targets.synthetic(n, n, new double[] {2, 1}, false, 1);
        Estimation problem = new Estimation(target, Optional.empty(), Loss.SUM);
        Dimensions dimensions = new Dimensions(List.of(n, n, n));
        List<DenseDescent.Run> runs = List.of(new DenseDescent.Run(new Orthogonal(0.5, 1), 0.01));
        Listener silent = new Listener() {
            @Override
            public void row(int run, State state, double[] values) {}
        };
        try (Backend backend = EmulatedCuda.open();
                DenseDescent descent =
                        new DenseDescent(backend, Precision.FLOAT64, problem, dimensions, runs, Measures.BASIC)) {
            Recorder recorder = new Recorder(descent, schedule, List.of(Observer.loss()), StopRule.never(), silent);
            Emulator.reset();
            recorder.run(steps);
            return Emulator.callCounts();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 17, 255, 256, 257, 1_000, 4_097})
    void stepsTakeFewGraphLaunches(long steps) {
        long launches = callsOfRun(N, steps, Schedule.listed(List.of())).getOrDefault("cuGraphLaunch", 0L);
        assertTrue(launches <= (steps + 255) / 256 + 30, launches + " launches");
        assertTrue(launches >= (steps - 1) / 256, launches + " launches");
    }

    @Test
    void nothingButGraphLaunchesAndTheirMarksHappensBetweenRecords() {
        Map<String, Long> few = callsOfRun(N, 1 + 256 * 4, Schedule.listed(List.of()));
        Map<String, Long> many = callsOfRun(N, 1 + 256 * 12, Schedule.listed(List.of()));
        assertEquals(8, many.get("cuGraphLaunch") - few.get("cuGraphLaunch"));
        assertEquals(8, many.get("cuEventRecord") - few.get("cuEventRecord"));
        for (Set<String> none : List.of(WAITING, COPYING, LAUNCHING)) {
            assertEquals(sum(few, none), sum(many, none), none.toString());
        }
    }

    @Test
    void aRecordCostsAFixedNumberOfCalls() {
        long steps = 1 + 256 * 6;
        Map<String, Long> one = callsOfRun(N, steps, Schedule.listed(List.of(257L)));
        Map<String, Long> three = callsOfRun(N, steps, Schedule.listed(List.of(257L, 513L, 769L)));
        long waits = sum(three, Set.of("cuStreamSynchronize")) - sum(one, Set.of("cuStreamSynchronize"));
        assertTrue(waits <= 2 * 6, waits + " waits for two records");
        assertEquals(one.get("cuGraphLaunch"), three.get("cuGraphLaunch"));
        assertEquals(sum(one, Set.of("cuMemAlloc_v2")), sum(three, Set.of("cuMemAlloc_v2")));
    }

    @Test
    void aFusedDescentIsOneLaunchForAWholeInterval() {
        Map<String, Long> few = callsOfRun(8, 100, Schedule.listed(List.of()));
        Map<String, Long> many = callsOfRun(8, 10_000, Schedule.listed(List.of()));
        assertEquals(0L, many.getOrDefault("cuGraphLaunch", 0L));
        assertEquals(sum(few, LAUNCHING), sum(many, LAUNCHING));
    }
}
