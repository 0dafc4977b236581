package org.gradus.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradus.linalg.EveryEntry;
import org.gradus.linalg.LinearMap;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PlainMatrices;
import org.gradus.linalg.RankOneOperators;
import org.gradus.linalg.Sampling;
import org.gradus.linalg.SparseMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LinearBaselinesTest {

    static Stream<LinearMap> maps() {
        Random random = new Random(1);
        Matrix w = Instances.gaussian(random, 7, 5);
        return Stream.of(
                new EveryEntry(7, 5),
                new Sampling(Instances.sample(random, w, 12)),
                new Sampling(Instances.entries(w, IntStream.range(0, 35).toArray())),
                Instances.gaussianOperators(random, 7, 5, 15),
                // more operators than entries: least squares
                Instances.gaussianOperators(random, 4, 3, 30),
                new RankOneOperators(Instances.gaussian(random, 6, 9), Instances.gaussian(random, 5, 9)));
    }

    @ParameterizedTest
    @MethodSource("maps")
    void depthOneIsWhereDescentFromZeroEnds(LinearMap map) {
        double[] y = Instances.gaussian(new Random(2), map.count(), 1).data();
        double step = 1 / Vectors.spectralNorm(map.gram());
        Matrix w = Matrix.zeros(map.rows(), map.cols());
        for (int k = 0; k < 20_000; k++) {
            Matrix gradient = map.adjoint(Vectors.minus(map.apply(w), y));
            w = PlainMatrices.plus(w, -step, gradient);
        }
        Estimate limit = Baselines.depthOne(map, y);
        assertTrue(Instances.relativeDistance(limit.matrix(), w) < 1e-8);
    }

    @Test
    void depthOneOfCompletionIsTheZeroFilledMatrix() {
        SparseMatrix observed = Instances.sample(new Random(3), Instances.gaussian(new Random(4), 5, 6), 11);
        Estimate estimate = Baselines.depthOne(new Sampling(observed), observed.values());
        assertEquals(observed.dense(), estimate.matrix());
        assertEquals(
                0, Baselines.depthOne(new Sampling(observed), new double[11]).rank());
    }

    @Test
    void truncationKeepsTheLargestSingularValues() {
        Matrix diagonal = PlainMatrices.diagonal(3, 4, 5, 3, 1);
        Estimate estimate = Baselines.truncatedSvd(diagonal, 2);
        assertTrue(PlainMatrices.distance(estimate.matrix(), PlainMatrices.diagonal(3, 4, 5, 3)) < 1e-14);
        assertEquals(2, estimate.rank());
        assertEquals(8, estimate.nuclearNorm(), 1e-14);
        assertEquals(0, Baselines.truncatedSvd(Matrix.zeros(2, 2), 1).rank());
        // of a matrix of smaller rank all of it
        Matrix flat = Instances.lowRank(new Random(5), 6, 5, 1, 2);
        assertEquals(1, Baselines.truncatedSvd(flat, 4).rank());
    }

    @Test
    void theBackProjectionOfCompletionIsRescaledByTheFractionObserved() {
        Matrix w = PlainMatrices.rows(new double[] {2, 0}, new double[] {0, 8});
        SparseMatrix observed = Instances.entries(w, 0, 1);
        Matrix estimate = Baselines.truncatedSvd(new Sampling(observed), observed.values(), 2)
                .matrix();
        assertTrue(PlainMatrices.distance(estimate, PlainMatrices.diagonal(2, 2, 4)) < 1e-14);
    }

    @Test
    void theBackProjectionOfManyGaussianMeasurementsIsNearTheTarget() {
        Random random = new Random(6);
        Matrix target = Instances.lowRank(random, 10, 8, 1, 3);
        LinearMap map = Instances.gaussianOperators(random, 10, 8, 4_000);
        Matrix estimate = Baselines.truncatedSvd(map, map.apply(target), 1).matrix();
        // the error of the leading vectors is of the order √((rows + cols)/m)
        assertTrue(Instances.relativeDistance(estimate, target) < 3 * Math.sqrt(18.0 / 4_000));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    void ranksThatAMatrixCannotHaveAreRefused(int rank) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> Baselines.truncatedSvd(Matrix.zeros(3, 5), rank))
                .getMessage();
        assertEquals("rank " + rank + ": a 3×5 matrix has ranks from 1 to 3", message);
    }
}
