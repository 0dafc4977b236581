package org.gradus.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.gradus.backend.Backend;
import org.gradus.backend.openblas.OpenBlasBackend;
import org.gradus.backend.reference.ReferenceBackend;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PlainMatrices;
import org.gradus.linalg.Spectrum;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One step and one observation against the definitions. */
final class GradientTest {
    static Stream<DescentCase> cases() {
        return LongStream.range(0, 42).mapToObj(seed -> DescentCase.of(seed, 12));
    }

    /** W_j(1) − W_j(0) = −η ∂L/∂W_j for every j, all from the old factors; η = 1 keeps the digits. */
    @ParameterizedTest
    @MethodSource("cases")
    void oneStepGoesAlongTheNegativeGradientOfTheLoss(DescentCase test) {
        DescentCase unit = test.withStepSize(1);
        SplittableRandom random = new SplittableRandom(test.seed());
        for (Backend backend : List.of(new ReferenceBackend(), new OpenBlasBackend(2))) {
            try (backend;
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
                    for (int j = 1; j <= test.dimensions().depth(); j++) {
                        Matrix old = before.get(run).get(j - 1);
                        Matrix change = PlainMatrices.plus(after.get(j - 1), -1, old);
                        Matrix direction = PlainMatrices.random(random, old.rows(), old.cols());
                        double expected = LossSlope.along(test::loss, before.get(run), j, direction);
                        double size = PlainMatrices.norm(change) * PlainMatrices.norm(direction);
                        assertEquals(
                                expected,
                                -PlainMatrices.inner(change, direction),
                                1e-9 * (size + test.loss(PlainMatrices.product(before.get(run)))),
                                "W_" + j + " of run " + run);
                    }
                }
            }
        }
    }

    /** Product, loss, spectra, test error and balancedness of what the factors are, after some steps. */
    @ParameterizedTest
    @MethodSource("cases")
    void aStateMeasuresItsFactors(DescentCase test) {
        for (Backend backend : List.of(new ReferenceBackend(), new OpenBlasBackend(2))) {
            try (backend;
                    DenseDescent descent = test.open(backend)) {
                descent.advance(3);
                State state = descent.observe();
                assertEquals(3, state.step());
                for (int run = 0; run < test.runs().size(); run++) {
                    assertMeasured(test, state, run);
                }
            }
        }
    }

    private static void assertMeasured(DescentCase test, State state, int run) {
        List<Matrix> factors = test.factors(state, run);
        Matrix product = PlainMatrices.product(factors);
        double size = 1 + PlainMatrices.norm(product);
        assertTrue(PlainMatrices.distance(product, state.product(run)) < 1e-13 * size);
        assertEquals(test.loss(product), state.loss(run), 1e-13 * size * size);
        assertValues(Spectrum.of(product), state.singularValues(run));
        for (int j = 1; j <= factors.size(); j++) {
            assertValues(Spectrum.of(factors.get(j - 1)), state.factorSingularValues(run, j));
        }
        Matrix truth = test.problem().clean().orElseThrow();
        double error = PlainMatrices.distance(product, truth) / PlainMatrices.norm(truth);
        assertEquals(error, state.testError(run), 1e-13 * size);
        double defect = 0;
        for (int j = 1; j < factors.size(); j++) {
            Matrix next = factors.get(j);
            Matrix own = factors.get(j - 1);
            Matrix left = PlainMatrices.times(next.transposed(), next);
            defect = Math.max(defect, PlainMatrices.distance(left, PlainMatrices.times(own, own.transposed())));
        }
        assertEquals(defect, state.balancedness(run), 1e-13 * size);
    }

    private static void assertValues(double[] expected, double[] actual) {
        assertEquals(expected.length, actual.length);
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
        }
        assertTrue(worst <= 1e-13 * (1 + expected[0]), Arrays.toString(expected) + " but " + Arrays.toString(actual));
    }
}
