package org.gradus.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.gradus.backend.GatedBackend;
import org.gradus.backend.Precision;
import org.gradus.init.Dimensions;
import org.gradus.init.Orthogonal;
import org.gradus.linalg.LowRank;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.gradus.problem.Targets;
import org.junit.jupiter.api.Test;
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

    /** Of the subspace as well as of the complement, which goes on in host memory. */
    @Test
    void aReducedDescentIsSeenAtTheStepThatWasMeasured() {
        Matrix target = Targets.synthetic(9, 9, new double[] {2, 1}, false, 1);
        Estimation problem = new Estimation(target, Optional.of(target), Loss.SUM);
        Dimensions dimensions = new Dimensions(List.of(9, 9, 9, 9));
        Orthogonal start = new Orthogonal(0.5, 1);
        DescentCase test = new DescentCase(0, problem, dimensions, List.of(new DenseDescent.Run(start, 0.05)));
        List<List<Double>> states = new ArrayList<>();
        for (int lookahead = 0; lookahead <= 1; lookahead++) {
            try (GatedBackend backend = new GatedBackend(lookahead, false);
                    SubspaceDescent descent = new SubspaceDescent(
                            backend,
                            Precision.FLOAT64,
                            problem,
                            LowRank.of(target),
                            dimensions,
                            start,
                            0.05,
                            DescentCase.ALL)) {
                descent.advance(STEPS);
                backend.gate.release(1 - lookahead);
                Future<State> measured = descent.measure();
                if (lookahead > 0) {
                    descent.advance(STEPS);
                    assertEquals(2 * STEPS, descent.settled());
                    assertFalse(measured.isDone());
                    backend.gate.release();
                }
                states.add(numbers(Futures.await(measured), test, DescentCase.ALL));
            }
        }
        assertEquals(states.get(0), states.get(1));
    }
}
