package org.gradus.store;

import static org.gradus.store.Fixtures.row;
import static org.gradus.store.Fixtures.rows;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.gradus.linalg.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NpyTest {
    private static final Matrix A = rows(row(1.5, -2.25, 1e-300), row(0.1, 4, -0.0));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"float64_v1", "float64_v2", "float64_v3", "float64_fortran", "float64_big"})
    void everyVersionOrderAndByteOrderOfFloat64HoldsTheSameMatrix(String name) {
        assertEquals(A, MatrixFile.read(Fixtures.file(name + ".npy")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"float32", "float32_big"})
    void aFloat32IsWidenedExactly(String name) {
        assertEquals(rows(row(0.1f, -3.5), row(1e30f, 7)), MatrixFile.read(Fixtures.file(name + ".npy")));
    }

    @ParameterizedTest
    @CsvSource({
        "i1, -128, 127",
        "i2, -32768, 32767",
        "i4, -2147483648, 2147483647",
        "i8, -9223372036854775808, 9223372036854775807",
        "u1, 0, 255",
        "u2, 0, 65535",
        "u4, 0, 4294967295",
        "u8, 0, 18446744073709551615"
    })
    void integersOfEverySizeReachTheirLimits(String type, double least, double most) {
        Matrix expected = rows(row(least, 1), row(2, most));
        assertEquals(expected, MatrixFile.read(Fixtures.file(type + "_little.npy")));
        assertEquals(expected, MatrixFile.read(Fixtures.file(type + "_big.npy")));
    }

    @Test
    void anUnsigned64BitIntegerIsRoundedOnce() throws IOException {
        // 2^63 + 1025: 2^63 + 1024 would be a tie, so a lost lowest bit would round down
        byte[] bytes = Files.readAllBytes(Fixtures.file("u8_little.npy"));
        System.arraycopy(new byte[] {1, 4, 0, 0, 0, 0, 0, (byte) 0x80}, 0, bytes, 128, 8);
        Path file = Files.write(folder.resolve("a.npy"), bytes);
        assertEquals(0x1p63 + 2048, MatrixFile.read(file).get(0, 0));
    }

    @Test
    void aMaskOfBoolsIsZerosAndOnes() {
        assertEquals(rows(row(1, 0, 1)), MatrixFile.read(Fixtures.file("bool.npy")));
    }

    @Test
    void aOneDimensionalArrayIsAColumn() {
        assertEquals(rows(row(3), row(1), row(2)), MatrixFile.read(Fixtures.file("float64_column.npy")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cube", "cube_fortran"})
    void aStackIsFlattenedRowByRow(String name) {
        MatrixStack stack = MatrixFile.readStack(Fixtures.file(name + ".npy"));
        assertEquals(3, stack.rows());
        assertEquals(4, stack.cols());
        Matrix expected = Matrix.zeros(2, 12);
        for (int n = 0; n < 24; n++) {
            expected.set(n / 12, n % 12, n);
        }
        assertEquals(expected, stack.flattened());
    }

    @Test
    void aMatrixIsAStackThatIsFlatAlready() {
        assertEquals(new MatrixStack(0, 0, A), MatrixFile.readStack(Fixtures.file("float64_v1.npy")));
    }

    @Test
    void theWriterAgreesWithNumpyToTheByte() throws IOException {
        Path file = folder.resolve("a.npy");
        NpyWriter.write(file, A);
        assertArrayEquals(Files.readAllBytes(Fixtures.file("float64_v1.npy")), Files.readAllBytes(file));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 9000", "9000, 1", "127, 129", "90, 91"})
    void whatIsWrittenReadsBack(int rows, int cols) {
        Random random = new Random(7);
        Matrix matrix =
                new Matrix(rows, cols, random.doubles((long) rows * cols, -1, 1).toArray());
        NpyWriter.write(folder.resolve("a.npy"), matrix);
        assertEquals(matrix, MatrixFile.read(folder.resolve("a.npy")));
    }

    @Test
    void keysComeInAnyOrderAndPython2LengthsAreRead() {
        NpyHeader header = NpyHeader.parse("{\"shape\": (3L, 4L), 'fortran_order': True,\"descr\" :'=f8'}\n");
        assertEquals(List.of(3L, 4L), header.shape());
        assertEquals(ByteOrder.nativeOrder(), header.type().order());
    }
}
