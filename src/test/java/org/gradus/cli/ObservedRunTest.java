package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.gradus.linalg.Matrix;
import org.gradus.store.MatrixFile;
import org.gradus.store.NpyWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sensing and completion from the command line: what they write, and each refusal in one line. */
class ObservedRunTest {
    private static final String TARGET = "target: {synthetic: {rows: 6, columns: 5, spectrum: [3, 1]}}";
    private static final String START = "factors.initialization={kind: gaussian, scale: 0.3}";

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void writeTheFiles() throws IOException {
        cli = new Cli(folder);
        NpyWriter.write(folder.resolve("A30.npy"), ramp(20, 30));
        NpyWriter.write(folder.resolve("A29.npy"), ramp(20, 29));
        Matrix unknown = ramp(20, 30);
        unknown.set(3, 7, Double.NaN);
        NpyWriter.write(folder.resolve("Anan.npy"), unknown);
        NpyWriter.write(folder.resolve("zero.npy"), Matrix.zeros(20, 30));
        NpyWriter.write(folder.resolve("y20.npy"), ramp(20, 1));
        NpyWriter.write(folder.resolve("y19.npy"), ramp(19, 1));
        NpyWriter.write(folder.resolve("ynan.npy"), new Matrix(2, 1, new double[] {1, Double.NaN}));
        NpyWriter.write(folder.resolve("a6.npy"), ramp(6, 20));
        NpyWriter.write(folder.resolve("b5.npy"), ramp(5, 20));
        NpyWriter.write(folder.resolve("b19.npy"), ramp(5, 19));
        NpyWriter.write(folder.resolve("none.npy"), Matrix.zeros(6, 5));
        NpyWriter.write(folder.resolve("half.npy"), new Matrix(6, 5, filled(30, 0.5)));
        NpyWriter.write(folder.resolve("turned.npy"), new Matrix(5, 6, filled(30, 1)));
        text("pattern.mtx", "%%MatrixMarket matrix coordinate pattern general\n6 5 2\n1 1\n6 5\n");
        text("twice.csv", "user,item,value\na,x,1\nb,y,2\na,x,3\n");
        text("word.csv", "user,item,value\na,x,1\nb,y,good\n");
        text("two.csv", "user,item,value\na,x,1\nb,y,2\n");
        text("ratings.csv", "user,item,value\na,x,1\na,y,2\nb,x,2\nb,y,4\nc,x,3\n");
    }

    private void text(String name, String text) throws IOException {
        Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    private static double[] filled(int length, double value) {
        double[] numbers = new double[length];
        Arrays.fill(numbers, value);
        return numbers;
    }

    private static Matrix ramp(int rows, int cols) {
        Matrix ramp = Matrix.zeros(rows, cols);
        Arrays.setAll(ramp.data(), k -> Math.sin(1.7 * k) / 5);
        return ramp;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | kind: sensing, T, operators: {file: A29.npy}       | problem.operators.file: holds 20 rows of 29 entries; wanted are m rows of 6·5 = 30 entries, or m matrices of 6 × 5",
                "5 | kind: sensing, T, operators: {file: Anan.npy}      | Anan.npy: element (3, 7), counted from 0, is NaN",
                "5 | kind: sensing, T, operators: {file: none.npz}      | none.npz: no such file",
                "2 | kind: sensing, T, operators: {file: zero.npy}      | problem.operators: measure nothing",
                "2 | kind: sensing, T, operators: {gaussian: {count: 0}} | operators.gaussian.count: must be an integer from 1",
                "2 | kind: sensing, T, operators: {symmetric-gaussian: {count: 9}} | symmetric operators are square, not 6 × 5",
                "2 | kind: sensing, T, operators: {file: A30.npy, rows: 5} | problem.operators.rows: must be that of the target, 6",
                "2 | kind: sensing, operators: {file: A30.npy}, observations: {file: y20.npy} | problem.operators.rows: is missing; neither a target nor",
                "2 | kind: sensing, T, operators: {file: A30.npy}, observations: {file: y19.npy} | problem.observations.file: holds 19 numbers; there are 20 operators",
                "5 | kind: sensing, T, operators: {file: A30.npy}, observations: {file: ynan.npy} | ynan.npy: element (1, 0), counted from 0, is NaN",
                "5 | kind: sensing, T, operators: {file: A30.npy}, observations: {file: A29.npy} | A29.npy: holds a 20×29 matrix; one column or one row is needed",
                "2 | kind: sensing, T, operators: {file: A30.npy}, observations: {noise: {standard-deviation: 1e308}} | the observations overflow",
                "2 | kind: sensing, T, operators: {rank-one: {files: [a6.npy, b19.npy]}} | are 6 × 20 and 5 × 19; wanted are 6 × m and 5 × m",
                "2 | kind: completion, T, mask: {file: none.npy}        | problem.mask.file: has no 1: nothing is observed",
                "2 | kind: completion, T, mask: {file: half.npy}        | entry (0, 0), counted from 0, is 0.5",
                "2 | kind: completion, T, mask: {file: turned.npy}      | problem.mask.file: is 5 × 6, the target 6 × 5",
                "2 | kind: completion, T, mask: {fraction: 0.001}       | problem.mask.fraction: makes 0 of 30 entries",
                "2 | kind: completion, T, mask: {count: 31}             | problem.mask.count: makes 31 of 30 entries; from 1 to all are observed",
                "2 | kind: completion, mask: {file: pattern.mtx}        | tells places without values; a target must be given beside it",
                "5 | kind: completion, mask: {file: twice.csv}          | twice.csv, line 4",
                "5 | kind: completion, mask: {file: word.csv}           | word.csv, line 3",
                "2 | kind: completion, mask: {file: half.npy}           | tells places without values; a target must be given beside it",
                "5 | kind: completion, mask: {file: other.xyz}          | other.xyz",
                "4 | kind: sensing, T, operators: {gaussian: {count: 2000000000}} | of Java's heap for its data",
                "2 | kind: sensing, T, operators: {rank-one: {count: 2000000000}} | makes vectors of 12000000000 numbers altogether",
                "2 | kind: completion, mask: {file: two.csv, held-out: 0.1} | problem.mask.held-out: holds 0 of 2 entries out",
            })
    void whatCannotBeObservedIsRefusedInOneLine(int status, String problem, String words) throws IOException {
        String line = cli.run("problem={" + problem.replace("T,", TARGET + ",") + "}", START)
                .refused(status);
        assertTrue(line.contains(words), line);
        assertFalse(Files.exists(folder.resolve("run")), "nothing is left behind");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "descent={steps: 3, solver: modes}    | modes is not exact here: there is no theorem for sensing",
                "descent={steps: 3, solver: subspace} | subspace is not exact here: there is no theorem for sensing",
            })
    void exactReductionsAreRefusedWithTheReason(String setting, String words) throws IOException {
        String line = cli.run("problem={kind: sensing, " + TARGET + ", operators: {file: A30.npy}}", START, setting)
                .refused(ExitCode.USAGE);
        assertTrue(line.contains(words), line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: sensing, T, operators: {file: A30.npy}",
                "kind: sensing, T, operators: {gaussian: {count: 20}}, loss: mean",
                "kind: sensing, T, operators: {rank-one: {count: 20}}",
                "kind: sensing, T, operators: {rank-one: {files: [a6.npy, b5.npy]}}",
                "kind: sensing, operators: {file: A30.npy, rows: 6, columns: 5}, observations: {file: y20.npy}",
                "kind: completion, T, mask: {fraction: 0.5}",
                "kind: completion, T, mask: {file: pattern.mtx}",
                "kind: completion, mask: {file: ratings.csv, held-out: 0.2}",
            })
    void everyKindOfObservationRunsAndLowersTheLoss(String problem) throws IOException {
        Cli.Result result =
                cli.run("problem={" + problem.replace("T,", TARGET + ",") + "}", START, "descent={steps: 200}");
        assertEquals(ExitCode.DONE, result.status(), result.err()::toString);
        List<String> rows = Files.readAllLines(cli.file("trajectory.csv"));
        boolean known = problem.contains("T,") || problem.contains("held-out");
        assertEquals(known, rows.get(0).contains(",test_error"), rows.get(0));
        double[] losses = cli.table().column("loss");
        double first = losses[0];
        double last = losses[losses.length - 1];
        assertTrue(last < first, first + " to " + last);
    }

    @Test
    void ratingsKeepTheirNamesBesideTheProduct() throws IOException {
        cli.run("problem={kind: completion, mask: {file: ratings.csv}}", START, "descent={steps: 5}")
                .done();
        assertEquals(List.of("index,id", "0,a", "1,b", "2,c"), Files.readAllLines(cli.file("rows.csv")));
        assertEquals(List.of("index,id", "0,x", "1,y"), Files.readAllLines(cli.file("columns.csv")));
        Matrix product = MatrixFile.read(cli.file("product.npy"));
        assertEquals(3, product.rows());
        assertEquals(2, product.cols());
    }

    @Test
    void rowsAndColumnsWithoutAnObservationAreNamed() throws IOException {
        Cli.Result result = cli.run(
                "problem={kind: completion, " + TARGET + ", mask: {file: pattern.mtx}}", START, "descent={steps: 1}");
        assertEquals(ExitCode.DONE, result.status(), result.err()::toString);
        String text = String.join("\n", result.err());
        assertTrue(
                text.contains("no entry is observed in 4 of 6 rows, the first of them counted from 1: 2, 3, 4;"), text);
        assertTrue(text.contains("no entry is observed in 3 of 5 columns"), text);
    }
}
