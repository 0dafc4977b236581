package org.gradus.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpectrumTest {

    @Test
    void singularValuesAreTheAbsoluteDiagonalInDescendingOrder() {
        assertArrayEquals(new double[] {5, 3, 1, 0}, Spectrum.of(PlainMatrices.diagonal(4, 6, -3, 0, 5, 1)), 1e-15);
        assertArrayEquals(new double[] {0, 0}, Spectrum.of(Matrix.zeros(7, 2)));
    }

    /** A 2×2 by hand: σ² are the roots of x² − ‖A‖_F² x + det². */
    @Test
    void aTwoByTwoMatrixByHand() {
        Matrix a = PlainMatrices.rows(new double[] {3, 0}, new double[] {4, 5});
        assertArrayEquals(new double[] {Math.sqrt(45), Math.sqrt(5)}, Spectrum.of(a), 1e-14);
        assertEquals(Math.sqrt(45), SpectralNorm.of(a), 1e-14);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 8", "8, 3", "65, 65", "128, 20"})
    void valuesAgreeWithTheFullDecompositionAndLeaveTheMatrixAlone(int rows, int cols) {
        Matrix a = PlainMatrices.random(new SplittableRandom(rows), rows, cols);
        Matrix before = a.copy();
        double[] values = Spectrum.of(a);
        assertEquals(before, a);
        assertArrayEquals(Lapack.svd(a.copy()).values(), values, 1e-13 * values[0]);
        double squares = 0;
        for (double value : values) {
            squares += value * value;
        }
        assertEquals(PlainMatrices.inner(a, a), squares, 1e-12 * squares);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 9", "9, 2", "40, 40", "100, 30"})
    void theSpectralNormComesFromBelowWithinAPercent(int rows, int cols) {
        for (int seed = 0; seed < 5; seed++) {
            Matrix a = PlainMatrices.random(new SplittableRandom(seed), rows, cols);
            double largest = Spectrum.of(a)[0];
            double norm = SpectralNorm.of(a);
            assertTrue(norm <= largest * (1 + 1e-13), norm + " exceeds " + largest);
            assertTrue(norm >= 0.99 * largest, norm + " is far below " + largest);
        }
    }

    @Test
    void theSpectralNormOfTheZeroMatrixIsZero() {
        assertEquals(0, SpectralNorm.of(Matrix.zeros(3, 4)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY})
    void theSpectralNormOfANonFiniteMatrixIsNotFinite(double value) {
        Matrix a = Matrix.scaledIdentity(3, 1);
        a.set(1, 2, value);
        assertFalse(Double.isFinite(SpectralNorm.of(a)));
    }
}
