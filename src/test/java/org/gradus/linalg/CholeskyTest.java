package org.gradus.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CholeskyTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 2", "2, 5", "33, 64", "65, 40"})
    void gramMatricesAreTheProducts(int rows, int cols) {
        Matrix a = PlainMatrices.random(new SplittableRandom(rows), rows, cols);
        Matrix byRows = PlainMatrices.times(a, a.transposed());
        Matrix byCols = PlainMatrices.times(a.transposed(), a);
        assertTrue(PlainMatrices.distance(byRows, Gram.ofRows(a)) < 1e-13 * (rows + cols));
        assertTrue(PlainMatrices.distance(byCols, Gram.ofCols(a)) < 1e-13 * (rows + cols));
        assertTrue(Gram.ofRows(a).isSymmetric(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 129})
    void solvingUndoesTheProduct(int n) {
        SplittableRandom random = new SplittableRandom(n);
        Matrix a = Gram.ofRows(PlainMatrices.random(random, n, 2 * n + 1));
        Matrix x = PlainMatrices.random(random, n, 1);
        double[] b = PlainMatrices.times(a, x).data();
        double[] before = b.clone();
        Cholesky cholesky = Cholesky.of(a).orElseThrow();
        assertArrayEquals(x.data(), cholesky.solve(b), 1e-11 * n);
        assertArrayEquals(before, b);
        assertThrows(IllegalArgumentException.class, () -> cholesky.solve(new double[n + 1]));
    }

    @Test
    void aMatrixThatIsNotPositiveDefiniteHasNone() {
        assertTrue(Cholesky.of(PlainMatrices.diagonal(3, 3, 1, -1, 2)).isEmpty());
        assertTrue(Cholesky.of(Matrix.zeros(2, 2)).isEmpty());
        assertTrue(Cholesky.of(PlainMatrices.diagonal(2, 2, 1, 1e-17)).isEmpty());
        Matrix tall = PlainMatrices.random(new SplittableRandom(1), 20, 4);
        assertTrue(Cholesky.of(Gram.ofRows(tall)).isEmpty());
    }

    @Test
    void nonFiniteAndRectangularMatricesAreRefused() {
        Matrix bad = Matrix.scaledIdentity(2, Double.NaN);
        String message =
                assertThrows(ArithmeticException.class, () -> Cholesky.of(bad)).getMessage();
        assertEquals("LAPACK's dpotrf: the Matrix 2×2 has an entry that is not finite", message);
        assertThrows(IllegalArgumentException.class, () -> Cholesky.of(Matrix.zeros(2, 3)));
    }
}
