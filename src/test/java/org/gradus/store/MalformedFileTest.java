package org.gradus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class MalformedFileTest {
    private static final String MM = "%%MatrixMarket matrix ";

    @TempDir
    Path folder;

    static Stream<Arguments> npy() throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.file("float64_v1.npy"));
        byte[] infinite = npy("{'descr': '<f8', 'fortran_order': True, 'shape': (1, 2)}", 16);
        ByteBuffer.wrap(infinite)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(infinite.length - 8, Double.NEGATIVE_INFINITY);
        byte[] longHeader = Arrays.copyOf(whole, whole.length);
        longHeader[6] = 2;
        byte[] version = whole.clone();
        version[6] = 9;
        return Stream.of(
                bad("a.npy", new byte[0], "ends within its header"),
                bad("a.npy", "PK\3\4 a zip file".getBytes(StandardCharsets.US_ASCII), "does not begin as an npy file"),
                bad("a.npy", version, "npy version 9.0"),
                bad("a.npy", longHeader, "at most 65536"),
                bad("a.npy", Arrays.copyOf(whole, 40), "ends within its header"),
                bad("a.npy", Arrays.copyOf(whole, whole.length - 1), "cut short"),
                bad("a.npy", Arrays.copyOf(whole, whole.length + 3), "3 trailing bytes"),
                bad("a.npy", infinite, "element (0, 1), counted from 0, is -Infinity"),
                header("{'descr': '|O', 'fortran_order': False, 'shape': (1, 1)}", "object arrays"),
                header("{'descr': '<c16', 'fortran_order': False, 'shape': (1, 1)}", "complex"),
                header("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,)}", "structured"),
                header("{'descr': '|V8', 'fortran_order': False, 'shape': (1,)}", "structured"),
                header("{'descr': '<U8', 'fortran_order': False, 'shape': (1,)}", "only real numbers"),
                header("{'descr': '<f2', 'fortran_order': False, 'shape': (1,)}", "only f4, f8"),
                header("{'descr': '|f8', 'fortran_order': False, 'shape': (1,)}", "byte order"),
                header("{'descr': 'f8', 'fortran_order': False, 'shape': (1,)}", "malformed descr"),
                header("{'descr': '<f8', 'fortran_order': 0, 'shape': (1,)}", "neither True nor False"),
                header("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1, 1)}", "has 3 axes"),
                header("{'descr': '<f8', 'fortran_order': False, 'shape': ()}", "has 0 axes"),
                header("{'descr': '<f8', 'fortran_order': False, 'shape': (1)}", "not a tuple"),
                header("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 3)}", "no elements"),
                header("{'descr': '<f8', 'fortran_order': False, 'shape': (-1, 3)}", "something else than a length"),
                header("{'descr': '<f8', 'fortran_order': False, 'shape': (65536, 65536)}", "more than 2^31-1"),
                header("{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 1)}", "more than 2^31-1"),
                header("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)}", "a length"),
                header("{'descr': '<f8', 'fortran_order': False, 'shape': (40000, 40000)}", "cut short"),
                header("{'descr': '<f8', 'fortran_order': False}", "are all needed"),
                header("{'descr': '<f8', 'descr': '<f8', 'shape': (1,)}", "repeated key 'descr'"),
                header(
                        "{'descr': '<f8', 'fortran_order': False, 'shape': (1,), 'x': 1}",
                        "unexpected or repeated key 'x'"),
                header("{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} + f()", "something follows"),
                header("__import__('os')", "'{' is missing"));
    }

    static Stream<Arguments> text() {
        return Stream.of(
                bad("a.csv", "", "no row of numbers"),
                bad("a.csv", "a,b\n", "no row of numbers"),
                bad("a.csv", "1,2\n3\n", "line 2: has 1 cells, the lines before it 2"),
                bad("a.csv", "a,b,c\n1,2\n", "line 2: has 2 cells"),
                bad("a.csv", "1,2\n3,x\n", "line 2, column 2: 'x' is not a number"),
                bad("a.csv", "1,x\n3,4\n", "line 1, column 2: 'x' is not a number"),
                bad("a.csv", "# c\n1,2\n\n3,4\n", "line 3: is blank"),
                bad("a.csv", "1,2\n3,\n", "line 2, column 2: '' is not a number"),
                bad("a.csv", "1,nan\n", "line 1, column 2: 'nan' is not finite"),
                bad("a.csv", "1,1e999\n", "line 1, column 2: '1e999' is not finite"),
                bad("a.csv", "1,0x1p3\n", "'0x1p3' is not a number"),
                bad("a.csv", "1,1d\n", "'1d' is not a number"),
                bad("a.csv", "1;2,5\n", "column 1: '1;2' is not a number"),
                bad("a.csv", "1,2\n\"" + "9".repeat(5000) + "\n", "4096"),
                bad("a.tsv", "1\t2\n3,4\n", "line 2: has 1 cells"),
                bad("a.mtx", "", "line 1: expected '%%MatrixMarket"),
                bad("a.mtx", MM + "coordinate complex general\n1 1 1\n1 1 1 1\n", "'complex'"),
                bad("a.mtx", MM + "array real hermitian\n1 1\n1\n", "'hermitian'"),
                bad("a.mtx", MM + "array pattern general\n1 1\n1\n", "a pattern is a coordinate list"),
                bad("a.mtx", MM + "coordinate real general\n", "ends before the line of sizes"),
                bad("a.mtx", MM + "coordinate real general\n2 2\n", "line 2: expected 'rows columns entries'"),
                bad("a.mtx", MM + "coordinate real general\n2 -2 1\n", "line 2: '-2' is not a count"),
                bad("a.mtx", MM + "coordinate real general\n0 2 0\n", "empty 0×2"),
                bad("a.mtx", MM + "coordinate real general\n99999999 99999999 1\n1 1 1\n", "more than 2^31-1"),
                bad("a.mtx", MM + "coordinate real general\n46000 46000 1\n1 1 1\n", "half of the heap"),
                bad("a.mtx", MM + "coordinate real symmetric\n2 3 1\n1 1 1\n", "cannot be 2×3"),
                bad("a.mtx", MM + "coordinate real general\n2 2 5\n", "5 entries in a matrix that has 4"),
                bad("a.mtx", MM + "coordinate real general\n2 2 1\n3 1 1\n", "line 3: row 3 is outside 1 to 2"),
                bad("a.mtx", MM + "coordinate real general\n2 2 1\n1 0 1\n", "line 3: column 0 is outside 1 to 2"),
                bad(
                        "a.mtx",
                        MM + "coordinate real general\n2 2 2\n1 1 1\n1 1 1\n",
                        "line 4: entry (1, 1) is given twice"),
                bad("a.mtx", MM + "coordinate real symmetric\n2 2 2\n1 2 1\n2 1 1\n", "entry (2, 1) is given twice"),
                bad("a.mtx", MM + "coordinate real skew-symmetric\n2 2 1\n1 1 1\n", "no diagonal"),
                bad("a.mtx", MM + "coordinate real general\n2 2 2\n1 1 1\n", "ends before entry 2 of 2"),
                bad("a.mtx", MM + "coordinate real general\n2 2 1\n1 1 1\n1 2 1\n", "line 4: more entries"),
                bad("a.mtx", MM + "coordinate real general\n2 2 1\n1 1\n", "line 3: expected 'row column value'"),
                bad("a.mtx", MM + "coordinate real general\n2 2 1\n1 1 inf\n", "line 3: 'inf' is not finite"),
                bad("a.mtx", MM + "coordinate integer general\n2 2 1\n1 1 1.5\n", "line 3: '1.5' is not an integer"),
                bad("a.mtx", MM + "array real general\n1 1\n1x\n", "line 3: '1x' is not a number"),
                bad("a.mtx", MM + "array real general\n1 1\n" + "1".repeat(70_000) + "\n", "line 3: is longer than"),
                bad("a.txt", "1 2\n", "unknown kind of file"));
    }

    static Stream<Arguments> pictures() throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.file("grey16.png"));
        byte[] flipped = whole.clone();
        flipped[24] = 77;
        return Stream.of(
                bad("a.png", "not a picture", "neither a PNG nor a JPEG"),
                bad("a.png", new byte[0], "neither a PNG nor a JPEG"),
                bad("a.png", Arrays.copyOf(whole, 20), "read"),
                bad("a.png", Arrays.copyOf(whole, 50), "read"),
                bad("a.png", flipped, "read"),
                bad("a.jpg", new byte[] {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0, 16}, "read"),
                bad("a.gif", "GIF89a", "unknown kind of file"),
                bad("a.png", Files.readAllBytes(Fixtures.file("huge.png")), "100 megapixels"));
    }

    private static Arguments header(String text, String reason) {
        return bad("a.npy", npy(text, 8), reason);
    }

    private static byte[] npy(String header, int elements) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer file = ByteBuffer.allocate(10 + text.length + elements).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 0x93)
                .put("NUMPY\1\0".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) text.length);
        return file.put(text).array();
    }

    private static Arguments bad(String name, String text, String reason) {
        return bad(name, text.getBytes(StandardCharsets.UTF_8), reason);
    }

    private static Arguments bad(String name, byte[] content, String reason) {
        return Arguments.of(name, content, reason);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource({"npy", "text", "pictures"})
    void aMalformedMatrixIsRefusedWithItsPathAndTheReason(String name, byte[] content, String reason)
            throws IOException {
        refused(name, content, reason, MatrixFile::read);
    }

    static Stream<Arguments> tables() {
        return Stream.of(
                bad("t.csv", "", "line 1: expected a header"),
                bad("t.csv", "loss\n1\n", "line 1: expected a header that begins with step"),
                bad("t.csv", "step,a,a\n", "line 1: two columns of one name"),
                bad("t.csv", "step,a\n0,1\n1\n", "line 3: has 1 cells, the header 2 columns"),
                bad("t.csv", "step,a\n0,1\n1,x\n", "line 3, column 2: 'x' is not a number"),
                bad("t.csv", "step,a\n0.5,1\n", "line 2: '0.5' is not a step"),
                bad("t.csv", "step,a\n3,1\n3,1\n", "line 3: steps do not increase"),
                bad("t.csv", "step,a\n0,1\n1,2", "line 3: the row is cut short"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("tables")
    void aMalformedTableIsRefusedWithItsLine(String name, byte[] content, String reason) throws IOException {
        refused(name, content, reason, Trajectory::read);
    }

    static Stream<Arguments> objects() {
        return Stream.of(
                bad("m.json", "", "not a JSON object"),
                bad("m.json", "[1]", "not a JSON object"),
                bad("m.json", "null", "expected a JSON object"),
                bad("m.json", "{\"a\": 1,\n\"a\": 2}", "line 2: not a JSON object: Duplicate"),
                bad("m.json", "{} x", "not a JSON object"),
                bad("m.json", "{\"a\": NaN}", "not a JSON object"),
                bad("m.json", "{\"a\":".repeat(5000), "not a JSON object"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("objects")
    void malformedJsonIsRefused(String name, byte[] content, String reason) throws IOException {
        refused(name, content, reason, JsonFile::read);
    }

    private void refused(String name, byte[] content, String reason, Consumer<Path> reader) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        String message =
                assertThrows(StoreException.class, () -> reader.accept(file)).getMessage();
        assertTrue(message.startsWith(file.toString()), message);
        assertTrue(message.contains(reason), message);
        assertEquals(1, message.lines().count(), message);
    }

    static Stream<Consumer<Path>> readers() {
        return Stream.of(MatrixFile::read, MatrixFile::readStack, Trajectory::read, JsonFile::read);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void whatIsMissingOrAFolderIsRefused(Consumer<Path> reader) throws IOException {
        Path missing = folder.resolve("missing.npy");
        String message =
                assertThrows(StoreException.class, () -> reader.accept(missing)).getMessage();
        assertEquals(missing + ": no such file", message);
        Path directory = Files.createDirectory(folder.resolve("folder.npy"));
        message = assertThrows(StoreException.class, () -> reader.accept(directory))
                .getMessage();
        assertEquals(directory + ": is a directory, not a file", message);
    }
}
