package org.gradus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class MalformedCoordinatesTest {
    private static final String REAL = "%%MatrixMarket matrix coordinate real general\n";
    private static final String SYMMETRIC = "%%MatrixMarket matrix coordinate real symmetric\n";
    private static final String PATTERN = "%%MatrixMarket matrix coordinate pattern general\n";

    @TempDir
    Path folder;

    static Stream<Arguments> triples() {
        return Stream.of(
                bad("a.csv", "", "holds no triple of user, item and value"),
                bad("a.csv", "\n\n", "holds no triple"),
                bad("a.csv", "user,item,value\n", "holds no triple"),
                bad("a.csv", "# nothing\n", "holds no triple"),
                bad("a.csv", "1,2\n3,4\n", "line 1: has 2 cells; user, item and value are needed"),
                bad("a.csv", "u,i,v\n1,2\n", "line 2: has 2 cells; user, item and value are needed"),
                bad("a.csv", "1,2,3,4\n1,3,3\n", "line 2: has 3 cells, the lines before it 4"),
                bad("a.csv", "u,i,v\n1,2,3\n1,Tiger, Hidden,3\n", "line 3: has 4 cells, the lines before it 3"),
                bad("a.csv", "1,2,3\n1,3,x\n", "line 2, column 3: 'x' is not a number"),
                bad("a.csv", "u,i,v\n1,2,\n", "line 2, column 3: '' is not a number"),
                bad("a.csv", "u;i;v\n1;2;3,5\n", "line 2, column 3: '3,5' is not a number"),
                bad("a.csv", "1,2,nan\n", "line 1, column 3: 'nan' is not finite"),
                bad("a.csv", "1,2,3\n1,3,1e999\n", "line 2, column 3: '1e999' is not finite"),
                bad("a.csv", "1,,3\n", "line 1: the item is empty"),
                bad("a.csv", " ,2,3\n", "line 1: the user is empty"),
                bad("a.csv", "1,2,3\n1,3,3\n\n1,2,5\n", "line 4: user '1' and item '2' stand on line 1 already"),
                bad("a.csv", "u,i,v\nx,2,3\nx,2,3\nx,2,3\n", "line 3: user 'x' and item '2' stand on line 2 already"),
                bad("a.dat", "9::b::3\n1::a::3\n9::b::3\n", "line 3: user '9' and item 'b' stand on line 1 already"),
                bad("a.csv", "1,2,3\n\"1,4,3\n1,5,3\n", "line"),
                bad("a.csv", "1,2,3\n1," + "x".repeat(5000) + ",3\n", "4096"),
                bad("a.csv", "1,2,3" + ",x".repeat(2000) + "\n", "1024"),
                bad("a.dat", "1::2::3\n1::" + "x".repeat(5000) + "::3\n", "4096"),
                bad("a.csv", "1,2,3\n1," + "\"" + "x".repeat(500_000), "4096"));
    }

    static Stream<Arguments> market() {
        return Stream.of(
                bad("a.mtx", "", "line 1: expected '%%MatrixMarket"),
                bad("a.mtx", "%%MatrixMarket matrix array real general\n1 1\n1\n", "line 2: a dense array"),
                bad(
                        "a.mtx",
                        REAL + "1000000000 1000000000 1\n1 1 1\n",
                        "a 1000000000×1000000000 matrix with 1 entries"),
                bad("a.mtx", REAL + "9999999999 1 1\n1 1 1\n", "rows and columns must be below 2^31-8"),
                bad("a.mtx", REAL + "2000000 2000000 4000000000\n1 1 1\n", "4000000000 entries announced"),
                bad("a.mtx", REAL + "9 9 60\n1 1 1\n", "a file of this length holds at most"),
                bad("a.mtx", PATTERN + "99 99 800\n1 1\n", "a file of this length holds at most"),
                bad("a.mtx", REAL + "2 2 5\n", "line 2: 5 entries in a matrix that has 4"),
                bad("a.mtx", SYMMETRIC + "2 2 4\n", "line 2: 4 entries in a matrix that has 3"),
                bad("a.mtx", REAL + "2 2 0\n", "line 2: a 2×2 matrix with 0 entries; at least one is needed"),
                bad("a.mtx", REAL + "0 2 0\n", "line 2: a 0×2 matrix"),
                bad("a.mtx", REAL + "2 2 1\n3 1 1\n", "line 3: row 3 is outside 1 to 2"),
                bad("a.mtx", REAL + "2 2 1\n1 1 x\n", "line 3: 'x' is not a number"),
                bad("a.mtx", REAL + "2 2 1\n1 1 inf\n", "line 3: 'inf' is not finite"),
                bad("a.mtx", REAL + "2 2 2\n1 1 1.00000000\n", "ends before entry 2 of 2"),
                bad("a.mtx", REAL + "2 2 1\n1 1 1\n1 2 1\n", "line 4: more entries than announced"),
                bad(
                        "a.mtx",
                        REAL + "2 2 3\n% c\n1 2 1\n1 1 1\n1 2 3\n",
                        "line 6: entry (1, 2) is given on line 4 already"),
                bad("a.mtx", SYMMETRIC + "2 2 2\n1 2 1\n2 1 1\n", "line 4: entry (2, 1) is given on line 3 already"));
    }

    private static Arguments bad(String name, String text, String reason) {
        return Arguments.of(name, text, reason);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource({"triples", "market"})
    void aMalformedListIsRefusedWithItsPathAndTheReason(String name, String text, String reason) throws IOException {
        refused(Files.writeString(folder.resolve(name), text), reason);
    }

    @Test
    void otherEncodingsThanUtf8AreRefused() throws IOException {
        Path path = folder.resolve("a.csv");
        Files.write(path, "Käse,Zoë,1\n".getBytes(StandardCharsets.ISO_8859_1));
        refused(path, "is not UTF-8 text");
        Files.write(path, "x,y,1\n".repeat(20_000).concat("Käse,b,1\n").getBytes(StandardCharsets.ISO_8859_1));
        refused(path, "is not UTF-8 text");
        Files.write(path, "a,b,1\n".getBytes(StandardCharsets.UTF_16));
        refused(path, "is not UTF-8 text");
    }

    @Test
    void whatIsMissingOrAFolderIsRefused() throws IOException {
        Path missing = folder.resolve("u.data");
        refused(missing, "no such file");
        refused(Files.createDirectory(folder.resolve("a.csv")), "is a directory, not a file");
        String message = assertThrows(StoreException.class, () -> CoordinateFile.isCoordinates(missing))
                .getMessage();
        assertEquals(missing + ": no such file", message);
    }

    private static void refused(Path path, String reason) {
        String message = assertThrows(StoreException.class, () -> CoordinateFile.read(path))
                .getMessage();
        assertTrue(message.startsWith(path.toString()), message);
        assertTrue(message.contains(reason), message);
        assertEquals(1, message.lines().count(), message);
    }
}
