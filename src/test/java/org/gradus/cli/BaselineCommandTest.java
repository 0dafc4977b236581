package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PlainMatrices;
import org.gradus.linalg.Spectrum;
import org.gradus.problem.Targets;
import org.gradus.store.JsonFile;
import org.gradus.store.MatrixFile;
import org.gradus.store.NpyWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BaselineCommandTest {
    private static final Matrix TARGET = Targets.synthetic(12, 10, new double[] {5, 3}, false, 1);

    private static final String REST = """
            factors: {depth: 2, initialization: {kind: gaussian, scale: 0.1}}
            descent: {steps: 10}
            """;

    @TempDir
    Path folder;

    private Path output;

    @BeforeEach
    void writeTheConfigurations() throws IOException {
        output = folder.resolve("out");
        NpyWriter.write(folder.resolve("truth.npy"), TARGET);
        problem("estimation", "target: {file: truth.npy, noise: {standard-deviation: 0.1, seed: 2}}");
        problem("completion", "target: {file: truth.npy}", "mask: {count: 100, seed: 3}");
        problem("sensing", "target: {file: truth.npy}", "operators: {gaussian: {count: 90, seed: 4}}");
        problem("ratings", "mask: {file: ratings.csv}");
        Files.writeString(folder.resolve("ratings.csv"), "a,x,1\na,y,2\nb,x,2\nb,y,4\nc,x,3\n");
    }

    private void problem(String name, String... lines) throws IOException {
        String kind = name.equals("ratings") ? "completion" : name;
        StringBuilder text = new StringBuilder("problem:\n  kind: " + kind + "\n");
        Stream.of(lines).forEach(line -> text.append("  ").append(line).append('\n'));
        Files.writeString(folder.resolve(name + ".yaml"), text + REST);
    }

    private Cli.Result baseline(String name, String method, String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "baseline", folder.resolve(name + ".yaml").toString(), "--method", method, "-o", output.toString()));
        arguments.addAll(List.of(options));
        return Cli.execute(arguments.toArray(String[]::new));
    }

    private Map<String, Object> result() {
        return JsonFile.read(output.resolve("result.json"));
    }

    private Matrix product() {
        return MatrixFile.read(output.resolve("product.npy"));
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static double testError(Matrix w) {
        return PlainMatrices.distance(w, TARGET) / PlainMatrices.norm(TARGET);
    }

    private static Matrix noisy() {
        return Targets.withNoise(TARGET, 0.1, 2, false);
    }

    @ParameterizedTest
    @CsvSource({
        "estimation, truncated-svd, --rank=2",
        "estimation, soft-impute, --penalty=0.5",
        "estimation, nuclear-norm, --tolerance=1e-6",
        "estimation, depth-1, --quiet",
        "completion, truncated-svd, --rank=2",
        "completion, soft-impute, --penalty=0.5",
        "completion, nuclear-norm, --tolerance=1e-6",
        "completion, depth-1, --quiet",
        "sensing, truncated-svd, --rank=2",
        "sensing, soft-impute, --penalty=0.5",
        "sensing, nuclear-norm, --tolerance=1e-6",
        "sensing, depth-1, --quiet"
    })
    void everyMethodEstimatesEveryKindOfProblem(String name, String method, String option) throws IOException {
        Cli.Result said = baseline(name, method, option).done();
        Map<String, Object> result = result();
        Matrix w = product();
        double[] values = Spectrum.of(w);
        double nuclear = Arrays.stream(values).sum();
        assertEquals(method, result.get("method"));
        assertEquals(nuclear, number(result.get("nuclear_norm")), 1e-10 * nuclear);
        assertEquals(nuclear / values[0], number(result.get("effective_rank")), 1e-10 * nuclear);
        assertEquals(testError(w), number(result.get("test_error")), 1e-12);
        assertEquals(method.equals("nuclear-norm") || method.equals("soft-impute"), result.get("certificate") != null);
        assertTrue(said.out().contains("test error      "), said.out());
        try (Stream<Path> files = Files.list(output)) {
            assertEquals(
                    List.of("product.npy", "result.json"),
                    files.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void anEstimationHasClosedForms() {
        double[] observed = Spectrum.of(noisy());
        baseline("estimation", "soft-impute", "--penalty=0.5").done();
        double[] soft = Arrays.stream(observed).map(s -> Math.max(s - 0.5, 0)).toArray();
        assertArrayEquals(soft, Spectrum.of(product()), 1e-8);
        assertEquals(0, number(((Map<?, ?>) result().get("certificate")).get("iterations")));
        baseline("estimation", "truncated-svd", "--rank=2", "--overwrite").done();
        assertArrayEquals(Arrays.copyOf(observed, 2), Arrays.copyOf(Spectrum.of(product()), 2), 1e-12);
        assertEquals(0, Spectrum.of(product())[2], 1e-12);
        baseline("estimation", "depth-1", "--overwrite").done();
        assertTrue(PlainMatrices.distance(noisy(), product()) < 1e-14);
    }

    @ParameterizedTest
    @CsvSource({"completion", "sensing"})
    void theNuclearNormFindsATargetOfLowRankFromEnoughObservations(String name) {
        baseline(name, "nuclear-norm", "--tolerance", "1e-7").done();
        Map<?, ?> certificate = (Map<?, ?>) result().get("certificate");
        assertEquals(true, certificate.get("reached"));
        assertEquals(8, number(certificate.get("dual")), 1e-4);
        assertTrue(number(certificate.get("gap")) <= 1e-7);
        assertTrue(number(certificate.get("tangent")) <= 1e-7);
        assertTrue(number(certificate.get("feasibility")) <= 1e-7);
        assertEquals(2, result().get("rank"));
        assertTrue(testError(product()) < 1e-5);
    }

    @Test
    void depthOneOfCompletionLeavesUnobservedEntriesZero() {
        baseline("completion", "depth-1").done();
        Matrix w = product();
        int zeros = 0;
        for (int k = 0; k < w.data().length; k++) {
            zeros += w.data()[k] == 0 ? 1 : 0;
            assertTrue(w.data()[k] == 0 || w.data()[k] == TARGET.data()[k]);
        }
        assertEquals(20, zeros);
    }

    @Test
    void aPathHasARowForEachPenaltyAndTheBestOfThemAsProduct() throws IOException {
        Cli.Result said = baseline("completion", "soft-impute").done();
        List<String> lines = Files.readAllLines(output.resolve("path.csv"));
        assertEquals("penalty,rank,effective_rank,nuclear_norm,loss,test_error,gap,iterations", lines.get(0));
        assertEquals(21, lines.size());
        double[] first = row(lines.get(1));
        double[] last = row(lines.get(20));
        assertEquals(1e-3, last[0] / first[0], 1e-12);
        assertArrayEquals(new double[] {0, Double.NaN, 0}, Arrays.copyOfRange(first, 1, 4));
        assertEquals(1, first[5]);
        double least =
                lines.stream().skip(1).mapToDouble(line -> row(line)[5]).min().orElseThrow();
        assertEquals(least, number(result().get("test_error")));
        assertEquals(least, testError(product()), 1e-12);
        assertEquals("test_error", result().get("chosen_by"));
        assertEquals(1, said.out().lines().filter(line -> line.endsWith("  <")).count());
    }

    private static double[] row(String line) {
        return Stream.of(line.split(","))
                .mapToDouble(text -> text.equals("nan") ? Double.NaN : Double.parseDouble(text))
                .toArray();
    }

    @Test
    void withoutATestErrorAPathEndsAtItsSmallestPenaltyAndRowsKeepTheirNames() throws IOException {
        Cli.Result said = baseline("ratings", "soft-impute", "--path", "5").done();
        assertFalse(Files.readAllLines(output.resolve("path.csv")).get(0).contains("test_error"));
        assertEquals("smallest_penalty", result().get("chosen_by"));
        assertNull(result().get("test_error"));
        assertTrue(said.out().contains("the smallest, since no test error is defined"), said.out());
        assertEquals(List.of("index,id", "0,a", "1,b", "2,c"), Files.readAllLines(output.resolve("rows.csv")));
    }

    @Test
    void jsonIsWhatIsWritten() throws IOException {
        Cli.Result said =
                baseline("sensing", "nuclear-norm", "--json", "--quiet").done();
        assertEquals(Files.readString(output.resolve("result.json")), said.out());
        assertEquals(List.of(), said.err());
    }

    @Test
    void aToleranceThatIsNotReachedIsAWarning() {
        Cli.Result said = baseline("completion", "nuclear-norm", "--max-iterations", "5");
        assertEquals(ExitCode.DONE, said.status());
        assertEquals(
                "gradus: warning: the tolerance 0.0001 was not reached in 5 iterations; --max-iterations allows more",
                said.err().get(0));
        assertEquals(false, ((Map<?, ?>) result().get("certificate")).get("reached"));
    }

    @Test
    void whatIsThereIsReplacedOnDemandOnly() throws IOException {
        baseline("completion", "soft-impute", "--path=3").done();
        String line = baseline("completion", "depth-1").refused(ExitCode.FILES);
        assertEquals("gradus: " + output + ": already holds a run; --overwrite replaces it", line);
        Cli.execute("run", folder.resolve("completion.yaml").toString(), "--output", output.toString(), "--no-plots")
                .refused(ExitCode.FILES);
        baseline("completion", "depth-1", "--overwrite").done();
        assertFalse(Files.exists(output.resolve("path.csv")));
        Files.delete(output.resolve("result.json"));
        Files.createFile(output.resolve("manifest.json"));
        baseline("completion", "depth-1").refused(ExitCode.FILES);
        baseline("completion", "depth-1", "-o", folder.resolve("truth.npy").toString())
                .refused(ExitCode.USAGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "completion | svd           | --quiet              | --method must be one of nuclear-norm, soft-impute, truncated-svd, depth-1, not 'svd'",
                "completion | truncated-svd | --quiet              | --method truncated-svd needs --rank L",
                "completion | truncated-svd | --rank=11            | --rank 11: a 12×10 matrix has ranks from 1 to 10",
                "completion | truncated-svd | --rank=0             | --rank must be an integer from 1 to 2147483647, not '0'",
                "completion | nuclear-norm  | --rank=2             | --rank belongs to truncated-svd, not to nuclear-norm",
                "completion | nuclear-norm  | --penalty=2          | --penalty belongs to soft-impute, not to nuclear-norm",
                "completion | depth-1       | --tolerance=1e-3     | --tolerance belongs to nuclear-norm and soft-impute, not to depth-1",
                "completion | soft-impute   | --penalty=0          | --penalty must be a number greater than 0, not '0'",
                "completion | soft-impute   | --penalty=1 --path=3 | --penalty and --path exclude each other; give one of them",
                "completion | soft-impute   | --path=1             | --path must be an integer from 2 to 1000, not '1'",
                "completion | nuclear-norm  | --tolerance=0        | --tolerance must be a number between 0 and 1, both excluded, not '0'",
                "completion | nuclear-norm  | --max-iterations=x   | --max-iterations must be an integer from 1 to 2147483647, not 'x'",
                "completion | depth-1       | --set problem.msk=1  | --set problem.msk=1: problem.msk: unknown key; did you mean 'mask'?",
            })
    void wrongUsageIsOneLine(String name, String method, String options, String line) {
        assertEquals(
                "gradus: " + line, baseline(name, method, options.split(" ")).refused(ExitCode.USAGE));
        assertFalse(Files.exists(output));
    }

    @Test
    void contradictingObservationsAreOneLine() throws IOException {
        NpyWriter.write(folder.resolve("A.npy"), PlainMatrices.rows(new double[] {1, 0}, new double[] {1, 0}));
        NpyWriter.write(folder.resolve("y.npy"), PlainMatrices.rows(new double[] {1, 2}));
        problem("sensing", "operators: {file: A.npy, rows: 1, columns: 2}", "observations: {file: y.npy}");
        String line = baseline("sensing", "nuclear-norm").refused(ExitCode.USAGE);
        assertTrue(line.contains("no matrix agrees with all observations (at best within 3.16e-01"), line);
    }

    @Test
    void zerosHaveNoPath() throws IOException {
        Files.writeString(folder.resolve("ratings.csv"), "a,x,0\nb,y,0\n");
        String line = baseline("ratings", "soft-impute").refused(ExitCode.USAGE);
        assertTrue(line.startsWith("gradus: nothing but zeros is observed"), line);
        baseline("ratings", "soft-impute", "--penalty=1");
        assertEquals(0, result().get("rank"));
    }
}
