package org.gradus.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OperatorFileTest {
    @TempDir
    Path folder;

    /** Whole numbers that every type holds. */
    private static double[] values(int length) {
        return new Random(length).doubles(length, 0, 128).map(Math::floor).toArray();
    }

    /** Row-major operators, each flattened column by column: the reference. */
    private static double[] byColumns(double[] values, int from, int to, int rows, int cols) {
        double[] expected = new double[(to - from) * rows * cols];
        for (int n = 0; n < to - from; n++) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < cols; j++) {
                    expected[(n * cols + j) * rows + i] = values[((from + n) * rows + i) * cols + j];
                }
            }
        }
        return expected;
    }

    private Path file(String descr, boolean fortranOrder, int axes, int m, int rows, int cols) throws IOException {
        int[] shape = axes == 3 ? new int[] {m, rows, cols} : new int[] {m, rows * cols};
        return NpyFixture.write(folder.resolve("a.npy"), descr, fortranOrder, shape, values(m * rows * cols));
    }

    @ParameterizedTest
    @CsvSource({
        "<f8, false, 2",
        "<f8, false, 3",
        "<f8, true, 2",
        "<f8, true, 3",
        "<f4, false, 2",
        "<f4, true, 3",
        ">f8, false, 3",
        ">f4, false, 2",
        "<i2, false, 2",
        ">i2, true, 2",
        "|u1, false, 3"
    })
    void everyTypeAndOrderGivesTheSameOperators(String descr, boolean fortranOrder, int axes) throws IOException {
        try (OperatorFile operators = OperatorFile.open(file(descr, fortranOrder, axes, 7, 3, 5), 3, 5)) {
            assertEquals(7, operators.count());
            assertEquals(3, operators.rows());
            assertEquals(5, operators.cols());
            double[] out = new double[7 * 15];
            operators.read(0, 7, out);
            assertArrayEquals(byColumns(values(7 * 15), 0, 7, 3, 5), out);
        }
    }

    /** Blocks of 2^17 elements: many operators in one, few, a part of one, a part of a row of one; one row, one column. */
    @ParameterizedTest
    @CsvSource({
        "30000, 3, 4, false, 2", "30000, 3, 4, true, 2", "30000, 3, 4, true, 3", "150000, 1, 2, true, 2",
        "5, 400, 131, false, 3", "3, 400, 500, false, 2", "3, 400, 500, true, 3", "2, 2, 140000, false, 2",
        "2, 140000, 2, false, 2", "2, 140000, 1, false, 2", "3, 1, 140000, false, 3", "1, 362, 363, false, 2"
    })
    void blocksInAnyOrderAreTheWholeFile(int m, int rows, int cols, boolean fortranOrder, int axes) throws IOException {
        double[] values = values(m * rows * cols);
        try (OperatorFile operators = OperatorFile.open(file("<f4", fortranOrder, axes, m, rows, cols), rows, cols)) {
            double[] whole = new double[values.length];
            operators.read(0, m, whole);
            assertArrayEquals(byColumns(values, 0, m, rows, cols), whole);
            Random random = new Random(3);
            for (int trial = 0; trial < 12; trial++) {
                int from = random.nextInt(m + 1);
                int to = from + random.nextInt(trial < 6 ? Math.min(m - from, 20) + 1 : m - from + 1);
                double[] out = new double[(to - from) * rows * cols + 1];
                out[out.length - 1] = -1;
                operators.read(from, to, out);
                assertArrayEquals(
                        Arrays.copyOfRange(whole, from * rows * cols, to * rows * cols),
                        Arrays.copyOf(out, out.length - 1));
                assertEquals(-1, out[out.length - 1]);
            }
        }
    }

    @Test
    void severalThreadsReadAtOnce() throws IOException, InterruptedException, ExecutionException {
        int m = 400;
        double[] values = values(m * 12 * 13);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (OperatorFile operators = OperatorFile.open(file("<f8", false, 2, m, 12, 13), 12, 13)) {
            List<Callable<double[]>> readers = IntStream.range(0, 40)
                    .<Callable<double[]>>mapToObj(k -> () -> {
                        double[] out = new double[10 * 156];
                        operators.read(10 * k, 10 * k + 10, out);
                        return out;
                    })
                    .toList();
            List<Future<double[]>> blocks = threads.invokeAll(readers);
            for (int k = 0; k < 40; k++) {
                assertArrayEquals(
                        byColumns(values, 10 * k, 10 * k + 10, 12, 13),
                        blocks.get(k).get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** 25,000 operators of 300×300 bytes, 2.25·10⁹ elements; zeros that a file system need not store. */
    @Test
    void aFileOfMoreThanTwoToThe31ElementsIsRead() throws IOException {
        Path path = folder.resolve("large.npy");
        byte[] header = NpyFixture.header("|u1", false, 25_000, 90_000);
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(header));
            long last = header.length + 25_000L * 90_000 - 1;
            channel.write(ByteBuffer.wrap(new byte[] {7, 9}), last - 1);
        }
        assertEquals(new OperatorShape(25_000, 0, 0, 90_000), OperatorFile.shape(path));
        try (OperatorFile operators = OperatorFile.open(path, 300, 300)) {
            double[] out = new double[2 * 90_000];
            operators.read(24_998, 25_000, out);
            assertEquals(9, out[2 * 90_000 - 1]);
            assertEquals(7, out[2 * 90_000 - 1 - 300]);
            assertEquals(16, Arrays.stream(out).sum());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "tsv", "mtx"})
    void otherKindsOfFilesAreHeldWhole(String ending) throws IOException {
        String table = "1,2,3,4\n5,6,7,8\n";
        String text = switch (ending) {
            case "csv" -> table;
            case "tsv" -> table.replace(',', '\t');
            default -> "%%MatrixMarket matrix array real general\n2 4\n1\n5\n2\n6\n3\n7\n4\n8\n";
        };
        Path path = Files.writeString(folder.resolve("a." + ending), text);
        assertEquals(new OperatorShape(2, 0, 0, 4), OperatorFile.shape(path));
        try (OperatorFile operators = OperatorFile.open(path, 2, 2)) {
            double[] out = new double[4];
            operators.read(1, 2, out);
            assertArrayEquals(new double[] {5, 7, 6, 8}, out);
        }
    }

    @Test
    void theShapeIsToldBeforeOpening() throws IOException {
        assertEquals(new OperatorShape(7, 3, 5, 15), OperatorFile.shape(file("<f8", false, 3, 7, 3, 5)));
        assertEquals(new OperatorShape(7, 0, 0, 15), OperatorFile.shape(file("<f8", true, 2, 7, 3, 5)));
        Path column = NpyFixture.write(folder.resolve("c.npy"), "<f8", false, new int[] {4}, values(4));
        assertEquals(new OperatorShape(4, 0, 0, 1), OperatorFile.shape(column));
    }

    @ParameterizedTest
    @CsvSource({
        "2, 3, 6, holds 7 × 15 numbers; operators of 3×6 are m × 18 or m × 3 × 6",
        "3, 5, 3, holds 7 × 3 × 5 numbers; operators of 5×3 are m × 15 or m × 5 × 3"
    })
    void operatorsOfAnotherSizeAreRefusedWithBothShapes(int axes, int rows, int cols, String reason)
            throws IOException {
        Path path = file("<f8", false, axes, 7, 3, 5);
        refused(path, reason, () -> OperatorFile.open(path, rows, cols));
    }

    @Test
    void malformedArraysAreRefused() throws IOException {
        Path path = folder.resolve("a.npy");
        Files.write(path, NpyFixture.header("<f8", false, 2, 3, 4, 5));
        refused(path, "has 4 axes", () -> OperatorFile.shape(path));
        Files.write(path, NpyFixture.header("<f8", false, 1_000_000, 1_000_000));
        refused(path, "is cut short", () -> OperatorFile.open(path, 1000, 1000));
        Files.write(path, NpyFixture.header("<f8", false, 0, 4));
        refused(path, "no elements", () -> OperatorFile.open(path, 2, 2));
        Files.write(path, NpyFixture.header("<f8", false, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
        refused(path, "more than 2^63-1 bytes", () -> OperatorFile.shape(path));
        Files.write(path, new byte[] {1, 2, 3});
        refused(path, "ends within its header", () -> OperatorFile.shape(path));
        Path missing = folder.resolve("missing.npy");
        refused(missing, "no such file", () -> OperatorFile.open(missing, 2, 2));
    }

    @ParameterizedTest
    @CsvSource({
        "false, 2, NaN, '(200, 8)'", "false, 3, Infinity, '(200, 1, 3)'",
        "true, 2, -Infinity, '(200, 8)'", "true, 3, NaN, '(200, 1, 3)'"
    })
    void whatIsNotFiniteIsRefusedWithItsPlace(boolean fortranOrder, int axes, double bad, String place)
            throws IOException {
        double[] values = values(300 * 15);
        values[200 * 15 + 8] = bad;
        int[] shape = axes == 3 ? new int[] {300, 3, 5} : new int[] {300, 15};
        Path path = NpyFixture.write(folder.resolve("a.npy"), "<f8", fortranOrder, shape, values);
        try (OperatorFile operators = OperatorFile.open(path, 3, 5)) {
            double[] out = new double[300 * 15];
            refused(path, "element " + place + ", counted from 0, is " + bad, () -> operators.read(20, 300, out));
            operators.read(0, 200, out);
            operators.read(201, 300, out);
        }
    }

    @Test
    void aFileThatIsCutShortOrClosedMeanwhileIsAnError() throws IOException {
        Path path = file("<f8", false, 2, 7, 3, 5);
        double[] out = new double[7 * 15];
        OperatorFile operators = OperatorFile.open(path, 3, 5);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(300);
        }
        refused(path, "the file ends within its header or elements", () -> operators.read(0, 7, out));
        operators.close();
        refused(path, "cannot be read", () -> operators.read(0, 1, out));
    }

    @Test
    void aBlockOutsideTheFileOrOfTheWrongSizeIsAProgrammersError() throws IOException {
        try (OperatorFile operators = OperatorFile.open(file("<f8", false, 2, 7, 3, 5), 3, 5)) {
            for (int[] block : new int[][] {{-1, 1}, {3, 2}, {6, 8}, {0, 3}}) {
                assertThrows(
                        IllegalArgumentException.class, () -> operators.read(block[0], block[1], new double[2 * 15]));
            }
        }
    }

    private static void refused(Path path, String reason, Executable call) {
        String message = assertThrows(StoreException.class, call).getMessage();
        assertTrue(message.startsWith(path.toString()), message);
        assertTrue(message.contains(reason), message);
        assertEquals(1, message.lines().count(), message);
    }
}
