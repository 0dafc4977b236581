package org.gradus.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.gradus.backend.Backend;
import org.gradus.backend.FastBackend;
import org.gradus.backend.Precision;
import org.gradus.backend.openblas.OpenBlasBackend;
import org.gradus.backend.reference.ReferenceBackend;
import org.gradus.init.Dimensions;
import org.gradus.init.Identical;
import org.gradus.init.Orthogonal;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PlainMatrices;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.gradus.problem.Targets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The fast backend against the plain loops over many steps, and the independence of the runs of a batch. */
final class DenseDescentTest {
    private static final int STEPS = 200;

    static Stream<DescentCase> cases() {
        return LongStream.range(1_000, 1_042).mapToObj(seed -> DescentCase.of(seed, seed % 5 == 0 ? 40 : 20));
    }

    /** On the emulator, which takes its time, some: of every depth, with and without a size beyond 32. */
    private static boolean isForCuda(DescentCase test) {
        return test.seed() % 10 < 2;
    }

    static Stream<Arguments> casesOnGroupsOfBackends() {
        return Stream.concat(
                cases().map(test -> Arguments.of(test, FastBackend.CPUS)),
                cases().filter(DenseDescentTest::isForCuda).map(test -> Arguments.of(test, List.of(FastBackend.CUDA))));
    }

    static Stream<Arguments> casesOnEveryBackend() {
        return FastBackend.over(cases(), FastBackend.CPUS, DenseDescentTest::isForCuda);
    }

    static Stream<Arguments> casesOnTwoBackends() {
        return FastBackend.over(cases(), List.of(FastBackend.CPU_2), DenseDescentTest::isForCuda);
    }

    private static State after(DenseDescent descent, long steps) {
        descent.advance(steps);
        return descent.observe();
    }

    private static void assertAgree(DescentCase test, State expected, State actual, double tolerance, String what) {
        for (int run = 0; run < test.runs().size(); run++) {
            Matrix product = expected.product(run);
            String where = what + ", run " + run;
            double distance = PlainMatrices.distance(product, actual.product(run)) / PlainMatrices.norm(product);
            assertTrue(distance <= tolerance, where + ": products differ by " + distance);
            assertValues(expected.singularValues(run), actual.singularValues(run), tolerance, where);
            for (int j = 1; j <= test.dimensions().depth(); j++) {
                assertValues(
                        expected.factorSingularValues(run, j),
                        actual.factorSingularValues(run, j),
                        tolerance,
                        where + ", W_" + j);
            }
            assertEquals(expected.loss(run), actual.loss(run), tolerance * (1 + expected.loss(run)), where);
            assertEquals(expected.testError(run), actual.testError(run), tolerance * 2, where);
        }
    }

    private static void assertValues(double[] expected, double[] actual, double tolerance, String where) {
        assertTrue(Arrays.stream(expected).allMatch(Double::isFinite), where + " is not stable");
        assertArrayEquals(expected, actual, tolerance * expected[0], where);
    }

    @ParameterizedTest
    @MethodSource("casesOnGroupsOfBackends")
    void theFastBackendsFollowThePlainLoops(DescentCase test, List<FastBackend> group) {
        try (Backend reference = new ReferenceBackend();
                DenseDescent expected = test.open(reference)) {
            State state = after(expected, STEPS);
            for (FastBackend fast : group) {
                try (Backend backend = fast.open();
                        DenseDescent descent = test.open(backend);
                        DenseDescent rounded = test.open(backend, Precision.FLOAT32)) {
                    assertAgree(test, state, after(descent, STEPS), 1e-12, fast.toString());
                    assertAgree(test, state, after(rounded, STEPS), 1e-4, fast + ", float32");
                }
            }
        }
    }

    /** Up to 100 the small gradients are kept transposed; from 96 on two workers share the columns of a product. */
    @ParameterizedTest
    @CsvSource({
        "99, 99, 99",
        "100, 100, 100",
        "101, 101, 101",
        "102, 102, 102",
        "100, 101, 97",
        "101, 90, 99",
        "99, 100, 101"
    })
    void sizesAroundTheSwitchOfTheSmallProductsAgree(int first, int middle, int last) {
        Dimensions dimensions = new Dimensions(List.of(first, middle, last, last));
        Matrix target = Targets.synthetic(last, first, new double[] {3, 2, 1}, false, 1);
        Estimation problem = new Estimation(target, Optional.of(target), Loss.SUM);
        List<DenseDescent.Run> runs = List.of(new DenseDescent.Run(new Orthogonal(0.8, 2), 0.02));
        DescentCase test = new DescentCase(0, problem, dimensions, runs);
        try (Backend reference = new ReferenceBackend();
                DenseDescent expected =
                        new DenseDescent(reference, Precision.FLOAT64, problem, dimensions, runs, Measures.BASIC)) {
            expected.advance(8);
            State start = expected.observe();
            for (int threads = 1; threads <= 3; threads++) {
                try (Backend backend = new OpenBlasBackend(threads);
                        DenseDescent descent = test.open(backend)) {
                    State state = after(descent, 8);
                    Matrix product = start.product(0);
                    assertTrue(PlainMatrices.distance(product, state.product(0)) < 1e-13 * PlainMatrices.norm(product));
                    assertArrayEquals(start.singularValues(0), state.singularValues(0), 1e-13 * 3);
                    assertEquals(start.loss(0), state.loss(0), 1e-12);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("casesOnTwoBackends")
    void aBatchIsTheRunsOneByOne(DescentCase test, FastBackend fast) {
        try (Backend backend = fast.open();
                DenseDescent batch = test.open(backend)) {
            State together = after(batch, STEPS);
            assertEquals(test.runs().size(), batch.runs());
            for (int run = 0; run < test.runs().size(); run++) {
                try (DenseDescent single = test.only(run).open(backend)) {
                    State alone = after(single, STEPS);
                    Matrix product = alone.product(0);
                    double distance = PlainMatrices.distance(product, together.product(run));
                    assertTrue(distance <= 1e-12 * PlainMatrices.norm(product), "run " + run);
                    assertArrayEquals(
                            alone.singularValues(0), together.singularValues(run), 1e-12 * alone.singularValues(0)[0]);
                    assertEquals(alone.loss(0), together.loss(run), 1e-12 * (1 + alone.loss(0)));
                    assertEquals(alone.balancedness(0), together.balancedness(run), 1e-12);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("casesOnEveryBackend")
    void aSecondRunHasTheSameBits(DescentCase test, FastBackend fast) {
        List<List<Matrix>> factors = new ArrayList<>();
        for (int time = 0; time < 2; time++) {
            try (Backend backend = fast.open();
                    DenseDescent descent = test.open(backend)) {
                // cut differently, and looked at on the way
                descent.advance(time == 0 ? 20 : 7);
                descent.observe();
                descent.advance(time == 0 ? 0 : 13);
                State state = descent.observe();
                List<Matrix> own = new ArrayList<>();
                for (int run = 0; run < test.runs().size(); run++) {
                    own.addAll(test.factors(state, run));
                    own.add(state.product(run));
                }
                factors.add(own);
            }
        }
        assertEquals(factors.get(0), factors.get(1));
    }

    @Test
    void factorsThatDoNotMakeTheTargetAreRefused() {
        Estimation problem = new Estimation(Matrix.zeros(4, 3), Optional.empty(), Loss.SUM);
        List<DenseDescent.Run> runs = List.of(new DenseDescent.Run(new Identical(1), 0.1));
        assertEquals(
                "factors of sizes [4, 4] do not make a 4×3 product",
                refusal(problem, new Dimensions(List.of(4, 4)), runs));
        assertTrue(refusal(problem, new Dimensions(List.of(3, 4)), runs).startsWith("identical factors are"));
    }

    private static String refusal(Estimation problem, Dimensions dimensions, List<DenseDescent.Run> runs) {
        try (Backend backend = new ReferenceBackend()) {
            return assertThrows(
                            IllegalArgumentException.class,
                            () -> new DenseDescent(
                                            backend, Precision.FLOAT64, problem, dimensions, runs, Measures.BASIC)
                                    .close())
                    .getMessage();
        }
    }
}
