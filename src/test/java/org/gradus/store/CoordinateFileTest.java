package org.gradus.store;

import static org.gradus.store.Fixtures.row;
import static org.gradus.store.Fixtures.rows;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.SparseMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CoordinateFileTest {
    @TempDir
    Path folder;

    private Coordinates read(String name, String text) throws IOException {
        return CoordinateFile.read(Files.writeString(folder.resolve(name), text));
    }

    /** As MovieLens 100k, ml-latest, 1M and others have it: 10 and 9 rate 3, 200 and 31. */
    static Stream<Arguments> tables() {
        return Stream.of(
                Arguments.of("u.data", "10\t31\t3\t881250949\n9\t200\t4\t891717742\n10\t3\t2.5\t878887116\n"),
                Arguments.of("ratings.csv", "userId,movieId,rating,timestamp\n10,31,3.0,1\n9,200,4,1\n10,3,2.5,1"),
                Arguments.of("ratings.dat", "10::31::3::978300760\n9::200::4::978302109\n10::3::2.5::978301968\n"),
                Arguments.of("a.csv", "\uFEFFuser;item;value\r\n10;31;3\r\n9;200;4\r\n10;3;2.5\r\n"),
                Arguments.of("a.CSV", "\"10\",\"31\",\"3\"\n\n9,200,4.0\n,,\n10, 3 ,2.5\n"),
                Arguments.of("a.txt", "10 31 3\n9   200 4  \n 10 3 2.5\n\n"),
                Arguments.of("a.txt", "# user item value\n#\n10 31 3\n9 200 4\n10 3 2.5"),
                Arguments.of("a.ratings", "user item value\n10 31 3\n9 200 4\n10 3 2.5"),
                Arguments.of("a.tsv", "10\t31\t3\n9\t200\t4\n10\t3\t2.5\n"),
                Arguments.of("a.dat", "10,31,3\n9,200,4\n10,3,2.5\n"));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void triplesAreReadWhateverStandsBetweenThem(String name, String text) throws IOException {
        Coordinates ratings = read(name, text);
        assertEquals(rows(row(0, 0, 4), row(2.5, 3, 0)), ratings.entries().dense());
        assertEquals(3, ratings.entries().count());
        assertFalse(ratings.pattern());
        assertEquals(Optional.of(List.of("9", "10")), ratings.rowLabels());
        assertEquals(Optional.of(List.of("3", "31", "200")), ratings.columnLabels());
    }

    @Test
    void idsThatAreNotAllIntegersStandInTheOrderOfTheirAppearance() throws IOException {
        Coordinates ratings = read("a.csv", "u7,\"Tiger, The\",1\n12,\"The \"\"Red\"\" House\",2\nu7,A 1,3\n");
        assertEquals(Optional.of(List.of("u7", "12")), ratings.rowLabels());
        assertEquals(Optional.of(List.of("Tiger, The", "The \"Red\" House", "A 1")), ratings.columnLabels());
        assertEquals(rows(row(1, 0, 3), row(0, 2, 0)), ratings.entries().dense());
    }

    @Test
    void integersAreOrderedByValueHoweverLongOrWritten() throws IOException {
        Coordinates ratings = read("a.csv", "7,-1,1\n123456789012345678901,+2,2\n07,0,3\n");
        assertEquals(Optional.of(List.of("07", "7", "123456789012345678901")), ratings.rowLabels());
        assertEquals(Optional.of(List.of("-1", "0", "+2")), ratings.columnLabels());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "u1;Tiger, Hidden;4",
                "u 1,Tiger Hidden,4",
                "u;1\tTiger, Hidden\t4",
                "u,1::Tiger: Hidden::4",
                "u1,\"Tiger; Hidden; 5\",4",
                "\"Tiger Hidden\" u1 4",
                "u1,a::b,4"
            })
    void theSeparatorIsThatWhichMakesTheThirdCellANumber(String line) throws IOException {
        Coordinates ratings = read("a.txt", line + "\n");
        assertEquals(rows(row(4)), ratings.entries().dense());
    }

    @Test
    void aFirstIdMayBeginWithTheSignOfAComment() throws IOException {
        Coordinates ratings = read("a.csv", "# two, three\n#1,a,2\n#2,a,3\n");
        assertEquals(Optional.of(List.of("#1", "#2")), ratings.rowLabels());
    }

    @Test
    void idsAreUtf8() throws IOException {
        for (String separator : List.of(",", " ", "::")) {
            Coordinates ratings = read("a.txt", String.join(separator, "Zoë", "東京", "5") + "\n");
            assertEquals(Optional.of(List.of("Zoë")), ratings.rowLabels());
            assertEquals(Optional.of(List.of("東京")), ratings.columnLabels());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "coordinate real general|2 2 3~1 1 1.5~2 1 -2~2 2 4|1.5 0 -2 4|3",
                "coordinate real general|2 2 1~% why~1 2 0|0 0 0 0|1",
                "coordinate integer symmetric|2 2 2~% why~1 1 7~~2 1 -2|7 -2 -2 0|3",
                "coordinate real skew-symmetric|2 2 1~2 1 3|0 -3 3 0|2",
                "coordinate pattern general|2 2 2~1 2~2 1|0 1 1 0|2",
                "coordinate pattern symmetric|2 2 2~1 2~1 1|1 1 1 0|3"
            })
    void aMatrixMarketListIsKeptSparse(String banner, String body, String rowMajor, int count) throws IOException {
        Coordinates coordinates =
                read("a.mtx", "%%MatrixMarket matrix " + banner + "\n% comment\n" + body.replace('~', '\n') + "\n");
        double[] e = Arrays.stream(rowMajor.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertEquals(
                rows(row(e[0], e[1]), row(e[2], e[3])), coordinates.entries().dense());
        assertEquals(count, coordinates.entries().count());
        assertEquals(banner.contains("pattern"), coordinates.pattern());
        assertEquals(Optional.empty(), coordinates.rowLabels());
        assertEquals(Optional.empty(), coordinates.columnLabels());
    }

    /** Its dense form would have 10^10 entries. */
    @Test
    void aLargeMatrixOfFewEntriesTakesLittleMemory() throws IOException {
        Coordinates coordinates =
                read("a.mtx", "%%MatrixMarket matrix coordinate real general\n100000 100000 1\n99999 100000 2\n");
        assertEquals(100_000, coordinates.entries().rows());
        assertArrayEquals(new int[] {99_998}, coordinates.entries().rowIndices());
    }

    static IntStream seeds() {
        return IntStream.range(0, 30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsWrittenReadsBack(int seed) throws IOException {
        SparseMatrix matrix = random(new Random(seed));
        Coordinates market = CoordinateFile.read(market(matrix));
        assertSame(matrix, market.entries());
        SparseMatrix observed = withoutEmptyLines(matrix);
        Coordinates triples = CoordinateFile.read(triples(observed, seed));
        assertSame(observed, triples.entries());
        assertEquals(
                IntStream.range(0, observed.rows()).mapToObj(i -> "" + 10 * i).toList(),
                triples.rowLabels().orElseThrow());
    }

    private static SparseMatrix random(Random random) {
        int rows = 1 + random.nextInt(40);
        int cols = 1 + random.nextInt(40);
        List<Integer> places =
                new ArrayList<>(IntStream.range(0, rows * cols).boxed().toList());
        Collections.shuffle(places, random);
        int count = 1 + random.nextInt(rows * cols);
        int[] entryRows = places.stream().limit(count).mapToInt(k -> k % rows).toArray();
        int[] entryCols = places.stream().limit(count).mapToInt(k -> k / rows).toArray();
        double[] values = random.doubles(count, -1e3, 1e3).toArray();
        return SparseMatrix.of(rows, cols, entryRows, entryCols, values);
    }

    /** The rows and columns that have entries: of others, triples know nothing. */
    private static SparseMatrix withoutEmptyLines(SparseMatrix matrix) {
        int[] rowIndices = matrix.rowIndices();
        int[] columns = new int[matrix.count()];
        for (int j = 0; j < matrix.cols(); j++) {
            Arrays.fill(columns, matrix.starts()[j], matrix.starts()[j + 1], j);
        }
        int[] usedRows = Arrays.stream(rowIndices).distinct().sorted().toArray();
        int[] usedCols = Arrays.stream(columns).distinct().sorted().toArray();
        return SparseMatrix.of(
                usedRows.length,
                usedCols.length,
                Arrays.stream(rowIndices)
                        .map(i -> Arrays.binarySearch(usedRows, i))
                        .toArray(),
                Arrays.stream(columns)
                        .map(j -> Arrays.binarySearch(usedCols, j))
                        .toArray(),
                matrix.values());
    }

    private Path market(SparseMatrix matrix) throws IOException {
        List<String> lines = lines(matrix, "%2$d %1$d %3$s", 1, 1);
        lines.add(0, "%%MatrixMarket matrix coordinate real general");
        lines.add(1, matrix.rows() + " " + matrix.cols() + " " + matrix.count());
        return Files.write(folder.resolve("a.mtx"), lines);
    }

    private Path triples(SparseMatrix matrix, int seed) throws IOException {
        List<String> lines = lines(matrix, "%2$d,\"%1$d\",%3$s,x", 0, 10);
        Collections.shuffle(lines, new Random(seed));
        return Files.write(folder.resolve("a.csv"), lines);
    }

    private static List<String> lines(SparseMatrix matrix, String format, int first, int spacing) {
        List<String> lines = new ArrayList<>();
        for (int j = 0; j < matrix.cols(); j++) {
            for (int k = matrix.starts()[j]; k < matrix.starts()[j + 1]; k++) {
                int i = matrix.rowIndices()[k];
                lines.add(String.format(
                        Locale.ROOT, format, first + spacing * j, first + spacing * i, matrix.values()[k]));
            }
        }
        return lines;
    }

    private static void assertSame(SparseMatrix expected, SparseMatrix actual) {
        assertEquals(expected.rows(), actual.rows());
        assertEquals(expected.cols(), actual.cols());
        assertArrayEquals(expected.starts(), actual.starts());
        assertArrayEquals(expected.rowIndices(), actual.rowIndices());
        assertArrayEquals(expected.values(), actual.values());
    }

    @Test
    void aHundredThousandTriplesAreRead() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int n = 0; n < 100_000; n++) {
            text.append(n % 1000)
                    .append('\t')
                    .append(n / 1000)
                    .append('\t')
                    .append(n)
                    .append("\t881250949\n");
        }
        SparseMatrix entries = read("u.data", text.toString()).entries();
        double[] expected = IntStream.range(0, 100_000).mapToDouble(n -> n).toArray();
        assertEquals(new Matrix(1000, 100, expected), entries.dense());
    }

    @ParameterizedTest
    @CsvSource({
        "a.mtx, matrix coordinate real general, true",
        "a.mtx, matrix array real general, false",
        "u.data, , true",
        "ratings.dat, , true",
        "ratings.csv, , false",
        "a.npy, , false"
    })
    void whatIsCertainlyACoordinateListIsToldByBannerOrEnding(String name, String banner, boolean expected)
            throws IOException {
        Path path = Files.writeString(folder.resolve(name), banner == null ? "" : "%%MatrixMarket " + banner + "\n");
        assertEquals(expected, CoordinateFile.isCoordinates(path));
    }

    /** The copy in the folder of examples is what the script writes, and fit to be completed. */
    @Test
    void theRatingsOfTheExamplesAreThoseThatTheirScriptWrites() throws IOException, InterruptedException {
        Path written = folder.resolve("ratings.csv");
        Process script = new ProcessBuilder("sh", "examples/make-ratings.sh", "-")
                .redirectOutput(written.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertTrue(script.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, script.exitValue());
        Path kept = Path.of("examples/data/ratings.csv");
        assertEquals(Files.readString(kept, StandardCharsets.UTF_8), Files.readString(written));
        Coordinates ratings = CoordinateFile.read(kept);
        assertEquals(60, ratings.entries().rows());
        assertEquals(40, ratings.entries().cols());
        assertEquals(600, ratings.entries().count());
        assertEquals("u001", ratings.rowLabels().orElseThrow().get(0));
        assertTrue(ratings.columnLabels().orElseThrow().contains("Garden, The Distant"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.npy", "a.png", "a"})
    void otherEndingsAreRefusedWithThoseThatAreRead(String name) throws IOException {
        Path path = Files.writeString(folder.resolve(name), "1,2,3\n");
        String message = assertThrows(StoreException.class, () -> CoordinateFile.read(path))
                .getMessage();
        assertTrue(message.contains("must end in .mtx .csv .tsv .dat .data .txt or .ratings"), message);
    }
}
