package org.gradus.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PlainMatrices;
import org.gradus.linalg.Spectrum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShrinkageTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 0.1", "6, 6, 1", "9, 4, 0.7", "4, 9, 0.7", "40, 70, 5", "40, 70, 1e-3", "70, 40, 1e-3"})
    void singularValuesLoseTheThreshold(int rows, int cols, double threshold) {
        Matrix w = Instances.gaussian(new Random(rows), rows, cols);
        Shrinkage shrinkage = Shrinkage.of(w, threshold);
        // W − X = τ·(subgradient at X) characterizes the minimizer of a strictly convex function
        Matrix rest = PlainMatrices.plus(w, -1, shrinkage.matrix());
        assertTrue(Spectrum.of(rest)[0] <= threshold * (1 + 1e-8));
        Matrix subgradient = new Matrix(rows, cols, Vectors.times(1 / threshold, rest.data()));
        assertEquals(0, shrinkage.tangentDeviation(subgradient), 1e-8);
        double[] values = Spectrum.of(shrinkage.matrix());
        assertArrayEquals(shrinkage.values(), java.util.Arrays.copyOf(values, shrinkage.rank()), 1e-12 * values[0]);
    }

    @ParameterizedTest
    @CsvSource({"30, 50", "50, 30"})
    void bothWaysAgreeAcrossTheirLimit(int rows, int cols) {
        Matrix w = Instances.gaussian(new Random(5), rows, cols);
        double limit = 1e-4 * Vectors.norm(w.data());
        Matrix byVectors = Shrinkage.of(w, limit).matrix();
        Matrix byGram = Shrinkage.of(w, limit * (1 + 1e-9)).matrix();
        assertTrue(Instances.relativeDistance(byGram, byVectors) < 1e-11);
    }

    @Test
    void aThresholdAboveTheNormLeavesZero() {
        Shrinkage zero = Shrinkage.of(PlainMatrices.diagonal(2, 3, 3, 1), 3.5);
        assertEquals(0, zero.rank());
        assertEquals(Matrix.zeros(2, 3), zero.matrix());
        assertEquals(Matrix.zeros(2, 3), Shrinkage.of(Matrix.zeros(2, 3), 1).matrix());
    }

    @Test
    void theTangentDeviationIsThatOfTheDefinition() {
        Random random = new Random(6);
        Matrix g = Instances.gaussian(random, 7, 5);
        Shrinkage x = Shrinkage.of(Instances.lowRank(random, 7, 5, 2, 10), 0.1);
        Matrix p = Lapack.timesTransposed(x.u(), x.u());
        Matrix q = Lapack.timesTransposed(x.v(), x.v());
        Matrix pg = Lapack.times(p, g);
        Matrix projected = PlainMatrices.plus(PlainMatrices.plus(pg, 1, Lapack.times(g, q)), -1, Lapack.times(pg, q));
        double expected = PlainMatrices.distance(projected, Lapack.timesTransposed(x.u(), x.v())) / Math.sqrt(2);
        assertEquals(expected, x.tangentDeviation(g), 1e-13 * expected);
    }
}
