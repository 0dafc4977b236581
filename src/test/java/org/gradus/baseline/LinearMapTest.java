package org.gradus.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.MatrixSource;
import org.gradus.linalg.PlainMatrices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class LinearMapTest {

    static Stream<LinearMap> maps() {
        Random random = new Random(1);
        Matrix w = Instances.gaussian(random, 9, 5);
        return Stream.of(
                new Sampling(Instances.sample(random, w, 17)),
                new Sampling(Instances.entries(w, 0)),
                Instances.gaussianOperators(random, 9, 5, 12),
                Instances.gaussianOperators(random, 3, 1, 7),
                Instances.gaussianOperators(random, 60, 50, 3),
                new RankOneOperators(Instances.gaussian(random, 6, 11), Instances.gaussian(random, 4, 11)),
                new RankOneOperators(Instances.gaussian(random, 1, 1), Instances.gaussian(random, 3, 1)));
    }

    @ParameterizedTest
    @MethodSource("maps")
    void theAdjointIsTheAdjoint(LinearMap map) {
        Random random = new Random(2);
        Matrix w = Instances.gaussian(random, map.rows(), map.cols());
        double[] c = Instances.gaussian(random, map.count(), 1).data();
        assertEquals(map.count(), map.apply(w).length);
        assertEquals(Vectors.inner(map.apply(w), c), PlainMatrices.inner(w, map.adjoint(c)), 1e-11);
    }

    @ParameterizedTest
    @MethodSource("maps")
    void theGramMatrixHoldsInnerProductsOfOperators(LinearMap map) {
        Matrix gram = map.gram();
        double trace = 0;
        for (int j = 0; j < map.count(); j++) {
            double[] unit = new double[map.count()];
            unit[j] = 1;
            double[] column = map.apply(map.adjoint(unit));
            for (int i = 0; i < map.count(); i++) {
                assertEquals(column[i], gram.get(i, j), 1e-12);
                assertTrue(!map.hasOrthonormalOperators() || column[i] == (i == j ? 1 : 0));
            }
            trace += gram.get(j, j);
        }
        assertEquals(trace, map.squaredNorm(), 1e-12 * trace);
    }

    @Test
    void denseOperatorsAreInnerProductsInTheSourcesOrder() {
        Matrix a = PlainMatrices.rows(new double[] {1, 2}, new double[] {3, 4});
        Matrix b = PlainMatrices.rows(new double[] {0, -1}, new double[] {5, 0});
        MatrixSource source = new Listed(2, 2, a, b);
        Matrix w = PlainMatrices.rows(new double[] {1, 10}, new double[] {100, 1000});
        DenseOperators operators = DenseOperators.of(source);
        assertArrayEquals(new double[] {4321, 490}, operators.apply(w));
        assertEquals(
                PlainMatrices.rows(new double[] {1, 1}, new double[] {8, 4}), operators.adjoint(new double[] {1, 1}));
    }

    @Test
    void rankOneOperatorsAreTheirExpansions() {
        Random random = new Random(3);
        Matrix a = Instances.gaussian(random, 5, 8);
        Matrix b = Instances.gaussian(random, 7, 8);
        Matrix flattened = Matrix.zeros(35, 8);
        for (int k = 0; k < 8; k++) {
            for (int p = 0; p < 35; p++) {
                flattened.set(p, k, a.get(p % 5, k) * b.get(p / 5, k));
            }
        }
        LinearMap expanded = new DenseOperators(5, 7, flattened);
        LinearMap thin = new RankOneOperators(a, b);
        Matrix w = Instances.gaussian(random, 5, 7);
        assertArrayEquals(expanded.apply(w), thin.apply(w), 1e-13);
        assertTrue(Instances.relativeDistance(thin.gram(), expanded.gram()) < 1e-14);
    }

    @Test
    void sizesThatDoNotFitAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new DenseOperators(2, 3, Matrix.zeros(5, 1)));
        assertThrows(
                IllegalArgumentException.class, () -> new RankOneOperators(Matrix.zeros(2, 3), Matrix.zeros(2, 4)));
    }

    @ParameterizedTest
    @CsvSource({"2147483647, 2147483647, 1", "2147483647, 1, 2147483647", "100000, 100000, 3", "1000, 1000, 2148"})
    void operatorsBeyondMemoryAreRefusedBeforeTheyAreRead(int rows, int cols, int count) {
        MatrixSource source = new Announced(rows, cols, count);
        String message = assertThrows(IllegalArgumentException.class, () -> DenseOperators.of(source))
                .getMessage();
        assertTrue(message.startsWith(count + " operators of " + rows + "×" + cols + " do not fit"), message);
    }

    private record Announced(int rows, int cols, int count) implements MatrixSource {
        @Override
        public void read(int from, int to, double[] out) {
            throw new AssertionError("read");
        }
    }

    private record Listed(int rows, int cols, Matrix... matrices) implements MatrixSource {
        @Override
        public int count() {
            return matrices.length;
        }

        @Override
        public void read(int from, int to, double[] out) {
            for (int k = from; k < to; k++) {
                System.arraycopy(matrices[k].data(), 0, out, rows * cols * (k - from), rows * cols);
            }
        }
    }
}
