package org.gradus.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpectralEstimatesTest {
    private static final double ROUNDING = 1e-12;

    private static Matrix random(int rows, int cols) {
        Random random = new Random(31L * rows + cols);
        return new Matrix(rows, cols, random.doubles((long) rows * cols, -1, 1).toArray());
    }

    @ParameterizedTest
    @CsvSource({"7, 4, 0", "7, 4, 2", "4, 7, 3", "5, 5, 5", "1, 6, 1"})
    void aTruncationKeepsTheLargestSingularValues(int rows, int cols, int rank) {
        Lapack.Svd svd = Lapack.svd(random(rows, cols));
        Matrix truncated = SpectralEstimates.truncated(svd, rank);
        double[] expected = svd.values().clone();
        Arrays.fill(expected, rank, expected.length, 0);
        assertArrayEquals(expected, Spectrum.of(truncated), ROUNDING);
        assertEquals(rows, truncated.rows());
    }

    @ParameterizedTest
    @CsvSource({"6, 4, 0", "6, 4, 0.7", "4, 6, 1e9"})
    void softeningIsTheProximalOperatorOfTheNuclearNorm(int rows, int cols, double threshold) {
        Matrix matrix = random(rows, cols);
        Matrix softened = SpectralEstimates.softened(Lapack.svd(matrix.copy()), threshold);
        // A − X is τ times a subgradient of ‖X‖_*: ‖A − X‖ ≤ τ and ⟨A − X, X⟩ = τ‖X‖_*
        Matrix rest = matrix.copy();
        double inner = 0;
        for (int i = 0; i < rest.data().length; i++) {
            rest.data()[i] -= softened.data()[i];
            inner += rest.data()[i] * softened.data()[i];
        }
        double nuclear = Arrays.stream(Spectrum.of(softened)).sum();
        assertEquals(Math.min(threshold, Spectrum.of(matrix)[0]), Spectrum.of(rest)[0], ROUNDING);
        assertEquals(nuclear == 0 ? 0 : threshold * nuclear, inner, ROUNDING);
    }

    @Test
    void valuesOfAnySignAndOrderStandAtTheirVectors() {
        Matrix matrix = random(5, 3);
        Lapack.Svd svd = Lapack.svd(matrix.copy());
        double[] negated = {-svd.values()[0], 0, svd.values()[2]};
        Matrix product = SpectralEstimates.withValues(svd, negated);
        double[] coordinates = new double[3];
        Matrix image = Lapack.timesTransposed(product, svd.vt());
        Matrix inner = Lapack.transposedTimes(svd.u(), image);
        Arrays.setAll(coordinates, i -> inner.get(i, i));
        assertArrayEquals(negated, coordinates, ROUNDING);
    }

    @Test
    void whatIsNoRankThresholdOrSpectrumIsRefused() {
        Lapack.Svd svd = Lapack.svd(random(3, 3));
        assertThrows(IllegalArgumentException.class, () -> SpectralEstimates.truncated(svd, 4));
        assertThrows(IllegalArgumentException.class, () -> SpectralEstimates.truncated(svd, -1));
        assertThrows(IllegalArgumentException.class, () -> SpectralEstimates.softened(svd, -1));
        assertThrows(IllegalArgumentException.class, () -> SpectralEstimates.softened(svd, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> SpectralEstimates.withValues(svd, new double[2]));
    }
}
