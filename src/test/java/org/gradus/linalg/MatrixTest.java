package org.gradus.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MatrixTest {

    @Test
    void entriesLieColumnByColumn() {
        Matrix matrix = new Matrix(2, 3, new double[] {1, 2, 3, 4, 5, 6});
        assertEquals(2, matrix.get(1, 0));
        assertEquals(5, matrix.get(0, 2));
        matrix.set(1, 2, 7);
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 7}, matrix.data());
        assertEquals(PlainMatrices.rows(new double[] {1, 3, 5}, new double[] {2, 4, 7}), matrix);
    }

    @ParameterizedTest
    @CsvSource({"0, 2, 0", "2, 0, 0", "-1, -1, 1", "2, 2, 3", "2, 2, 5", "65536, 65536, 0"})
    void numbersThatDoNotFillTheShapeAreRefused(int rows, int cols, int length) {
        String said = assertThrows(IllegalArgumentException.class, () -> new Matrix(rows, cols, new double[length]))
                .getMessage();
        assertEquals("a " + rows + "×" + cols + " matrix cannot be made of " + length + " numbers", said);
    }

    @Test
    void moreEntriesThanAnArrayHoldsAreRefusedBeforeAllocation() {
        assertThrows(ArithmeticException.class, () -> Matrix.zeros(65_536, 65_536));
    }

    @Test
    void theTransposeOfTheTransposeIsTheMatrix() {
        Matrix matrix = PlainMatrices.rows(new double[] {1, 2, 3}, new double[] {4, 5, 6});
        Matrix transposed = matrix.transposed();
        assertEquals(PlainMatrices.rows(new double[] {1, 4}, new double[] {2, 5}, new double[] {3, 6}), transposed);
        assertEquals(matrix, transposed.transposed());
    }

    @Test
    void aCopyHasItsOwnEntries() {
        Matrix matrix = Matrix.scaledIdentity(2, 3);
        Matrix copy = matrix.copy();
        copy.set(0, 1, 1);
        assertArrayEquals(new double[] {3, 0, 0, 3}, matrix.data());
        assertNotEquals(matrix, copy);
    }

    @Test
    void equalMatricesHaveEqualShapesAndEntries() {
        Matrix matrix = new Matrix(1, 2, new double[] {1, 2});
        assertEquals(matrix, new Matrix(1, 2, new double[] {1, 2}));
        assertEquals(matrix.hashCode(), new Matrix(1, 2, new double[] {1, 2}).hashCode());
        assertNotEquals(matrix, matrix.transposed());
        assertNotEquals(matrix, new Matrix(1, 2, new double[] {1, 3}));
    }

    @Test
    void symmetryIsMeasuredAgainstTheLargestEntry() {
        Matrix matrix = PlainMatrices.rows(new double[] {100, 1}, new double[] {1 + 1e-8, -2});
        assertTrue(matrix.isSymmetric(1e-10));
        assertFalse(matrix.isSymmetric(1e-11));
        assertFalse(matrix.isSymmetric(0));
        assertTrue(Matrix.scaledIdentity(3, 2).isSymmetric(0));
        assertFalse(Matrix.zeros(2, 3).isSymmetric(1));
        assertTrue(Matrix.zeros(2, 2).isSymmetric(0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void oneNonFiniteEntryMakesTheMatrixNonFinite(double value) {
        Matrix matrix = Matrix.zeros(3, 2);
        assertTrue(matrix.isFinite());
        matrix.set(2, 1, value);
        assertFalse(matrix.isFinite());
    }

    @Test
    void aMatrixWithNaNIsNotSymmetric() {
        assertFalse(PlainMatrices.rows(new double[] {1, Double.NaN}, new double[] {Double.NaN, 1})
                .isSymmetric(1));
    }
}
