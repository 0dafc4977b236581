package org.gradus.denoise;

import static org.gradus.denoise.NoisyMatrices.DEFAULTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.gradus.denoise.Denoised.Estimate;
import org.gradus.linalg.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StoppingRuleTest {
    private static final Matrix CLEAN = NoisyMatrices.clean(60, 40, 20, 12, 7, 4);
    private static final NoisyMatrix NOISY = NoisyMatrices.noisy(CLEAN, 0.1);

    private static Denoised denoised(StoppingRule rule) {
        return denoised(NOISY, rule);
    }

    private static Denoised denoised(NoisyMatrix noisy, StoppingRule rule) {
        return Denoised.of(noisy, DEFAULTS, rule, step -> {});
    }

    private static String refused(NoisyMatrix noisy, DeepDescent.Terms terms, StoppingRule rule) {
        return assertThrows(NoStopException.class, () -> Denoised.of(noisy, terms, rule, step -> {}))
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "2, 3", "3, 3", "4, 3", "2, 2", "4, 2", "3, 5"})
    void anEstimateOfARankHasNearlyTheEffectiveRankOfTheTruncation(int rank, int depth) {
        Denoised denoised = Denoised.of(NOISY, NoisyMatrices.depth(depth), new OfRank(rank), step -> {});
        double expected = denoised.effectiveRank(Estimate.TRUNCATED);
        assertEquals(expected, denoised.effectiveRank(Estimate.DESCENT), 0.08 * expected);
        assertEquals(rank, denoised.stop().rank());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 9, 40})
    void onAPlateauAsManyValuesAreHalfRecoveredAndNeitherBeforeNorAfter(int rank) {
        DeepDescent descent = new DeepDescent(NOISY, DEFAULTS);
        Plateau plateau = descent.plateau(rank).orElseThrow();
        assertEquals(rank, descent.rankOf(descent.recovered(plateau.first())));
        assertEquals(rank - 1, descent.rankOf(descent.recovered(plateau.first() - 1)));
        assertEquals(rank, descent.rankOf(descent.recovered(plateau.middle())));
        if (rank < descent.ranks()) {
            assertEquals(rank, descent.rankOf(descent.recovered(plateau.last())));
            assertTrue(descent.rankOf(descent.recovered(plateau.last() + 1)) > rank);
        } else {
            assertTrue(plateau.forEver());
            assertEquals(2 * plateau.first(), plateau.middle());
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.1, 0.5, 2})
    void theDiscrepancyHoldsAtItsStepAndNotBefore(double sigma) {
        Denoised denoised = denoised(new Discrepancy(OptionalDouble.of(sigma)));
        double distance = sigma * Math.sqrt(60 * 40);
        long step = denoised.stop().step();
        assertTrue(distance(denoised.at(step)) <= distance);
        assertEquals(step == 0, distance >= distance(denoised.at(0)));
        if (step > 0) {
            assertTrue(distance(denoised.at(step - 1)) > distance);
        }
        assertEquals(distance(denoised.at(step)), Math.sqrt(denoised.squaredResidual(Estimate.DESCENT)), 1e-10);
    }

    private static double distance(Matrix estimate) {
        double sum = 0;
        for (int i = 0; i < estimate.data().length; i++) {
            double rest = NOISY.data().data()[i] - estimate.data()[i];
            sum += rest * rest;
        }
        return Math.sqrt(sum);
    }

    @Test
    void everyRuleComesNearerToTheTruthThanTheInput() {
        double before = quality(denoised(new OfRank(4)), Estimate.NOISY).psnr();
        for (StoppingRule rule : List.of(
                new OfRank(4), new Discrepancy(OptionalDouble.empty()), new Threshold(), new LongestPlateau())) {
            double after = quality(denoised(rule), Estimate.DESCENT).psnr();
            assertTrue(after > before + 3, rule.name() + ": " + before + " dB before, " + after + " dB after");
        }
    }

    private static Quality quality(Denoised denoised, Estimate estimate) {
        return Quality.of(List.of(denoised.matrix(estimate)), List.of(CLEAN), Quality.range(List.of(CLEAN)));
    }

    @Test
    void thresholdAndLongestPlateauFindTheRankOfAMatrixWithAGap() {
        assertEquals(4, denoised(new Threshold()).stop().rank());
        NoisyMatrix gap = NoisyMatrices.noisy(NoisyMatrices.clean(60, 40, 20, 17, 15, 13), 0.05);
        assertEquals(4, denoised(gap, new LongestPlateau()).stop().rank());
    }

    @Test
    void theEstimatedNoiseLevelIsTheOneThatTheDiscrepancyTakes() {
        Denoised denoised = denoised(new Discrepancy(OptionalDouble.empty()));
        double sigma = NoiseLevel.estimate(NOISY).orElseThrow();
        assertEquals(sigma, denoised.stop().noiseLevel().orElseThrow());
        Denoised given = denoised(new Discrepancy(OptionalDouble.of(sigma)));
        assertEquals(given.stop().step(), denoised.stop().step());
    }

    @Test
    void noiseAloneHasRankZeroAboveTheThreshold() {
        NoisyMatrix noise = NoisyMatrices.noisy(Matrix.zeros(50, 50), 1);
        Denoised denoised = denoised(noise, new Threshold());
        assertEquals(0, denoised.stop().rank());
        assertEquals(noise.values()[0], denoised.softThreshold());
        assertTrue(Double.isNaN(denoised.effectiveRank(Estimate.TRUNCATED)));
    }

    @Test
    void theZeroMatrixIsItsOwnEstimate() {
        Denoised denoised = denoised(NoisyMatrix.of("matrix", Matrix.zeros(4, 3)), new OfRank(1));
        for (Estimate estimate : Estimate.values()) {
            assertEquals(Matrix.zeros(4, 3), denoised.matrix(estimate));
        }
        assertEquals(Matrix.zeros(4, 3), denoised.at(0));
    }

    @Test
    void anImpossibleRankIsRefusedWithWhatIsPossible() {
        NoisyMatrix low = NoisyMatrix.of("matrix", NoisyMatrices.clean(12, 9, 5, 3, 1));
        assertEquals(
                "rank 4 is impossible: the 12×9 matrix has rank 3: give 1 to 3", refused(low, DEFAULTS, new OfRank(4)));
        NoisyMatrix twins = NoisyMatrix.of("matrix", NoisyMatrices.clean(12, 9, 5, 3, 3, 1));
        String said = refused(twins, DEFAULTS, new OfRank(2));
        assertTrue(said.contains("values 2 and 3 of the matrix (3.00000 and 3.00000)"), said);
        assertTrue(said.endsWith("possible: 1, 3, 4"), said);
        NoisyMatrix far = NoisyMatrix.of("matrix", NoisyMatrices.clean(12, 9, 5, 1e-4));
        assertTrue(refused(far, DEFAULTS, new OfRank(2)).endsWith("give a smaller --scale, or 1 to 1"));
    }

    @Test
    void aHorizonThatIsTooNearIsNamed() {
        DeepDescent.Terms near = NoisyMatrices.horizon(20);
        for (StoppingRule rule : List.of(
                new OfRank(3), new Discrepancy(OptionalDouble.of(0.1)), new Threshold(), new LongestPlateau())) {
            String said = refused(NOISY, near, rule);
            assertTrue(said.contains("within 20 steps") && said.contains("--steps"), said);
        }
    }

    @Test
    void noEstimateOfTheNoiseIsRefusedWithWhatCanBeGiven() {
        NoisyMatrix low = NoisyMatrix.of("matrix", NoisyMatrices.clean(12, 11, 5, 3, 1));
        String said = refused(low, DEFAULTS, new Discrepancy(OptionalDouble.empty()));
        assertTrue(said.contains("12×11 matrix of rank 3") && said.endsWith("give --noise-level or --rank"), said);
    }
}
