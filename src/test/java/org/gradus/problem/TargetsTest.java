package org.gradus.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PlainMatrices;
import org.gradus.linalg.Spectrum;
import org.gradus.random.RandomStream;
import org.gradus.random.RandomStream.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TargetsTest {
    private static final double[] SPECTRUM = {10, 5, 2, 1};

    @ParameterizedTest
    @CsvSource({"4, 4, false", "4, 4, true", "30, 20, false", "20, 30, false", "50, 50, true", "101, 101, false"})
    void aSyntheticTargetHasExactlyTheWantedSpectrum(int rows, int cols, boolean symmetric) {
        Matrix target = Targets.synthetic(rows, cols, SPECTRUM, symmetric, 3);
        assertEquals(rows, target.rows());
        assertEquals(cols, target.cols());
        double[] wanted = Arrays.copyOf(SPECTRUM, Math.min(rows, cols));
        assertArrayEquals(wanted, Spectrum.of(target), 1e-13);
    }

    @Test
    void aSymmetricTargetIsSymmetricToTheLastBitAndHasTheSigns() {
        double[] eigenvalues = {4, -3, 2, -1, 0.5};
        Matrix target = Targets.synthetic(41, 41, eigenvalues, true, 4);
        assertTrue(target.isSymmetric(0));
        assertEquals(target, target.transposed());
        double trace = 0;
        for (int i = 0; i < 41; i++) {
            trace += target.get(i, i);
        }
        assertEquals(2.5, trace, 1e-13);
        // tr A³ = Σλ³ tells the signs too
        Matrix square = PlainMatrices.times(target, target);
        assertEquals(64 - 27 + 8 - 1 + 0.125, PlainMatrices.inner(square, target), 1e-11);
    }

    @Test
    void anotherSeedTurnsTheFramesOnly() {
        Matrix target = Targets.synthetic(9, 7, SPECTRUM, false, 1);
        assertEquals(target, Targets.synthetic(9, 7, SPECTRUM, false, 1));
        Matrix other = Targets.synthetic(9, 7, SPECTRUM, false, 2);
        assertTrue(PlainMatrices.distance(target, other) > 1);
        assertArrayEquals(Spectrum.of(target), Spectrum.of(other), 1e-13);
        assertNotEquals(target, Targets.synthetic(9, 9, SPECTRUM, true, 1));
    }

    @ParameterizedTest
    @CsvSource({"3, 9, false", "9, 3, false", "3, 3, true", "5, 6, true"})
    void aSpectrumThatDoesNotFitTheShapeIsRefused(int rows, int cols, boolean symmetric) {
        String said = assertThrows(
                        IllegalArgumentException.class, () -> Targets.synthetic(rows, cols, SPECTRUM, symmetric, 0))
                .getMessage();
        assertEquals(
                "a " + rows + "×" + cols + (symmetric ? " symmetric" : "") + " target cannot have a spectrum of 4",
                said);
    }

    @Test
    void noiseIsAddedEntryByEntryFromItsOwnStream() {
        Matrix target = Targets.synthetic(8, 6, SPECTRUM, false, 5);
        Matrix noisy = Targets.withNoise(target, 0.1, 6, false);
        RandomStream stream = new RandomStream(6, Purpose.NOISE, 0);
        for (int i = 0; i < 48; i++) {
            assertEquals(target.data()[i] + 0.1 * stream.gaussian(i), noisy.data()[i]);
        }
    }

    @Test
    void mirroredNoiseKeepsASymmetricTargetSymmetricToTheLastBit() {
        int n = 120;
        Matrix target = Targets.synthetic(n, n, SPECTRUM, true, 7);
        Matrix before = target.copy();
        Matrix noisy = Targets.withNoise(target, 0.5, 8, true);
        assertEquals(before, target);
        assertTrue(noisy.isSymmetric(0));
        Matrix noise = PlainMatrices.plus(noisy, -1, target);
        double variance = PlainMatrices.inner(noise, noise) / (n * n);
        // the n(n + 1)/2 independent entries leave about √(4/n²) of relative error
        assertEquals(0.25, variance, 0.25 * 5 * 2 / n);
        Matrix plain = Targets.withNoise(target, 0.5, 8, false);
        for (int j = 0; j < n; j++) {
            for (int i = 0; i <= j; i++) {
                assertEquals(plain.get(i, j), noisy.get(i, j));
            }
        }
    }
}
