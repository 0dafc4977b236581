package org.gradus.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.gradus.backend.Precision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Measurements that are carried out when the descent has long gone on, against those for which it waits. */
final class SnapshotTest {
    private static final int STEPS = 5;

    static Stream<DescentCase> cases() {
        return LongStream.range(4_000, 4_042).mapToObj(seed -> DescentCase.of(seed, 12));
    }

    /** All numbers of a state but the factors. */
    private static List<Double> numbers(State state, DescentCase test, Measures measures) {
        List<Double> numbers = new ArrayList<>(List.of((double) state.step()));
        for (int run = 0; run < test.runs().size(); run++) {
            numbers.addAll(List.of(state.loss(run), state.testError(run), state.balancedness(run)));
            add(numbers, state.singularValues(run));
            add(numbers, state.product(run).data());
            for (int j = 1; measures.factors() && j <= test.dimensions().depth(); j++) {
                add(numbers, state.factorSingularValues(run, j));
            }
        }
        return numbers;
    }

    private static void add(List<Double> numbers, double[] values) {
        Arrays.stream(values).forEach(numbers::add);
    }

    private static DenseDescent open(DescentCase test, GatedBackend backend, Measures measures) {
        return new DenseDescent(backend, Precision.FLOAT64, test.problem(), test.dimensions(), test.runs(), measures);
    }

    /** At 0, 5, 10, …; each is waited for. */
    private static List<List<Double>> waitedFor(DescentCase test, Measures measures, int count, boolean straight) {
        List<List<Double>> states = new ArrayList<>();
        try (GatedBackend backend = new GatedBackend(0, straight)) {
            backend.gate.release(count);
            try (DenseDescent descent = open(test, backend, measures)) {
                for (int i = 0; i < count; i++) {
                    states.add(numbers(descent.observe(), test, measures));
                    descent.advance(STEPS);
                }
            }
        }
        return states;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void snapshotsAreIndependentOfWhatTheDescentDoesNext(DescentCase test) {
        boolean straight = test.seed() / 6 % 2 == 0;
        int last = 6;
        for (Measures measures : List.of(DescentCase.ALL, Measures.BASIC)) {
            List<List<Double>> expected = waitedFor(test, measures, last, straight);
            for (int lookahead = 1; lookahead <= 2; lookahead++) {
                List<List<Double>> states = new ArrayList<>();
                try (GatedBackend backend = new GatedBackend(lookahead, straight);
                        DenseDescent descent = open(test, backend, measures)) {
                    assertEquals(lookahead, descent.lookahead());
                    while (states.size() < last) {
                        List<Future<State>> underWay = new ArrayList<>();
                        for (int i = 0; i < lookahead; i++) {
                            underWay.add(descent.measure());
                            descent.advance(STEPS);
                        }
                        for (Future<State> future : underWay) {
                            assertFalse(future.isDone());
                            backend.gate.release();
                            states.add(numbers(Futures.await(future), test, measures));
                        }
                    }
                }
                assertEquals(expected, states, "lookahead " + lookahead + ", " + measures);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void noMoreMeasurementsThanThereAreSnapshotsCanBeUnderWay(int lookahead) {
        DescentCase test = DescentCase.of(4_003, 8);
        try (GatedBackend backend = new GatedBackend(lookahead, false);
                DenseDescent descent = open(test, backend, Measures.BASIC)) {
            List<Future<State>> underWay = new ArrayList<>(List.of(descent.measure()));
            while (underWay.size() < lookahead) {
                underWay.add(descent.measure());
            }
            String message =
                    assertThrows(IllegalStateException.class, descent::measure).getMessage();
            assertEquals("the descent is measured again while its memory is being measured", message);
            if (lookahead == 0) {
                assertThrows(IllegalStateException.class, () -> descent.advance(1));
            } else {
                descent.advance(1);
            }
            backend.gate.release(underWay.size());
            underWay.forEach(future -> assertEquals(0, Futures.await(future).step()));
            descent.advance(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void factorsAreThereUntilTheDescentGoesOn(int lookahead) {
        DescentCase test = DescentCase.of(4_004, 8);
        try (GatedBackend backend = new GatedBackend(lookahead, false);
                DenseDescent descent = open(test, backend, Measures.BASIC)) {
            backend.gate.release(1);
            State state = descent.observe();
            double[] start =
                    test.runs().get(0).start().factor(1, test.dimensions()).data();
            assertArrayEquals(start, state.factor(0, 1).data());
            descent.advance(3);
            assertEquals(
                    "the factors of step 0 are gone: the descent is at step 3",
                    assertThrows(IllegalStateException.class, () -> state.factor(0, 1))
                            .getMessage());
        }
    }
}
