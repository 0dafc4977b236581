package org.gradus.denoise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gradus.backend.Backend;
import org.gradus.backend.reference.ReferenceBackend;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.Spectrum;
import org.gradus.theory.StepSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DeepDescentTest {
    private static final NoisyMatrix NOISY = NoisyMatrices.noisy(NoisyMatrices.clean(9, 6, 5, 3, 1), 0.1);

    @ParameterizedTest
    @CsvSource({"9, 6, 3, 400", "6, 9, 3, 400", "7, 7, 2, 60", "8, 5, 4, 1500"})
    void theDescentOfTheFactorsThemselvesIsTheSame(int rows, int cols, int depth, long steps) {
        NoisyMatrix noisy = NoisyMatrices.noisy(NoisyMatrices.clean(rows, cols, 5, 3, 1), 0.1);
        DeepDescent descent = new DeepDescent(noisy, NoisyMatrices.depth(depth));
        Matrix expected = new Denoised(noisy, Optional.of(descent), stopAt(steps)).at(steps);
        List<Long> heard = new ArrayList<>();
        try (Backend backend = new ReferenceBackend()) {
            Matrix dense = DenseRun.product(backend, noisy, descent, steps, heard::add);
            assertEquals(0, DenseRun.difference(dense, expected), 1e-12);
        }
        assertEquals(steps, heard.get(heard.size() - 1));
        assertTrue(descent.recovered(steps)[0] > 0.1, "something is recovered");
    }

    private static Stop stopAt(long steps) {
        return new Stop(steps, 0, OptionalDouble.empty(), Optional.empty(), "asked for");
    }

    @Test
    void whatIsRecoveredAreTheSingularValuesOfTheProduct() {
        Denoised denoised = Denoised.of(NOISY, NoisyMatrices.DEFAULTS, new OfRank(2), step -> {});
        for (Denoised.Estimate estimate : Denoised.Estimate.values()) {
            assertArrayEquals(denoised.values(estimate), Spectrum.of(denoised.matrix(estimate)), 1e-12);
        }
    }

    @Test
    void noValueOvershootsOrTurnsBack() {
        DeepDescent descent = new DeepDescent(NOISY, terms(OptionalDouble.empty(), limit()));
        double[] before = descent.recovered(0);
        for (long step = 1; step < 400; step++) {
            double[] now = descent.recovered(step);
            for (int i = 0; i < now.length; i++) {
                double sigma = NOISY.values()[i];
                assertTrue(Math.abs(sigma - now[i]) <= Math.abs(sigma - before[i]) * (1 + 1e-12));
                assertTrue((sigma - now[i]) * (sigma - before[i]) >= -1e-12);
            }
            before = now;
        }
    }

    private static OptionalDouble limit() {
        double alpha = new DeepDescent(NOISY, NoisyMatrices.DEFAULTS).scale();
        return OptionalDouble.of(StepSize.monotoneLimit(3, NOISY.values()[0], alpha));
    }

    private static DeepDescent.Terms terms(OptionalDouble scale, OptionalDouble stepSize) {
        return new DeepDescent.Terms(3, scale, stepSize, 1000);
    }

    @Test
    void theAutomaticStartAndStepSizeAreTheStatedOnes() {
        DeepDescent descent = new DeepDescent(NOISY, NoisyMatrices.DEFAULTS);
        assertEquals(1e-4 * NOISY.values()[0], Math.pow(descent.scale(), 3), 1e-12);
        assertEquals(descent.monotoneLimit() / 2, descent.stepSize());
        NoisyMatrix faint = NoisyMatrices.noisy(NoisyMatrices.clean(9, 6, 5, 3), 1e-5);
        assertEquals(
                NoiseLevel.median(faint.values()) / 10,
                Math.pow(new DeepDescent(faint, NoisyMatrices.DEFAULTS).scale(), 3),
                1e-12);
    }

    @Test
    void aScaleOrStepSizeThatTheRulesCannotCountOnIsRefused() {
        String said = refused(terms(OptionalDouble.of(1.5), OptionalDouble.empty()));
        assertTrue(said.startsWith("--scale 1.500 starts the product at 3.375"), said);
        said = refused(terms(OptionalDouble.empty(), OptionalDouble.of(1.01 * limit().orElseThrow())));
        assertTrue(said.startsWith("--step-size must be above 0 and at most"), said);
    }

    private static String refused(DeepDescent.Terms terms) {
        return assertThrows(NoStopException.class, () -> new DeepDescent(NOISY, terms))
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource({"1e200", "1e-200", "1e300"})
    void theUnitOfTheEntriesDoesNotMatter(double unit) {
        NoisyMatrix scaled = NoisyMatrices.noisy(NoisyMatrices.clean(9, 6, 5 * unit, 3 * unit, unit), 0.1 * unit);
        Plateau expected =
                new DeepDescent(NOISY, NoisyMatrices.DEFAULTS).plateau(2).orElseThrow();
        Plateau plateau =
                new DeepDescent(scaled, NoisyMatrices.DEFAULTS).plateau(2).orElseThrow();
        assertEquals(expected, plateau);
        assertEquals(
                new DeepDescent(NOISY, NoisyMatrices.DEFAULTS).recovered(300)[1],
                new DeepDescent(scaled, NoisyMatrices.DEFAULTS).recovered(300)[1] / unit,
                1e-9);
    }
}
