package org.gradus.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class VectorFileTest {
    private static final double[] Y = {1.5, -2, 3e10};

    @TempDir
    Path folder;

    static int[][] shapes() {
        return new int[][] {{3}, {3, 1}, {1, 3}};
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void anArrayOfOneColumnOrOneRowIsAVector(int[] shape) throws IOException {
        for (boolean fortranOrder : new boolean[] {false, true}) {
            Path path = NpyFixture.write(folder.resolve("y.npy"), "<f8", fortranOrder, shape, Y);
            assertArrayEquals(Y, MatrixFile.readVector(path));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"y.csv", "y.tsv"})
    void aTableOfOneColumnOrOneRowIsAVector(String name) throws IOException {
        Path path = Files.writeString(folder.resolve(name), "y\n1.5\n-2\n3e10\n");
        assertArrayEquals(Y, MatrixFile.readVector(path));
        String separator = name.endsWith("tsv") ? "\t" : ",";
        Files.writeString(path, String.join(separator, "1.5", "-2", "3e10") + "\n");
        assertArrayEquals(Y, MatrixFile.readVector(path));
    }

    @ParameterizedTest
    @CsvSource({
        "'1,2\n3,4\n', 'holds a 2×2 matrix; one column or one row is needed'",
        "'', 'holds no row of numbers'",
        "'1\nnan\n', 'line 2, column 1: ''nan'' is not finite'"
    })
    void anythingElseIsRefused(String text, String reason) throws IOException {
        Path path = Files.writeString(folder.resolve("y.csv"), text);
        String message = assertThrows(StoreException.class, () -> MatrixFile.readVector(path))
                .getMessage();
        assertEquals(reason, message.substring(path.toString().length() + 2));
    }

    @Test
    void aPictureIsNoVector() {
        Path path = Fixtures.file("grey16.png");
        String message = assertThrows(StoreException.class, () -> MatrixFile.readVector(path))
                .getMessage();
        assertEquals(path + ": a picture; a vector is read from .npy .csv .tsv or .mtx", message);
    }
}
