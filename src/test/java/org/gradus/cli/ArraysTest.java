package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.gradus.linalg.Matrix;
import org.gradus.store.JsonFile;
import org.gradus.store.MatrixFile;
import org.gradus.store.Trajectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** trajectory.h5 as the HDF5 library reads it, against the other files of the run, to the bit. */
final class ArraysTest {
    private static final Path DUMP =
            Path.of("src/test/resources/arrays/dump.py").toAbsolutePath();

    private static final List<String> MEASURES = List.of(
            "loss", "effective_rank", "stable_rank", "entropy_rank", "nuclear_norm", "spectral_norm", "frobenius_norm");

    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void writeTheConfiguration() throws IOException, InterruptedException {
        Python.require("h5py", "python3-h5py");
        cli = new Cli(folder);
    }

    /** Path of each group and dataset, "/" the root, to its content. */
    private Map<String, Object> dump(Path file) throws IOException, InterruptedException {
        Path json =
                Files.writeString(folder.resolve("dump.json"), Python.run(folder, DUMP.toString(), file.toString()));
        return JsonFile.read(json);
    }

    private static Object in(Map<String, Object> dump, String path, String key) {
        assertTrue(dump.containsKey(path), () -> path + " is not among " + dump.keySet());
        return ((Map<?, ?>) dump.get(path)).get(key);
    }

    private static Object attribute(Map<String, Object> dump, String path, String name) {
        return ((Map<?, ?>) in(dump, path, "attributes")).get(name);
    }

    private static List<String> bits(double... values) {
        return DoubleStream.of(values).mapToObj(Double::toHexString).toList();
    }

    private static List<String> bitsOf(Object hex) {
        return ((List<?>) hex)
                .stream()
                        .map(text ->
                                text.equals("nan") ? "NaN" : Double.toHexString(Double.parseDouble(text.toString())))
                        .toList();
    }

    private static void assertMatrix(Map<String, Object> dump, String path, Matrix expected) {
        assertEquals("float64", in(dump, path, "type"));
        assertEquals(List.of(expected.rows(), expected.cols()), in(dump, path, "shape"));
        assertEquals(bits(expected.transposed().data()), bitsOf(in(dump, path, "values")), path);
    }

    /** A dataset of several columns against those whose names begin so. */
    private static void assertColumns(Map<String, Object> dump, String path, Trajectory table, String prefix) {
        List<String> columns = table.columns().stream()
                .filter(name -> name.matches(prefix + "\\d+"))
                .toList();
        Matrix expected = Matrix.zeros(table.rows(), columns.size());
        for (int j = 0; j < columns.size(); j++) {
            for (int i = 0; i < table.rows(); i++) {
                expected.set(i, j, table.column(columns.get(j))[i]);
            }
        }
        assertMatrix(dump, path, expected);
    }

    private static void assertScalars(Map<String, Object> dump, Trajectory table, List<String> columns) {
        long[] steps = DoubleStream.of(table.column("step"))
                .mapToLong(step -> (long) step)
                .toArray();
        assertEquals("int64", in(dump, "steps", "type"));
        assertEquals(LongStream.of(steps).boxed().toList(), longs(in(dump, "steps", "values")));
        for (String column : columns) {
            assertEquals("float64", in(dump, column, "type"));
            assertEquals(List.of(table.rows()), in(dump, column, "shape"));
            assertEquals(bits(table.column(column)), bitsOf(in(dump, column, "values")), column);
        }
    }

    private static List<Long> longs(Object numbers) {
        return ((List<?>) numbers)
                .stream().map(number -> ((Number) number).longValue()).toList();
    }

    @Test
    void everyDatasetAgreesWithTheOtherFilesToTheBit() throws IOException, InterruptedException {
        cli.run(
                        "problem.target.noise={standard-deviation: 0.01, seed: 2}",
                        "factors.initialization={kind: perturbed, scale: 0.3, perturbation: 0.01}",
                        "record={steps: {every: 5}, factors: true, balancedness: true, alignment: 2, products: [0, 7]}",
                        "--backend=cpu")
                .done();
        Trajectory table = cli.table();
        Map<String, Object> dump = dump(cli.file("trajectory.h5"));
        List<String> scalars = new ArrayList<>(MEASURES);
        scalars.addAll(List.of("test_error", "balancedness"));
        assertScalars(dump, table, scalars);
        assertColumns(dump, "singular_values", table, "sigma_");
        assertColumns(dump, "principal_angles/left", table, "left_angle_");
        assertColumns(dump, "principal_angles/right", table, "right_angle_");
        Set<String> expected = new TreeSet<>(scalars);
        expected.addAll(List.of(
                "/",
                "steps",
                "singular_values",
                "manifest",
                "target_singular_values",
                "product",
                "products",
                "factors"));
        expected.addAll(List.of("principal_angles", "principal_angles/left", "principal_angles/right"));
        for (int j = 1; j <= 3; j++) {
            assertColumns(dump, "factors/" + j + "/singular_values", table, "factor_" + j + "_sigma_");
            assertMatrix(dump, "factors/" + j + "/matrix", MatrixFile.read(cli.file("factors/W_" + j + ".npy")));
            expected.addAll(List.of("factors/" + j, "factors/" + j + "/singular_values", "factors/" + j + "/matrix"));
        }
        assertMatrix(dump, "product", MatrixFile.read(cli.file("product.npy")));
        for (String name : List.of("products/step_000000000", "products/step_000000007")) {
            assertMatrix(dump, name, MatrixFile.read(cli.file(name + ".npy")));
            assertEquals(List.of(Integer.parseInt(name.substring(14))), attribute(dump, name, "step"));
            expected.add(name);
        }
        assertEquals(expected, new TreeSet<>(dump.keySet()));
        assertTold(dump);
    }

    private void assertTold(Map<String, Object> dump) throws IOException {
        for (String path : dump.keySet()) {
            if (((Map<?, ?>) dump.get(path)).containsKey("values")) {
                String about = "" + attribute(dump, path, "description");
                assertTrue(about.length() > 10 && !about.contains("the column "), path + ": " + about);
                assertTrue(((Map<?, ?>) in(dump, path, "attributes")).keySet().containsAll(Set.of("units", "axes")));
            }
        }
        assertEquals(List.of("radians"), attribute(dump, "principal_angles/left", "units"));
        assertEquals(List.of("steps"), attribute(dump, "steps", "units"));
        assertEquals(List.of("1"), attribute(dump, "loss", "units"));
        Map<String, Object> manifest = cli.manifest();
        assertEquals(
                bits(((List<?>) manifest.get("target_singular_values"))
                        .stream()
                                .mapToDouble(value -> ((Number) value).doubleValue())
                                .toArray()),
                bitsOf(in(dump, "target_singular_values", "values")));
        Path text = Files.writeString(
                folder.resolve("told.json"),
                ((List<?>) in(dump, "manifest", "values")).get(0).toString());
        assertEquals(manifest, JsonFile.read(text));
        assertEquals(List.of(manifest.get("command")), attribute(dump, "/", "command"));
        assertEquals(List.of(manifest.get("commit")), attribute(dump, "/", "commit"));
        assertEquals(List.of(1), attribute(dump, "/", "format"));
        assertEquals(List.of("cpu"), attribute(dump, "/", "backend"));
        assertEquals(List.of("float64"), attribute(dump, "/", "precision"));
        assertEquals(List.of("done"), attribute(dump, "/", "outcome"));
        assertEquals(List.of(20), attribute(dump, "/", "outcome_step"));
        assertTrue(((Map<?, ?>) in(dump, "/", "attributes"))
                .keySet()
                .containsAll(Set.of("gradus_version", "outcome_reason", "device", "solver", "step_size")));
    }

    @Test
    void withoutSingularValuesThereAreTheScalarsOnly() throws IOException, InterruptedException {
        cli.run("record.singular-values=none").done();
        Map<String, Object> dump = dump(cli.file("trajectory.h5"));
        assertScalars(dump, cli.table(), MEASURES);
        assertFalse(dump.containsKey("singular_values"));
    }

    @Test
    void aDivergedRunHasItsFiniteRowsAndSaysSo() throws IOException, InterruptedException {
        Cli.Result result = cli.run("descent={step-size: 5, steps: 1000}", "record.steps={every: 1}");
        assertEquals(ExitCode.DIVERGED, result.status());
        Map<String, Object> dump = dump(cli.file("trajectory.h5"));
        assertScalars(dump, cli.table(), MEASURES);
        assertColumns(dump, "singular_values", cli.table(), "sigma_");
        assertMatrix(dump, "product", MatrixFile.read(cli.file("product.npy")));
        assertEquals(List.of("diverged"), attribute(dump, "/", "outcome"));
    }

    @Test
    void aRectangularProductStandsRowByRow() throws IOException, InterruptedException {
        cli.run(
                        "problem.target={synthetic: {rows: 3, columns: 5, spectrum: [2, 1]}}",
                        "factors={depth: 2, initialization: {kind: balanced, scale: 0.1}}")
                .done();
        Matrix product = MatrixFile.read(cli.file("product.npy"));
        assertEquals(List.of(3, 5), List.of(product.rows(), product.cols()));
        assertMatrix(dump(cli.file("trajectory.h5")), "product", product);
    }

    @Test
    void aConfigurationThatNoAttributeHoldsIsThereWhole() throws IOException, InterruptedException {
        Path config = Files.writeString(
                folder.resolve("long.yaml"),
                Files.readString(cli.config()).replace("{every: 5}", "[" + "7, ".repeat(40_000) + "9]"));
        Cli.Result result = Cli.execute(
                "run",
                config.toString(),
                "--no-plots",
                "--output",
                cli.file("long").toString());
        assertEquals(0, result.status(), result.err()::toString);
        Map<String, Object> dump = dump(cli.file("long/trajectory.h5"));
        String manifest = ((List<?>) in(dump, "manifest", "values")).get(0).toString();
        assertTrue(manifest.length() > 1 << 16, "" + manifest.length());
    }

    @Test
    void eachRunOfASweepHasItsOwn() throws IOException, InterruptedException {
        Path sweep = Files.writeString(
                folder.resolve("sweep.yaml"),
                Files.readString(cli.config()) + "sweep: {over: {factors.initialization.scale: [0.2, 0.3]}}\n");
        Path output = folder.resolve("swept");
        assertEquals(
                0,
                Cli.execute("sweep", sweep.toString(), "--output", output.toString())
                        .status());
        for (String run : List.of("runs/0001", "runs/0002")) {
            Map<String, Object> dump = dump(output.resolve(run).resolve("trajectory.h5"));
            assertScalars(dump, Trajectory.read(output.resolve(run).resolve("trajectory.csv")), MEASURES);
        }
    }

    @Test
    void thePythonOfTheDocumentationRunsAsItIsWritten() throws IOException, InterruptedException {
        Matcher block = Pattern.compile("```python\n(import h5py\n.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/formats.md")));
        assertTrue(block.find());
        Path run = folder.resolve("runs/staircase");
        Cli.Result result = Cli.execute(
                "run",
                "examples/staircase.yaml",
                "--no-plots",
                "--output",
                run.toString(),
                "--set",
                "descent.steps=50");
        assertEquals(0, result.status(), result.err()::toString);
        String script = block.group(1) + "print(len(steps), spectrum.shape, product.shape, outcome)\n";
        String said = Python.run(folder, "-c", script);
        int rows = Trajectory.read(run.resolve("trajectory.csv")).rows();
        int n = MatrixFile.read(run.resolve("product.npy")).rows();
        assertEquals(rows + " (" + rows + ", " + n + ") (" + n + ", " + n + ") done", said.strip());
    }
}
