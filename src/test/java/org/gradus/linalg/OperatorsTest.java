package org.gradus.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What more than products the maps tell of their operators, and how they are read. */
final class OperatorsTest {

    private static MatrixSource source(SplittableRandom random, int rows, int cols, int count) {
        return new FlattenedMatrices(rows, cols, PlainMatrices.random(random, rows * cols, count));
    }

    private static SparseMatrix places(int rows, int cols, int... numbers) {
        int[] entryRows = Arrays.stream(numbers).map(k -> k % rows).toArray();
        int[] entryCols = Arrays.stream(numbers).map(k -> k / rows).toArray();
        return SparseMatrix.of(rows, cols, entryRows, entryCols, new double[numbers.length]);
    }

    static Stream<LinearMap> maps() {
        SplittableRandom random = new SplittableRandom(1);
        return Stream.of(
                new EveryEntry(4, 3),
                new Sampling(places(9, 5, 0, 3, 4, 17, 22, 23, 44)),
                new Sampling(places(9, 5, 0)),
                new DenseOperators(source(random, 9, 5, 12)),
                new DenseOperators(source(random, 3, 1, 7)),
                new DenseOperators(source(random, 60, 50, 3)),
                // of several blocks, and of several pieces where they are held
                new DenseOperators(source(random, 1200, 1000, 4)),
                new DenseOperators(HeldMatrices.of(source(random, 1200, 1000, 4), Long.MAX_VALUE)),
                new RankOneOperators(PlainMatrices.random(random, 6, 11), PlainMatrices.random(random, 4, 11)),
                new RankOneOperators(PlainMatrices.random(random, 1, 1), PlainMatrices.random(random, 3, 1)));
    }

    @ParameterizedTest
    @MethodSource("maps")
    void theAdjointIsTheAdjoint(LinearMap map) {
        SplittableRandom random = new SplittableRandom(2);
        Matrix w = PlainMatrices.random(random, map.rows(), map.cols());
        Matrix y = PlainMatrices.random(random, map.count(), 1);
        Matrix image = new Matrix(map.count(), 1, map.apply(w));
        double size = PlainMatrices.norm(w) * PlainMatrices.norm(map.adjoint(y.data()));
        assertEquals(PlainMatrices.inner(image, y), PlainMatrices.inner(w, map.adjoint(y.data())), 1e-13 * size);
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
                assertEquals(column[i], gram.get(i, j), 1e-13 * (1 + Math.abs(column[j])));
                assertTrue(!map.hasOrthonormalOperators() || column[i] == (i == j ? 1 : 0));
            }
            trace += gram.get(j, j);
        }
        assertEquals(trace, map.squaredNorm(), 1e-12 * trace);
    }

    @Test
    void heldOperatorsGiveTheSameBitsAndAreReadOnce() {
        int[] reads = new int[1];
        MatrixSource source = source(new SplittableRandom(3), 70, 80, 900);
        MatrixSource counted = new MatrixSource() {
            @Override
            public int count() {
                return source.count();
            }

            @Override
            public int rows() {
                return source.rows();
            }

            @Override
            public int cols() {
                return source.cols();
            }

            @Override
            public void read(int from, int to, double[] out) {
                synchronized (reads) {
                    reads[0] += to - from;
                }
                source.read(from, to, out);
            }
        };
        LinearMap streamed = new DenseOperators(source);
        LinearMap held = new DenseOperators(HeldMatrices.of(counted, Long.MAX_VALUE));
        Matrix w = PlainMatrices.random(new SplittableRandom(4), 70, 80);
        double[] y = streamed.apply(w);
        assertArrayEquals(y, held.apply(w));
        assertEquals(streamed.adjoint(y), held.adjoint(y));
        assertEquals(streamed.gram(), held.gram());
        assertEquals(900, reads[0]);
    }

    @Test
    void vectorsOfDifferentNumberAreRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> new RankOneOperators(Matrix.zeros(2, 3), Matrix.zeros(2, 4)));
    }
}
