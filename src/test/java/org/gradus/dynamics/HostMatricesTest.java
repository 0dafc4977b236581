package org.gradus.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.backend.reference.ReferenceBackend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostMatricesTest {

    /** All in one array, several to an array with a shorter last one, one to each, and a matrix beyond the limit. */
    @ParameterizedTest
    @CsvSource({"5, 30", "5, 17", "5, 12", "5, 11", "5, 6", "5, 1", "1, 100"})
    void everyRunHasItsMatrixHoweverTheArraysAreCut(int runs, int numbersPerArray) {
        try (Backend backend = new ReferenceBackend();
                Arena arena = backend.openArena()) {
            MatrixBatch batch = arena.allocate(new Shape(runs, 2, 3), Precision.FLOAT64);
            double[] numbers = new double[6 * runs];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = i + 0.5;
            }
            backend.ops().upload(numbers, batch);
            HostMatrices host = new HostMatrices(runs, 6, numbersPerArray);
            host.download(backend.ops(), batch);
            for (int run = 0; run < runs; run++) {
                double first = 6 * run + 0.5;
                assertArrayEquals(
                        new double[] {first, first + 1, first + 2, first + 3, first + 4, first + 5}, host.copy(run));
            }
        }
    }
}
