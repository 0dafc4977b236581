package org.gradus.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RanksTest {

    /** Σ = 18, Σσ² = 130, p = 10/18, 5/18, 2/18, 1/18. */
    @Test
    void measuresOfASpectrumByHand() {
        double[] values = {10, 5, 2, 1};
        assertEquals(1.8, Ranks.effective(values), 1e-15);
        assertEquals(1.3, Ranks.stable(values), 1e-15);
        double entropy = 0;
        for (double value : values) {
            entropy -= value / 18 * Math.log(value / 18);
        }
        assertEquals(Math.exp(entropy), Ranks.entropy(values), 1e-14);
        assertEquals(18, Ranks.nuclearNorm(values));
        assertEquals(10, Ranks.spectralNorm(values));
        assertEquals(Math.sqrt(130), Ranks.frobeniusNorm(values), 1e-14);
    }

    /** p = 2/3, 1/3: entropy rank 3/2^{2/3}. With four small values 1/8 instead: p = 2/3, four times 1/12. */
    @Test
    void ranksOfTheSameEffectiveRankDiffer() {
        double[] two = {1, 0.5};
        assertEquals(1.5, Ranks.effective(two));
        assertEquals(1.25, Ranks.stable(two));
        assertEquals(3 / Math.pow(2, 2 / 3.0), Ranks.entropy(two), 1e-14);
        double[] five = {1, 0.125, 0.125, 0.125, 0.125};
        assertEquals(1.5, Ranks.effective(five));
        assertEquals(1.0625, Ranks.stable(five));
        assertEquals(Math.pow(1.5, 2 / 3.0) * Math.pow(12, 1 / 3.0), Ranks.entropy(five), 1e-14);
        double[] uneven = {1, 0.47, 0.03};
        assertEquals(1.5, Ranks.effective(uneven), 1e-15);
        assertEquals(2.038, Ranks.entropy(uneven), 5e-4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 50})
    void kEqualValuesHaveRankKInEveryMeasure(int k) {
        double[] values = new double[k + 3];
        Arrays.fill(values, 0, k, 0.3);
        assertEquals(k, Ranks.effective(values), 1e-13 * k);
        assertEquals(k, Ranks.stable(values), 1e-13 * k);
        assertEquals(k, Ranks.entropy(values), 1e-13 * k);
    }

    @Test
    void theZeroMatrixHasNormsButNoRanks() {
        double[] zero = new double[4];
        assertTrue(Double.isNaN(Ranks.effective(zero)));
        assertTrue(Double.isNaN(Ranks.stable(zero)));
        assertTrue(Double.isNaN(Ranks.entropy(zero)));
        assertEquals(0, Ranks.nuclearNorm(zero));
        assertEquals(0, Ranks.spectralNorm(zero));
        assertEquals(0, Ranks.frobeniusNorm(zero));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-160, 1e-200, 1e200})
    void ranksDoNotDependOnTheScale(double scale) {
        double[] values = {3 * scale, 2 * scale, scale};
        assertEquals(2, Ranks.effective(values), 1e-14);
        assertEquals(14 / 9.0, Ranks.stable(values), 1e-14);
        assertEquals(Ranks.entropy(new double[] {3, 2, 1}), Ranks.entropy(values), 1e-14);
        assertEquals(scale * Math.sqrt(14), Ranks.frobeniusNorm(values), 1e-14 * scale);
    }
}
