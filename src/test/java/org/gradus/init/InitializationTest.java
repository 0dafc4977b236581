package org.gradus.init;

import static org.gradus.linalg.PlainMatrices.distance;
import static org.gradus.linalg.PlainMatrices.plus;
import static org.gradus.linalg.PlainMatrices.times;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.gradus.init.RandomEntries.Distribution;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PlainMatrices;
import org.gradus.linalg.Spectrum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class InitializationTest {

    private static Dimensions sizes(Integer... sizes) {
        return new Dimensions(List.of(sizes));
    }

    static List<Dimensions> anySizes() {
        return List.of(
                sizes(1, 1),
                sizes(5, 5),
                sizes(7, 4),
                sizes(4, 7),
                sizes(6, 6, 6),
                sizes(9, 3, 5),
                sizes(5, 12, 8, 7),
                sizes(3, 9, 2, 11, 6));
    }

    private static List<Matrix> factors(Initialization start, Dimensions dimensions) {
        assertEquals(Optional.empty(), start.refusal(dimensions));
        List<Matrix> factors = new ArrayList<>();
        for (int j = 1; j <= dimensions.depth(); j++) {
            Matrix factor = start.factor(j, dimensions);
            assertEquals(dimensions.size(j), factor.rows());
            assertEquals(dimensions.size(j - 1), factor.cols());
            factors.add(factor);
        }
        return factors;
    }

    private static void assertAllSingularValues(double expected, Matrix factor) {
        for (double value : Spectrum.of(factor)) {
            assertEquals(expected, value, 1e-14 * expected);
        }
    }

    @Test
    void identicalFactorsAreMultiplesOfTheIdentity() {
        Dimensions dimensions = sizes(4, 4, 4, 4);
        Initialization start = new Identical(0.3);
        for (Matrix factor : factors(start, dimensions)) {
            assertEquals(Matrix.scaledIdentity(4, 0.3), factor);
        }
        assertEquals(0.3, start.largestSingularValue(dimensions));
        assertEquals("identical, scale 0.300000 per factor, 0.0270000 for the product", start.describe(dimensions));
    }

    @Test
    void perturbedFactorsDifferInTheFirst() {
        Dimensions dimensions = sizes(3, 3, 3, 3);
        Initialization start = new Perturbed(0.5, 0.3);
        List<Matrix> factors = factors(start, dimensions);
        assertEquals(Matrix.scaledIdentity(3, 0.2), factors.get(0));
        assertEquals(Matrix.scaledIdentity(3, 0.5), factors.get(1));
        assertEquals(Matrix.scaledIdentity(3, 0.5), factors.get(2));
        assertEquals(0.5, start.largestSingularValue(dimensions));
        assertEquals(
                "perturbed, scale 0.500000 per factor, perturbation 0.300000 of the first, 0.0500000 for the product",
                start.describe(dimensions));
    }

    @Test
    void aPerturbationOfTheWholeScaleMakesTheFirstFactorZero() {
        assertEquals(Matrix.zeros(3, 3), new Perturbed(0.1, 0.1).factor(1, sizes(3, 3, 3)));
    }

    @Test
    void multiplesOfTheIdentityAreRefusedForUnequalSizes() {
        String rest = " factors are multiples of the identity, so all sizes must be equal, not [4, 4, 5];"
                + " use kind: balanced (the same dynamics for any shape) or orthogonal";
        assertEquals(Optional.of("identical" + rest), new Identical(1).refusal(sizes(4, 4, 5)));
        assertEquals(Optional.of("perturbed" + rest), new Perturbed(1, 0.5).refusal(sizes(4, 4, 5)));
        assertTrue(new Identical(1).refusal(sizes(4, 5, 4)).isPresent());
    }

    /** W(0) = α^N U_k V_kᵀ with k the smallest size, all factors' values α, W_{j+1}ᵀW_{j+1} = W_jW_jᵀ. */
    @ParameterizedTest
    @MethodSource("anySizes")
    void balancedFactorsChainAlongTheTargetsSingularVectors(Dimensions dimensions) {
        double scale = 0.4;
        Matrix target = PlainMatrices.random(new SplittableRandom(1), dimensions.rows(), dimensions.cols());
        Initialization start = Balanced.matching(target, scale);
        List<Matrix> factors = factors(start, dimensions);
        int k = dimensions.smallest();
        Lapack.Svd svd = Lapack.svd(target.copy());
        Matrix expected = Matrix.zeros(dimensions.rows(), dimensions.cols());
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.cols(); j++) {
                for (int mode = 0; mode < k; mode++) {
                    double entry = svd.u().get(i, mode) * svd.vt().get(mode, j);
                    expected.set(i, j, expected.get(i, j) + Math.pow(scale, dimensions.depth()) * entry);
                }
            }
        }
        assertTrue(distance(expected, PlainMatrices.product(factors)) < 1e-14);
        for (Matrix factor : factors) {
            double[] values = Spectrum.of(factor);
            for (int i = 0; i < values.length; i++) {
                assertEquals(i < k ? scale : 0, values[i], 1e-14);
            }
        }
        for (int j = 1; j < factors.size(); j++) {
            Matrix next = factors.get(j);
            Matrix own = factors.get(j - 1);
            assertTrue(distance(times(next.transposed(), next), times(own, own.transposed())) < 1e-14);
        }
        assertEquals(scale, start.largestSingularValue(dimensions));
    }

    @ParameterizedTest
    @MethodSource("anySizes")
    void orthogonalFactorsHaveOneSingularValue(Dimensions dimensions) {
        Initialization start = new Orthogonal(0.7, 9);
        List<Matrix> factors = factors(start, dimensions);
        factors.forEach(factor -> assertAllSingularValues(0.7, factor));
        assertEquals(0.7, start.largestSingularValue(dimensions));
        assertEquals(factors, factors(new Orthogonal(0.7, 9), dimensions));
    }

    @Test
    void everyOrthogonalFactorAndSeedHasItsOwnFrame() {
        Dimensions dimensions = sizes(6, 6, 6);
        List<Matrix> first = factors(new Orthogonal(1, 1), dimensions);
        List<Matrix> second = factors(new Orthogonal(1, 2), dimensions);
        assertTrue(distance(first.get(0), first.get(1)) > 0.5);
        assertTrue(distance(first.get(0), second.get(0)) > 0.5);
        assertTrue(distance(first.get(1), second.get(1)) > 0.5);
    }

    /** Standard deviation α/√max(n_j, n_{j−1}); the fourth moment tells normal (3σ⁴) from uniform (1.8σ⁴). */
    @ParameterizedTest
    @EnumSource
    void randomEntriesHaveTheStatedVarianceAndKurtosis(Distribution distribution) {
        Dimensions dimensions = sizes(300, 400, 200);
        Initialization start = new RandomEntries(distribution, 2, OptionalDouble.empty(), 3);
        for (Matrix factor : factors(start, dimensions)) {
            double variance = 4.0 / 400;
            double count = factor.data().length;
            double mean = Arrays.stream(factor.data()).sum() / count;
            double second = Arrays.stream(factor.data()).map(x -> x * x).sum() / count;
            double fourth = Arrays.stream(factor.data()).map(x -> x * x * x * x).sum() / count;
            assertEquals(0, mean, 5 * Math.sqrt(variance / count));
            assertEquals(variance, second, 5 * variance * Math.sqrt(2 / count));
            double kurtosis = distribution == Distribution.GAUSSIAN ? 3 : 1.8;
            assertEquals(kurtosis, fourth / (second * second), 5 * Math.sqrt(24 / count));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aGivenDeviationOverridesTheScale(Distribution distribution) {
        Dimensions dimensions = sizes(100, 100);
        Initialization start = new RandomEntries(distribution, Double.NaN, OptionalDouble.of(0.3), 3);
        Matrix factor = start.factor(1, dimensions);
        assertEquals(0.3, PlainMatrices.norm(factor) / 100, 0.01);
        assertEquals(0.3 * 20, start.largestSingularValue(dimensions), 1e-12);
        assertTrue(start.describe(dimensions).endsWith("standard deviation 0.3"), start.describe(dimensions));
    }

    @ParameterizedTest
    @EnumSource
    void theLargestSingularValueOfRandomFactorsIsNearItsEdge(Distribution distribution) {
        Dimensions dimensions = sizes(120, 80, 150);
        Initialization start = new RandomEntries(distribution, 1, OptionalDouble.empty(), 4);
        double largest = 0;
        for (Matrix factor : factors(start, dimensions)) {
            largest = Math.max(largest, Spectrum.of(factor)[0]);
        }
        assertEquals(largest, start.largestSingularValue(dimensions), 0.06 * largest);
    }

    @Test
    void factorsOfOneSeedDifferAndASeedRepeats() {
        Dimensions dimensions = sizes(8, 8, 8);
        RandomEntries start = new RandomEntries(Distribution.GAUSSIAN, 1, OptionalDouble.empty(), 5);
        assertNotEquals(start.factor(1, dimensions), start.factor(2, dimensions));
        assertEquals(start.factor(2, dimensions), start.factor(2, dimensions));
        RandomEntries other = new RandomEntries(Distribution.GAUSSIAN, 1, OptionalDouble.empty(), 6);
        assertNotEquals(start.factor(1, dimensions), other.factor(1, dimensions));
    }

    @Test
    void givenFactorsAreTakenAsTheyAre() {
        Dimensions dimensions = sizes(3, 4, 2);
        Matrix first = PlainMatrices.random(new SplittableRandom(5), 4, 3);
        Matrix second = PlainMatrices.random(new SplittableRandom(6), 2, 4);
        Given start = new Given(List.of(first, second));
        assertEquals(List.of(first, second), factors(start, dimensions));
        double largest = Math.max(Spectrum.of(first)[0], Spectrum.of(second)[0]);
        double bound = start.largestSingularValue(dimensions);
        assertTrue(bound <= largest * (1 + 1e-14) && bound > 0.99 * largest);
    }

    @Test
    void givenFactorsOfAnotherNumberOrShapeAreRefused() {
        Given start = new Given(List.of(Matrix.zeros(4, 3), Matrix.zeros(2, 4)));
        assertEquals(Optional.of("2 factors are given for depth 3"), start.refusal(sizes(3, 4, 4, 2)));
        assertEquals(
                Optional.of("the file of W_2 holds a 2×4 matrix; the sizes [3, 4, 5] want 5×4"),
                start.refusal(sizes(3, 4, 5)));
        assertEquals(
                Optional.of("the file of W_1 holds a 4×3 matrix; the sizes [3, 5, 2] want 5×3"),
                start.refusal(sizes(3, 5, 2)));
    }

    @Test
    void scalesPerFactorAndForTheProductAreConverted() {
        assertEquals(0.1, Scales.perFactor(0.001, 3), 1e-16);
        assertEquals(0.25, Scales.perFactor(0.25, 1));
        assertEquals(
                "orthogonal (seed 2), scale 0.100000 per factor, 0.00100000 for the product",
                new Orthogonal(0.1, 2).describe(sizes(2, 2, 2, 2)));
    }

    @Test
    void dimensionsNameTheSizes() {
        Dimensions dimensions = sizes(5, 12, 8, 7);
        assertEquals(3, dimensions.depth());
        assertEquals(7, dimensions.rows());
        assertEquals(5, dimensions.cols());
        assertEquals(5, dimensions.smallest());
        assertEquals(12, dimensions.largest());
        assertTrue(sizes(3, 3).allEqual());
        assertArrayEquals(
                new int[] {5, 12, 8, 7},
                new int[] {dimensions.size(0), dimensions.size(1), dimensions.size(2), dimensions.size(3)});
    }

    @Test
    void sizesWithoutAFactorOrBelowOneAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> sizes(3));
        assertThrows(IllegalArgumentException.class, () -> new Dimensions(List.of()));
        String said = assertThrows(IllegalArgumentException.class, () -> sizes(3, 0, 3))
                .getMessage();
        assertEquals("not the sizes of a product of factors: [3, 0, 3]", said);
    }

    @Test
    void theStartsDoNotShareTheMatricesTheyHandOut() {
        Dimensions dimensions = sizes(2, 2);
        Identical start = new Identical(1);
        Matrix changed = start.factor(1, dimensions);
        changed.set(0, 0, 9);
        assertTrue(distance(plus(changed, -1, start.factor(1, dimensions)), Matrix.zeros(2, 2)) == 8);
    }
}
