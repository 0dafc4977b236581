package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gradus.linalg.Matrix;
import org.gradus.store.MatrixFile;
import org.gradus.store.NpyWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunDirectoryContentTest {
    private static final String MEASURES =
            "step,loss,effective_rank,stable_rank,entropy_rank,nuclear_norm,spectral_norm,frobenius_norm";

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        cli = new Cli(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "all |,sigma_1,sigma_2,sigma_3,sigma_4,sigma_5,sigma_6",
                "none|''",
                "2   |,sigma_1,sigma_2",
                "99  |,sigma_1,sigma_2,sigma_3,sigma_4,sigma_5,sigma_6",
            })
    void theHeaderIsAsPromised(String wanted, String columns) throws IOException {
        cli.run("record.singular-values=" + wanted).done();
        List<String> lines = Files.readAllLines(cli.file("trajectory.csv"));
        assertEquals(MEASURES + columns, lines.get(0));
        assertEquals(6, lines.size());
        for (String line : lines.subList(1, 6)) {
            String number = "\\d\\.\\d{16}e[+-]\\d\\d";
            assertTrue(line.matches("\\d+(," + number + "){" + (lines.get(0).split(",").length - 1) + "}"), line);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{every: 5}      | 23 | 0 5 10 15 20 23",
                "{every: 100}    | 7  | 0 7",
                "{geometric: 1.5}| 20 | 0 1 2 3 4 6 9 13 19 20",
                "{geometric: 1.1}| 14 | 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14",
                "[1, 10]         | 20 | 0 1 10 20",
                "[30, 3, 3]      | 20 | 0 3 20",
                "[]              | 20 | 0 20",
                "{every: 1}      | 0  | 0",
            })
    void theScheduleAlwaysHasTheFirstAndTheLastStep(String steps, long last, String expected) {
        cli.run("record.steps=" + steps, "descent.steps=" + last).done();
        double[] rows = Arrays.stream(expected.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertArrayEquals(rows, cli.table().column("step"));
    }

    @Test
    void productsOnTheWayAreMatricesAndPicturesOfRecordedSteps() throws IOException {
        cli.run("record.products=[0, 7, 20]").done();
        assertArrayEquals(new double[] {0, 5, 7, 10, 15, 20}, cli.table().column("step"));
        assertEquals(
                List.of(
                        "manifest.json",
                        "product.npy",
                        "products/step_000000000.npy",
                        "products/step_000000000.png",
                        "products/step_000000007.npy",
                        "products/step_000000007.png",
                        "products/step_000000020.npy",
                        "products/step_000000020.png",
                        "trajectory.csv",
                        "trajectory.h5"),
                cli.files());
        assertArrayEquals(
                Matrix.scaledIdentity(6, 0.3 * 0.3 * 0.3).data(),
                MatrixFile.read(cli.file("products/step_000000000.npy")).data(),
                1e-16);
        assertArrayEquals(
                Files.readAllBytes(cli.file("products/step_000000020.npy")),
                Files.readAllBytes(cli.file("product.npy")));
        assertEquals(6, MatrixFile.read(cli.file("products/step_000000007.png")).rows());
    }

    @Test
    void aConstantTargetHasPicturesToo() {
        NpyWriter.write(folder.resolve("ones.npy"), new Matrix(2, 2, new double[] {2, 2, 2, 2}));
        cli.run("problem.target={file: ones.npy}", "record.products=[20]").done();
        assertEquals(2, MatrixFile.read(cli.file("products/step_000000020.png")).rows());
        NpyWriter.write(folder.resolve("zeros.npy"), Matrix.zeros(2, 2));
        cli.run("problem.target={file: zeros.npy}", "record.products=[20]", "--overwrite")
                .done();
    }

    @Test
    void theManifestHasThePromisedKeysInOrder() {
        cli.run("--backend=cpu", "compute.threads=1").done();
        Map<String, Object> manifest = cli.manifest();
        List<String> promised = List.of(
                "configuration",
                "seeds",
                "backend",
                "solver",
                "device",
                "versions",
                "commit",
                "command",
                "start",
                "duration_seconds",
                "step_size",
                "outcome");
        assertTrue(manifest.keySet().containsAll(promised), () -> "" + manifest.keySet());
        assertEquals(
                List.of("name", "reason"), List.copyOf(map(manifest, "backend").keySet()));
        assertEquals("cpu", map(manifest, "backend").get("name"));
        assertEquals(
                List.of("name", "reason"), List.copyOf(map(manifest, "solver").keySet()));
        assertEquals("modes", map(manifest, "solver").get("name"));
        assertEquals(Map.of("target", 1), manifest.get("seeds"));
        assertEquals(0.01, manifest.get("step_size"));
        assertTrue(map(manifest, "versions").keySet().containsAll(Set.of("gradus", "java", "openblas")));
        assertEquals(
                Map.of("status", "done", "step", 20, "reason", "all 20 steps were carried out"),
                manifest.get("outcome"));
        assertTrue(((Number) manifest.get("duration_seconds")).doubleValue() > 0);
        assertTrue(Instant.parse((String) manifest.get("start")).isBefore(Instant.now()));
        assertTrue(String.valueOf(manifest.get("device")).contains("1 thread"));
        assertEquals(
                List.of("problem", "factors", "descent", "record", "compute", "output"),
                List.copyOf(map(manifest, "configuration").keySet()));
        assertEquals(
                "gradus " + String.join(" ", cli.arguments("--backend=cpu", "compute.threads=1")),
                manifest.get("command"));
    }

    private static Map<?, ?> map(Map<?, ?> of, String key) {
        return (Map<?, ?>) of.get(key);
    }

    @ParameterizedTest
    @CsvSource({"relative-change, 0.05, relative change", "loss, 5, loss"})
    void aStoppingRuleEndsTheRunAtTheRowWhereItHolds(String rule, String bound, String words) {
        cli.run("descent.stop={" + rule + ": " + bound + "}", "descent.steps=100000", "record.steps={every: 50}")
                .done();
        Map<?, ?> outcome = cli.outcome();
        assertEquals("stopped", outcome.get("status"));
        assertTrue(String.valueOf(outcome.get("reason")).startsWith(words + " "), outcome::toString);
        double[] steps = cli.table().column("step");
        assertEquals(steps[steps.length - 1], ((Number) outcome.get("step")).doubleValue());
        assertEquals(0, steps[steps.length - 1] % 50);
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void theSameRunGivesTheSameBytes(int threads) throws IOException {
        String[] settings = {
            "compute.threads=" + threads,
            "factors.initialization={kind: gaussian, scale: 0.5, seed: 9}",
            "problem.target.noise={standard-deviation: 0.1}",
            "descent.step-size=auto",
            "--overwrite"
        };
        cli.run(settings).done();
        byte[] table = Files.readAllBytes(cli.file("trajectory.csv"));
        byte[] product = Files.readAllBytes(cli.file("product.npy"));
        cli.run(settings).done();
        assertArrayEquals(table, Files.readAllBytes(cli.file("trajectory.csv")));
        assertArrayEquals(product, Files.readAllBytes(cli.file("product.npy")));
        settings[1] = "factors.initialization.seed=10";
        String[] others = Arrays.copyOf(settings, settings.length + 1);
        others[1] = "factors.initialization={kind: gaussian, scale: 0.5, seed: 10}";
        others[settings.length] = "record.singular-values=all";
        cli.run(others).done();
        assertNotEquals(Arrays.hashCode(table), Arrays.hashCode(Files.readAllBytes(cli.file("trajectory.csv"))));
    }

    @Test
    void overwriteRemovesWhatAnEarlierRunLeftAndNothingElse() throws IOException {
        cli.run("record.factors=true", "record.products=[0]").done();
        Files.writeString(cli.file("notes.txt"), "mine");
        cli.run().refused(ExitCode.FILES);
        cli.run("--overwrite").done();
        assertEquals(
                List.of("manifest.json", "notes.txt", "product.npy", "trajectory.csv", "trajectory.h5"), cli.files());
    }

    @Test
    void withPlotsPicturesLieBesideTheTable() throws IOException {
        Cli.execute("run", cli.config().toString(), "--output", cli.file("").toString(), "--quiet")
                .done();
        assertEquals(
                List.of(
                        "manifest.json",
                        "plots/effective-rank.svg",
                        "plots/loss.svg",
                        "plots/singular-values.svg",
                        "product.npy",
                        "trajectory.csv",
                        "trajectory.h5"),
                cli.files());
    }
}
