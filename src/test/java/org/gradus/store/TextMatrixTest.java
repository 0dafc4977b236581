package org.gradus.store;

import static org.gradus.store.Fixtures.row;
import static org.gradus.store.Fixtures.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.gradus.linalg.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextMatrixTest {
    @TempDir
    Path folder;

    private Matrix read(String name, String text) throws IOException {
        return MatrixFile.read(Files.writeString(folder.resolve(name), text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,-2.5\n3e2,.5\n",
                "1,-2.5\r\n3e2,.5\r\n",
                "a,b\n1,-2.5\n3e2,.5\n\n\n",
                "\uFEFFa,b\n1,-2.5\n3e2,.5",
                "# made by hand; 2 x 2, say\n 1 , -2.5\n# between\n\"300\",.5\n",
                "1;-2.5\n3e2;.5\n",
                "a;b\n1;-2.5\n3e2;.5\n",
                "\"a, in m\";b\n1;-2.5\n3e2;.5\n"
            })
    void commaAndSemicolonTablesHoldTheSameMatrix(String text) throws IOException {
        assertEquals(rows(row(1, -2.5), row(300, 0.5)), read("a.csv", text));
    }

    @Test
    void aTableOfTabsIsRead() throws IOException {
        assertEquals(rows(row(1, 2)), read("a.TSV", "x\ty\n1\t2\n"));
    }

    @Test
    void aRowOfTwentyThousandCellsIsRead() throws IOException {
        String text = IntStream.range(0, 20_000).mapToObj(Integer::toString).collect(Collectors.joining(","));
        Matrix matrix = read("wide.csv", text + "\n" + text + "\n");
        assertEquals(2, matrix.rows());
        assertEquals(19_999, matrix.get(1, 19_999));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "coordinate real general|2 2 3~1 1 1.5~2 1 -2~2 2 4|1.5 0 -2 4",
                "coordinate integer symmetric|2 2 2~% why~1 1 7~~2 1 -2|7 -2 -2 0",
                "coordinate real symmetric|2 2 1~1 2 5|0 5 5 0",
                "coordinate real skew-symmetric|2 2 1~2 1 3|0 -3 3 0",
                "coordinate pattern general|2 2 2~1 2~2 1|0 1 1 0",
                "array real general|2 2~1~2~3~4|1 3 2 4",
                "array integer symmetric|2 2~1~2~3|1 2 2 3",
                "array real skew-symmetric|2 2~2|0 -2 2 0"
            })
    void aMatrixMarketFileIsMadeDense(String banner, String body, String rowMajor) throws IOException {
        Matrix matrix =
                read("a.mtx", "%%MatrixMarket MATRIX " + banner + "\n% comment\n" + body.replace('~', '\n') + "\n");
        double[] e = Arrays.stream(rowMajor.split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertEquals(rows(row(e[0], e[1]), row(e[2], e[3])), matrix);
    }
}
