package org.gradus.linalg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SparseMatrixTest {

    @Test
    void entriesInAnyOrderAreSortedByColumnAndRow() {
        SparseMatrix matrix =
                SparseMatrix.of(3, 4, new int[] {2, 0, 1, 0}, new int[] {3, 0, 0, 3}, new double[] {4, 1, 2, 3});
        assertArrayEquals(new int[] {0, 2, 2, 2, 4}, matrix.starts());
        assertArrayEquals(new int[] {0, 1, 0, 2}, matrix.rowIndices());
        assertArrayEquals(new double[] {1, 2, 3, 4}, matrix.values());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void denseGatherAndTransposeAgree(int seed) {
        Random random = new Random(seed);
        int rows = 1 + random.nextInt(9);
        int cols = 1 + random.nextInt(9);
        int[] places = random.ints(0, rows * cols)
                .distinct()
                .limit(1 + random.nextInt(rows * cols))
                .toArray();
        int[] i = new int[places.length];
        int[] j = new int[places.length];
        for (int k = 0; k < places.length; k++) {
            i[k] = places[k] % rows;
            j[k] = places[k] / rows;
        }
        SparseMatrix matrix =
                SparseMatrix.of(rows, cols, i, j, random.doubles(places.length).toArray());
        assertArrayEquals(matrix.values(), matrix.gather(matrix.dense()));
        assertEquals(matrix.dense().transposed(), matrix.transposed().dense());
    }

    @Test
    void aPlaceNamedTwiceOrOutsideIsRefused() {
        double[] two = {1, 2};
        assertThrows(
                IllegalArgumentException.class, () -> SparseMatrix.of(2, 2, new int[] {1, 1}, new int[] {0, 0}, two));
        assertThrows(
                IllegalArgumentException.class, () -> SparseMatrix.of(2, 2, new int[] {1, 2}, new int[] {0, 0}, two));
        assertThrows(
                IllegalArgumentException.class, () -> SparseMatrix.of(2, 2, new int[] {1, 0}, new int[] {0, -1}, two));
    }
}
