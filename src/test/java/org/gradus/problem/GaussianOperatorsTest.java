package org.gradus.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.gradus.linalg.HeldMatrices;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.MatrixSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GaussianOperatorsTest {

    private static double[] read(MatrixSource source, int from, int to) {
        double[] out = new double[(to - from) * source.rows() * source.cols()];
        source.read(from, to, out);
        return out;
    }

    @ParameterizedTest
    @ValueSource(longs = {1L, 1L << 40})
    void blocksAreTheSameNumbersAsTheWholeHeldOrNot(long bytes) {
        GaussianOperators operators = new GaussianOperators(50, 7, 5, 0.5, false, 3);
        MatrixSource held = HeldMatrices.of(operators, bytes);
        double[] whole = read(operators, 0, 50);
        for (int[] block : new int[][] {{0, 50}, {10, 11}, {49, 50}, {7, 33}}) {
            double[] part = Arrays.copyOfRange(whole, block[0] * 35, block[1] * 35);
            assertArrayEquals(part, read(operators, block[0], block[1]));
            assertArrayEquals(part, read(held, block[0], block[1]));
        }
    }

    /** 40,000 numbers: the variance is known to 0.7 %. */
    @Test
    void entriesHaveTheStandardDeviationThatWasAskedFor() {
        double[] numbers = read(new GaussianOperators(400, 10, 10, 0.3, false, 1), 0, 400);
        double square = Arrays.stream(numbers).map(x -> x * x).sum() / numbers.length;
        assertEquals(0.09, square, 0.003);
        assertEquals(0, Arrays.stream(numbers).sum() / numbers.length, 0.006);
    }

    @Test
    void symmetricOnesAreSymmetricToTheLastBit() {
        double[] numbers = read(new GaussianOperators(300, 6, 6, 1, true, 2), 0, 300);
        double diagonal = 0;
        double off = 0;
        for (int i = 0; i < 300; i++) {
            Matrix operator = new Matrix(6, 6, Arrays.copyOfRange(numbers, 36 * i, 36 * (i + 1)));
            assertTrue(operator.isSymmetric(0));
            diagonal += operator.get(2, 2) * operator.get(2, 2) / 300;
            off += operator.get(1, 2) * operator.get(1, 2) / 300;
        }
        assertEquals(1, diagonal, 0.35);
        assertEquals(0.5, off, 0.18);
        assertThrows(IllegalArgumentException.class, () -> new GaussianOperators(1, 2, 3, 1, true, 0));
    }
}
