package org.gradus.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class OperatorNormTest {

    /** Matrices that are all in memory. */
    private record Listed(Matrix[] matrices) implements MatrixSource {
        @Override
        public int count() {
            return matrices.length;
        }

        @Override
        public int rows() {
            return matrices[0].rows();
        }

        @Override
        public int cols() {
            return matrices[0].cols();
        }

        @Override
        public void read(int from, int to, double[] out) {
            int entries = rows() * cols();
            for (int i = from; i < to; i++) {
                System.arraycopy(matrices[i].data(), 0, out, (i - from) * entries, entries);
            }
        }
    }

    static Stream<Arguments> maps() {
        SplittableRandom random = new SplittableRandom(4);
        Stream.Builder<Arguments> maps = Stream.builder();
        for (int[] size : new int[][] {{1, 1, 1}, {3, 2, 5}, {4, 6, 40}, {7, 7, 9}, {300, 200, 30}}) {
            Matrix[] matrices = new Matrix[size[2]];
            Matrix a = PlainMatrices.random(random, size[0], size[2]);
            Matrix b = PlainMatrices.random(random, size[1], size[2]);
            Matrix[] ones = new Matrix[size[2]];
            for (int i = 0; i < size[2]; i++) {
                matrices[i] = PlainMatrices.random(random, size[0], size[1]);
                ones[i] = Matrix.zeros(size[0], size[1]);
                for (int row = 0; row < size[0]; row++) {
                    for (int col = 0; col < size[1]; col++) {
                        ones[i].set(row, col, a.get(row, i) * b.get(col, i));
                    }
                }
            }
            maps.add(Arguments.of(new DenseOperators(new Listed(matrices)), matrices));
            maps.add(Arguments.of(new RankOneOperators(a, b), ones));
        }
        return maps.build();
    }

    /** Against the largest singular value of the matrix whose rows are the operators; rounded up in the fourth digit. */
    @ParameterizedTest
    @MethodSource("maps")
    void theNormIsTheLargestSingularValueOfAllOperatorsTogether(LinearMap map, Matrix[] operators) {
        Matrix rows = Matrix.zeros(operators.length, map.rows() * map.cols());
        for (int i = 0; i < operators.length; i++) {
            for (int k = 0; k < operators[i].data().length; k++) {
                rows.set(i, k, operators[i].data()[k]);
            }
        }
        double expected = Math.pow(Spectrum.of(rows)[0], 2);
        assertEquals(expected, OperatorNorm.squared(map), 1.2e-3 * expected);
    }

    @Test
    void theZeroMapHasNormZero() {
        Matrix[] zeros = {Matrix.zeros(3, 2), Matrix.zeros(3, 2)};
        assertEquals(0, OperatorNorm.squared(new DenseOperators(new Listed(zeros))));
    }
}
