package org.gradus.denoise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.gradus.linalg.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NoiseLevelTest {

    /** Gavish and Donoho's approximation of λ*(β)/√μ_β, 0.56β³ − 0.95β² + 1.82β + 1.43, is off by at most 0.02. */
    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.25, 0.5, 0.75, 1})
    void theMedianOfTheLawGivesThePublishedCoefficients(double beta) {
        double star = Math.sqrt(2 * (beta + 1) + 8 * beta / (beta + 1 + Math.sqrt(beta * beta + 14 * beta + 1)));
        double published = ((0.56 * beta - 0.95) * beta + 1.82) * beta + 1.43;
        assertEquals(published, star / Math.sqrt(MarchenkoPastur.median(beta)), 0.02);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.3, 0.99, 1})
    void theLawIsAProbability(double beta) {
        assertEquals(1, MarchenkoPastur.above(beta, Math.PI), 1e-6);
        assertEquals(0.5, MarchenkoPastur.above(beta, angle(beta, MarchenkoPastur.median(beta))), 1e-6);
    }

    private static double angle(double beta, double point) {
        return Math.acos((point - 1 - beta) / (2 * Math.sqrt(beta)));
    }

    @Test
    void aRatioOfSidesOutsideItsRangeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> MarchenkoPastur.median(0));
        assertThrows(IllegalArgumentException.class, () -> MarchenkoPastur.median(1.1));
    }

    @ParameterizedTest
    @CsvSource({"120, 120, 0.3", "120, 60, 0.01", "40, 160, 2"})
    void theNoiseOfALowRankMatrixIsEstimatedToAFewPercent(int rows, int cols, double sigma) {
        NoisyMatrix noisy = NoisyMatrices.noisy(NoisyMatrices.clean(rows, cols, 50, 30, 20), sigma);
        assertEquals(sigma, NoiseLevel.estimate(noisy).orElseThrow(), 0.04 * sigma);
    }

    @Test
    void theThresholdOfASquareMatrixIsFourOverRootThree() {
        NoisyMatrix noisy = NoisyMatrices.noisy(NoisyMatrices.clean(100, 100, 50), 0.1);
        assertEquals(4 / Math.sqrt(3) * 10 * 0.1, NoiseLevel.hardThreshold(noisy, 0.1), 1e-12);
    }

    @Test
    void whatHasNoNoiseInEveryDirectionOrTooFewDirectionsHasNoEstimate() {
        assertTrue(NoiseLevel.estimate(NoisyMatrix.of("matrix", NoisyMatrices.clean(40, 40, 5, 4)))
                .isEmpty());
        Matrix narrow = NoisyMatrices.clean(40, NoiseLevel.FEWEST - 1, 5);
        assertTrue(NoiseLevel.estimate(NoisyMatrices.noisy(narrow, 0.1)).isEmpty());
        assertTrue(NoiseLevel.estimate(NoisyMatrix.of("matrix", Matrix.zeros(20, 20)))
                .isEmpty());
    }
}
