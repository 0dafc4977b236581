package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gradus.linalg.Matrix;
import org.gradus.store.JsonFile;
import org.gradus.store.MatrixFile;
import org.gradus.store.NpyWriter;
import org.gradus.store.Trajectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code gradus sweep} in this process. */
final class SweepCommandTest {
    private static final String GAUSSIAN = "factors.initialization={kind: gaussian, scale: 0.3}";
    private static final String SEEDS = "sweep={over: {factors.initialization.seed: [5, 6, 7]}}";

    @TempDir
    private Path folder;

    private Cli cli;
    private Path sweep;

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        cli = new Cli(folder);
        sweep = folder.resolve("sweep");
    }

    private List<String> arguments(String... settings) {
        List<String> arguments = new ArrayList<>(List.of("sweep"));
        arguments.addAll(cli.arguments(settings));
        arguments.remove(1); // the command "run"
        arguments.set(arguments.indexOf("--output") + 1, sweep.toString());
        return arguments;
    }

    private Cli.Result sweep(String... settings) {
        return Cli.execute(arguments(settings).toArray(String[]::new));
    }

    /** The cells of sweep.csv, header first. */
    private List<List<String>> table() throws IOException {
        return Files.readAllLines(sweep.resolve("sweep.csv")).stream()
                .map(line -> List.of(line.split(",", -1)))
                .toList();
    }

    private List<String> column(String name) throws IOException {
        List<List<String>> table = table();
        int at = table.get(0).indexOf(name);
        return table.subList(1, table.size()).stream().map(row -> row.get(at)).toList();
    }

    private Path run(int number) {
        return sweep.resolve("runs/000" + number);
    }

    private Map<?, ?> outcome(int number) {
        return (Map<?, ?>) JsonFile.read(run(number).resolve("manifest.json")).get("outcome");
    }

    /** All but manifest.json, and trajectory.h5, which holds it. */
    private void assertSameFiles(Path one, Path other) throws IOException {
        try (var files = Files.walk(other)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = other.relativize(file).toString();
                if (!List.of("manifest.json", "trajectory.h5").contains(name) && !name.startsWith("checkpoints")) {
                    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(one.resolve(name)), name);
                }
            }
        }
    }

    /** A batch divides its work by runs and a single run by columns, neither of which changes a sum. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "backend=cpu       | problem.loss=sum",
                "backend=cpu       | problem.target.synthetic={rows: 120, columns: 97, spectrum: [3, 2, 1]}",
                "backend=cpu       | problem={kind: completion, target: {synthetic: {rows: 12, spectrum: [3, 2]}}, mask: {fraction: 0.6}}",
                "backend=cpu       | problem={kind: sensing, target: {synthetic: {rows: 7, spectrum: [3, 2]}}, operators: {rank-one: {count: 40}}}",
                "backend=cpu       | compute.precision=float32",
                "backend=reference | problem.loss=mean"
            })
    void aRunOfABatchHasTheSameBytesAsTheRunAlone(String backend, String problem) throws IOException {
        String device = "compute." + backend;
        sweep(GAUSSIAN, "record.factors=true", device, problem, SEEDS).done();
        String alone = "factors.initialization={kind: gaussian, scale: 0.3, seed: 6}";
        cli.run(alone, "record.factors=true", device, problem).done();
        assertSameFiles(run(2), cli.file(""));
    }

    /** Gaussian operators are applied to a batch by gemm, to one run by gemv: other sums. */
    @Test
    void sensingWithDenseOperatorsAgreesToRounding() throws IOException {
        String problem = "problem={kind: sensing, target: {synthetic: {rows: 7, spectrum: [3, 2]}},"
                + " operators: {gaussian: {count: 40}}}";
        sweep(GAUSSIAN, problem, "descent.steps=200", SEEDS).done();
        cli.run("factors.initialization={kind: gaussian, scale: 0.3, seed: 6}", problem, "descent.steps=200")
                .done();
        Trajectory batched = Trajectory.read(run(2).resolve("trajectory.csv"));
        Trajectory alone = cli.table();
        assertEquals(alone.columns(), batched.columns());
        for (String column : alone.columns()) {
            for (int row = 0; row < alone.rows(); row++) {
                double expected = alone.column(column)[row];
                assertEquals(expected, batched.column(column)[row], 1e-12 * Math.max(1, Math.abs(expected)), column);
            }
        }
    }

    /** One thread takes batch after batch whole, three take portions side by side. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "problem.loss=sum",
                "problem.target.synthetic={rows: 97, columns: 120, spectrum: [3, 2, 1]}",
                "problem={kind: completion, target: {synthetic: {rows: 12, spectrum: [3, 2]}}, mask: {fraction: 0.6}}",
                "problem={kind: sensing, target: {synthetic: {rows: 7, spectrum: [3, 2]}}, operators: {rank-one: {count: 40}}}",
                "compute.precision=float32",
                "descent.solver=modes"
            })
    void bitsDoNotDependOnHowManyRunsGoSideBySide(String setting) throws IOException {
        String start = setting.contains("modes") ? "factors.initialization={kind: balanced, scale: 0.3}" : GAUSSIAN;
        String key = setting.contains("modes") ? "scale: [0.3, 0.2, 0.1]" : "seed: [5, 6, 7]";
        String over = "sweep={over: {factors.depth: [2, 3, 4], factors.initialization." + key + "}}";
        String[] settings = {start, "compute.backend=cpu", over, "record.factors=true", setting};
        SweepFiles alone = new SweepFiles(cli, folder.resolve("alone"), settings);
        SweepFiles together = new SweepFiles(cli, folder.resolve("together"), settings);
        alone.sweep("compute.threads=1").done();
        together.sweep("compute.threads=3").done();
        together.assertSameAs(alone);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "factors.initialization={kind: identical, scale: 0.2}",
                "factors.initialization={kind: balanced, scale: 0.2}",
                "factors.initialization={kind: orthogonal, scale: 0.2}",
                "factors.initialization={kind: perturbed, scale: 0.2, perturbation: 0.1}"
            })
    void everySolverSweepsOverScaleAndStepSizeAsItRunsAlone(String start) throws IOException {
        String target = "problem.target.synthetic={rows: 7, spectrum: [3, 2, 1], symmetric: true}";
        sweep(
                        start,
                        target,
                        "sweep={over: {factors.initialization.scale: [0.2, 0.3], descent.step-size: [0.01, 0.02]}}")
                .done();
        cli.run(start, target, "factors.initialization.scale=0.3", "descent.step-size=0.01")
                .done();
        assertSameFiles(run(3), cli.file(""));
        assertEquals(
                cli.manifest().get("solver"),
                JsonFile.read(run(3).resolve("manifest.json")).get("solver"));
    }

    @Test
    void theTableHasParametersOutcomeAndTheLastRowOfEveryRun() throws IOException {
        sweep(
                        GAUSSIAN,
                        "descent={steps: 300, step-size: 0.05}",
                        "record.steps={geometric: 1.1}",
                        "problem.target.noise={standard-deviation: 0.01}",
                        "sweep={over: {problem.loss: [sum, mean], factors.initialization.seed: {from: 1, to: 2, count: 2}}}")
                .done();
        List<String> header = table().get(0);
        assertEquals(
                "run,problem.loss,factors.initialization.seed,outcome,steps,loss,effective_rank,stable_rank,"
                        + "entropy_rank,test_error",
                String.join(",", header.subList(0, 10)));
        for (int i = 10; i < header.size(); i++) {
            assertEquals("plateau_" + (i - 9), header.get(i));
        }
        assertTrue(header.size() > 10, header::toString);
        assertEquals(List.of("0001", "0002", "0003", "0004"), column("run"));
        assertEquals(List.of("sum", "sum", "mean", "mean"), column("problem.loss"));
        assertEquals(List.of("1", "2", "1", "2"), column("factors.initialization.seed"));
        assertEquals(List.of("done", "done", "done", "done"), column("outcome"));
        assertEquals(List.of("300", "300", "300", "300"), column("steps"));
        for (int number = 1; number <= 4; number++) {
            Trajectory table = Trajectory.read(run(number).resolve("trajectory.csv"));
            for (String name : List.of("loss", "effective_rank", "stable_rank", "entropy_rank", "test_error")) {
                double last = table.column(name)[table.rows() - 1];
                assertEquals(last, Double.parseDouble(column(name).get(number - 1)), name);
            }
        }
        assertTrue(Integer.parseInt(column("plateau_1").get(0)) > 0);
    }

    @Test
    void everyRunHasItsOwnConfigurationWhichRunsAgain() throws IOException {
        sweep(GAUSSIAN, SEEDS).done();
        Map<String, Object> manifest = JsonFile.read(run(2).resolve("manifest.json"));
        Map<?, ?> configuration = (Map<?, ?>) manifest.get("configuration");
        assertFalse(configuration.containsKey("sweep"));
        assertEquals(run(2).toString(), configuration.get("output"));
        assertEquals(Map.of("target", 1, "initialization", 6), manifest.get("seeds"));
        assertTrue(manifest.get("command").toString().startsWith("gradus sweep "));
        Path again = folder.resolve("again.json");
        JsonFile.write(again, castToObjects(configuration));
        Path copy = folder.resolve("copy");
        Cli.execute("run", again.toString(), "--no-plots", "--output", copy.toString())
                .done();
        assertSameFiles(run(2), copy);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> castToObjects(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }

    @Test
    void aDivergedRunStopsOnlyItself() throws IOException {
        Cli.Result result = sweep(
                GAUSSIAN,
                "descent.steps=400",
                "record.steps={every: 10}",
                "sweep={over: {descent.step-size: [0.01, 5, 0.02]}}");
        assertEquals(0, result.status(), result.err()::toString);
        assertEquals(List.of("done", "diverged", "done"), column("outcome"));
        assertEquals("diverged", outcome(2).get("status"));
        assertTrue(MatrixFile.read(run(2).resolve("product.npy")).isFinite());
        assertTrue(Double.isFinite(Double.parseDouble(column("loss").get(1))));
        assertTrue(result.err().contains("gradus: warning: 1 of 3 runs diverged: 0002"), result.err()::toString);
        cli.run(GAUSSIAN, "descent.steps=400", "record.steps={every: 10}", "descent.step-size=0.02");
        assertSameFiles(run(3), cli.file(""));
    }

    @Test
    void aRunThatCannotBePlannedIsToldAndStopsNoOther() throws IOException {
        String target = "problem.target.synthetic={rows: 6, columns: 5, spectrum: [3, 2]}";
        Cli.Result result = sweep(
                "factors.initialization={kind: gaussian, scale: 0.3}",
                target,
                "sweep={over: {factors.initialization.kind: [gaussian, identical, uniform]}}");
        assertEquals(ExitCode.USAGE, result.status());
        assertEquals(List.of("done", "failed", "done"), column("outcome"));
        assertEquals(List.of("0"), column("steps").subList(1, 2));
        assertEquals(List.of(""), column("loss").subList(1, 2));
        assertFalse(Files.exists(run(2)));
        assertTrue(
                result.err().stream()
                        .anyMatch(line -> line.startsWith("gradus: run 2: ") && line.contains("identical")),
                result.err()::toString);
    }

    @Test
    void differentTargetsAreEachReadFromTheirFiles() throws IOException {
        NpyWriter.write(folder.resolve("a.npy"), Matrix.scaledIdentity(3, 2));
        NpyWriter.write(folder.resolve("b, c.npy"), Matrix.scaledIdentity(5, 1));
        sweep(
                        "factors.initialization={kind: gaussian, scale: 0.3}",
                        "problem.target={file: a.npy}",
                        "sweep={over: {problem.target.file: [a.npy, 'b, c.npy']}}")
                .done();
        assertEquals(3, MatrixFile.read(run(1).resolve("product.npy")).rows());
        assertEquals(5, MatrixFile.read(run(2).resolve("product.npy")).rows());
        assertTrue(Files.readString(sweep.resolve("sweep.csv")).contains("\n0002,\"b, c.npy\",done,"));
    }

    @Test
    void pictureOfAllRunsAndOnRequestOfEach() throws IOException {
        List<String> arguments = arguments(GAUSSIAN, SEEDS, "--plots");
        arguments.remove("--no-plots");
        Cli.execute(arguments.toArray(String[]::new)).done();
        assertTrue(Files.readString(sweep.resolve("plots/ensemble.svg")).contains(">3 runs<"));
        assertTrue(Files.exists(run(3).resolve("plots/effective-rank.svg")));
        arguments.remove("--plots");
        arguments.add("--overwrite");
        arguments.set(arguments.indexOf(SEEDS), "sweep={over: {descent.step-size: [0.01, 0.02]}}");
        Cli.execute(arguments.toArray(String[]::new)).done();
        String picture = Files.readString(sweep.resolve("plots/ensemble.svg"));
        assertTrue(picture.contains(">step-size 0.01<") && picture.contains(">step-size 0.02<"));
        assertFalse(Files.exists(run(2).resolve("plots")));
        assertFalse(Files.exists(run(3)));
    }

    @Test
    void aDryRunTellsRunsBatchAndMemoryAndWritesNothing() {
        Cli.Result result = sweep(GAUSSIAN, SEEDS, "--dry-run").done();
        assertTrue(result.out().contains("# sweep    3 runs: factors.initialization.seed (3)\n"), result.out());
        assertTrue(result.out().contains("# batch    of the first 3 runs\n"), result.out());
        assertTrue(result.out().contains(" for each of 3 runs "), result.out());
        assertFalse(Files.exists(sweep));
    }

    @Test
    void alignmentColumnsComeLastAndFallAsTheTargetIsFound() {
        cli.run(GAUSSIAN, "descent={steps: 2000, step-size: 0.05}", "record={alignment: 2, balancedness: true}")
                .done();
        Trajectory table = cli.table();
        List<String> columns = table.columns();
        assertEquals(
                List.of("balancedness", "left_angle_1", "left_angle_2", "right_angle_1", "right_angle_2"),
                columns.subList(columns.size() - 5, columns.size()));
        int last = table.rows() - 1;
        for (String column : columns.subList(columns.size() - 4, columns.size())) {
            assertTrue(table.column(column)[last] < 1e-5, column);
            assertTrue(table.column(column)[0] > 1e-3, column);
        }
        assertTrue(table.column("left_angle_1")[5] <= table.column("left_angle_2")[5]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "problem.target.synthetic.spectrum=[2, 2, 1] | record.alignment: cannot be 1: the target's singular values 1 and 2 are equal",
                "problem.target.synthetic.spectrum=[]        | problem.target.synthetic.spectrum: must have",
                "problem={kind: completion, mask: {file: r.csv}} | record.alignment: compares with the target's singular vectors, but no whole target is known here"
            })
    void alignmentWithoutDefiniteTargetVectorsIsRefused(String setting, String words) throws IOException {
        Files.writeString(folder.resolve("r.csv"), "1,1,2\n2,2,3\n3,3,4\n");
        String line = cli.run(GAUSSIAN, "record.alignment=1", setting).refused(ExitCode.USAGE);
        assertTrue(line.contains(words), line);
    }

    @Test
    void whatIsNoSweepAndWhatIsOneAreToldApart() {
        String none = sweep(GAUSSIAN).refused(ExitCode.USAGE);
        assertTrue(none.contains("small.yaml: sweep: is missing; ") && none.contains("gradus run"), none);
        String one = cli.run(SEEDS).refused(ExitCode.USAGE);
        assertTrue(one.endsWith("a sweep of several runs; 'gradus sweep small.yaml' carries it out"), one);
        String predicted =
                Cli.execute("predict", cli.config().toString(), "--set", SEEDS).refused(ExitCode.USAGE);
        assertTrue(predicted.contains("gradus"), predicted);
    }

    @Test
    void whatWasCarriedOutIsNotOverwrittenUnasked() throws IOException {
        sweep(GAUSSIAN, SEEDS).done();
        byte[] before = Files.readAllBytes(sweep.resolve("sweep.csv"));
        assertTrue(sweep(GAUSSIAN, "sweep={over: {factors.initialization.seed: [9]}}")
                .refused(ExitCode.FILES)
                .endsWith("; --overwrite replaces it"));
        assertArrayEquals(before, Files.readAllBytes(sweep.resolve("sweep.csv")));
        sweep(GAUSSIAN, "sweep={over: {factors.initialization.seed: [9]}}", "--overwrite")
                .done();
        assertEquals(List.of("9"), column("factors.initialization.seed"));
        assertFalse(Files.exists(run(2)));
    }

    @Test
    void nothingIsWrittenWhereNoRunOfTheFirstBatchCanBePlanned() {
        String line = sweep(
                        "factors.initialization={kind: identical, scale: 1}",
                        "problem.target.synthetic={rows: 4, columns: 5, spectrum: [1]}",
                        "sweep={over: {factors.initialization.scale: [1, 2]}}")
                .refused(ExitCode.USAGE);
        assertTrue(line.contains("factors.initialization.kind"), line);
        assertFalse(Files.exists(sweep));
    }
}
