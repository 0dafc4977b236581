package org.gradus.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.gradus.backend.Backend;
import org.gradus.backend.FastBackend;
import org.gradus.backend.Precision;
import org.gradus.backend.reference.ReferenceBackend;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PlainMatrices;
import org.gradus.problem.Problem;
import org.gradus.problem.Sensing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sensing and completion: every kind of observation, depth, loss and backend. */
final class ObservedDescentTest {
    static Stream<ObservedCase> cases() {
        return LongStream.range(0, 48).mapToObj(seed -> ObservedCase.of(seed, 9));
    }

    static Stream<Arguments> casesOnFastBackends() {
        return FastBackend.over(
                LongStream.range(0, 48).mapToObj(seed -> ObservedCase.of(seed, 14)),
                List.of(FastBackend.CPU_1, FastBackend.CPU_2, FastBackend.CPU_3),
                test -> test.seed() < 24);
    }

    /** W_j(1) − W_j(0) = −η ∂L/∂W_j for every j, all from the old factors, ∂L by central differences of fourth order. */
    @ParameterizedTest
    @MethodSource("cases")
    void oneStepGoesAlongTheNegativeGradientOfTheLoss(ObservedCase test) {
        ObservedCase unit = test.withStepSize(1);
        SplittableRandom random = new SplittableRandom(test.seed());
        try (Backend backend = new ReferenceBackend();
                DenseDescent descent = unit.open(backend)) {
            List<List<Matrix>> before = new ArrayList<>();
            State start = descent.observe();
            for (int run = 0; run < test.runs().size(); run++) {
                before.add(test.factors(start, run));
            }
            descent.advance(1);
            State state = descent.observe();
            for (int run = 0; run < test.runs().size(); run++) {
                List<Matrix> after = test.factors(state, run);
                double loss = test.loss(PlainMatrices.product(before.get(run)));
                for (int j = 1; j <= test.dimensions().depth(); j++) {
                    Matrix old = before.get(run).get(j - 1);
                    Matrix change = PlainMatrices.plus(after.get(j - 1), -1, old);
                    Matrix direction = PlainMatrices.random(random, old.rows(), old.cols());
                    double size = PlainMatrices.norm(change) * PlainMatrices.norm(direction);
                    assertEquals(
                            LossSlope.along(test::loss, before.get(run), j, direction),
                            -PlainMatrices.inner(change, direction),
                            1e-9 * (size + loss),
                            "W_" + j + " of run " + run);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lossAndTestErrorAreThoseOfTheProduct(ObservedCase test) {
        try (Backend backend = new ReferenceBackend();
                DenseDescent descent = test.open(backend)) {
            descent.advance(3);
            State state = descent.observe();
            for (int run = 0; run < test.runs().size(); run++) {
                Matrix product = PlainMatrices.product(test.factors(state, run));
                double size = 1 + PlainMatrices.norm(product);
                assertEquals(test.loss(product), state.loss(run), 1e-12 * size * size);
                if (test.problem().hasTestError()) {
                    assertEquals(test.testError(product), state.testError(run), 1e-12 * size);
                } else {
                    assertTrue(Double.isNaN(state.testError(run)));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("casesOnFastBackends")
    void backendsAgreeWithTheReference(ObservedCase test, FastBackend kind) {
        try (Backend reference = new ReferenceBackend();
                Backend backend = kind.open();
                DenseDescent expected = test.open(reference);
                DenseDescent descent = test.open(backend)) {
            for (int steps : new int[] {1, 20, 4}) {
                expected.advance(steps);
                descent.advance(steps);
                assertClose(expected.observe(), descent.observe(), test, 1e-12);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("casesOnFastBackends")
    void floatsAgreeWithTheReferenceToTheirPrecision(ObservedCase test, FastBackend kind) {
        try (Backend reference = new ReferenceBackend();
                Backend backend = kind.open();
                DenseDescent expected = test.open(reference);
                DenseDescent descent = test.open(backend, Precision.FLOAT32)) {
            expected.advance(25);
            descent.advance(25);
            assertClose(expected.observe(), descent.observe(), test, 2e-5);
        }
    }

    private static void assertClose(State expected, State state, ObservedCase test, double tolerance) {
        for (int run = 0; run < test.runs().size(); run++) {
            Matrix product = expected.product(run);
            double size = 1 + PlainMatrices.norm(product);
            assertTrue(
                    PlainMatrices.distance(product, state.product(run)) <= tolerance * size,
                    "product of run " + run + ", " + test.kind());
            assertEquals(expected.loss(run), state.loss(run), 10 * tolerance * (1 + expected.loss(run)));
            if (test.problem().hasTestError()) {
                assertEquals(expected.testError(run), state.testError(run), 10 * tolerance * size);
            }
            double[] values = expected.singularValues(run);
            assertArrayEquals(values, state.singularValues(run), 10 * tolerance * size);
        }
    }

    static Stream<ObservedCase> streamed() {
        return cases().filter(test -> test.problem() instanceof Sensing sensing && !sensing.recordable());
    }

    @ParameterizedTest
    @MethodSource("streamed")
    void streamedOperatorsDoWhatResidentOnesDo(ObservedCase test) {
        Sensing streamed = (Sensing) test.problem();
        Problem resident = new Sensing(streamed.operators(), streamed.y(), streamed.truth(), streamed.loss(), 0);
        for (FastBackend kind : List.of(FastBackend.CPU_2, FastBackend.CUDA)) {
            try (Backend backend = kind.open();
                    DenseDescent expected = test.with(resident).open(backend);
                    DenseDescent descent = test.open(backend)) {
                expected.advance(7);
                descent.advance(7);
                assertEquals(7, descent.settled());
                assertClose(expected.observe(), descent.observe(), test, 1e-13);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void plannedBytesAreAtLeastTheAllocatedOnesAndHardlyMore(ObservedCase test) {
        for (int snapshots = 0; snapshots <= 2; snapshots++) {
            try (CountingBackend backend = new CountingBackend()) {
                backend.lookahead = snapshots;
                for (int slow : new int[] {0, 100}) {
                    backend.slowTransposedProductsUpTo = slow;
                    backend.bytes = 0;
                    MemoryDemand demand = new MemoryDemand(
                            test.problem().footprint(), test.dimensions(), Precision.FLOAT64, DescentCase.ALL);
                    long planned = MemoryPlan.fitting(
                                    demand, backend, test.runs().size())
                            .bytes();
                    test.open(backend).close();
                    int runs = test.runs().size();
                    // the thin matrices of rank-one operators and the places of entries depend on the orientation
                    long longer =
                            Math.max(test.dimensions().rows(), test.dimensions().cols());
                    long slack = 16L * runs * longer * test.problem().observations() + 4 * longer;
                    assertTrue(backend.bytes <= planned, backend.bytes + " of " + planned);
                    if (test.problem() instanceof Sensing sensing && !sensing.recordable()) {
                        continue; // planned with blocks of the usual size
                    }
                    assertTrue(planned <= backend.bytes + slack, backend.bytes + " of " + planned);
                }
            }
        }
    }
}
