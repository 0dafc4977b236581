package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.Spectrum;
import org.gradus.store.MatrixFile;
import org.gradus.store.NpyWriter;
import org.gradus.store.Trajectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DivergedRunTest {
    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        cli = new Cli(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "reference"})
    void divergenceNamesItsStepAndKeepsTheFiniteRows(String backend) throws IOException {
        Cli.Result result = cli.run(
                "--backend=" + backend,
                "--quiet",
                "descent={step-size: 5, steps: 1000}",
                "record={steps: {every: 1}, factors: true}");
        assertEquals(ExitCode.DIVERGED, result.status());
        assertEquals(2, result.err().size(), () -> "" + result.err());
        assertTrue(
                result.err().get(0).startsWith("gradus: warning: step size 5"),
                result.err().get(0));
        int step = ((Number) cli.outcome().get("step")).intValue();
        assertEquals("diverged", cli.outcome().get("status"));
        assertEquals(
                "numbers were no longer finite at step " + step, cli.outcome().get("reason"));
        assertTrue(
                result.err()
                        .get(1)
                        .startsWith("gradus: diverged: numbers were no longer finite at step " + step
                                + "; descent.step-size must be below 0.1541"),
                result.err().get(1));

        Trajectory table = cli.table();
        assertTrue(table.rows() >= 3 && table.rows() <= step, () -> table.rows() + " rows, step " + step);
        for (double[] column : table.values()) {
            assertTrue(Arrays.stream(column).allMatch(Double::isFinite));
        }
        Matrix product = MatrixFile.read(cli.file("product.npy"));
        double[] norms = table.column("spectral_norm");
        assertEquals(1, Spectrum.of(product)[0] / norms[norms.length - 1], 1e-12);
        assertEquals(List.of("manifest.json", "product.npy", "trajectory.csv", "trajectory.h5"), cli.files());
    }

    @Test
    void divergenceBetweenTwoChecksNamesBothSteps() {
        Cli.Result result = cli.run("descent={step-size: 5, steps: 1000}", "record.steps={every: 1000}");
        assertEquals(ExitCode.DIVERGED, result.status());
        assertEquals(
                "numbers were no longer finite between steps 1 and 256",
                cli.outcome().get("reason"));
        assertArrayEquals(new double[] {0}, cli.table().column("step"));
        assertArrayEquals(
                Matrix.scaledIdentity(6, 0.3 * 0.3 * 0.3).data(),
                MatrixFile.read(cli.file("product.npy")).data(),
                1e-16);
    }

    @Test
    void aStartThatIsNotFiniteLeavesAnEmptyTableAndNoPlots() throws IOException {
        NpyWriter.write(folder.resolve("W.npy"), Matrix.scaledIdentity(6, 1e200));
        Cli.Result result = Cli.execute(
                "run",
                cli.config().toString(),
                "--output=" + cli.file(""),
                "--set=factors.initialization={kind: given, files: [W.npy, W.npy, W.npy]}");
        assertEquals(ExitCode.DIVERGED, result.status(), () -> "" + result.err());
        assertEquals("numbers were no longer finite at step 0", cli.outcome().get("reason"));
        assertEquals(0, cli.table().rows());
        assertEquals(List.of("manifest.json", "trajectory.csv"), cli.files());
    }

    @Test
    void aDivergedRunHasPlotsOfItsFiniteRows() {
        Cli.Result result = Cli.execute(
                "run", cli.config().toString(), "--output=" + cli.file(""), "--set=descent={step-size: 5, steps: 9}");
        assertEquals(ExitCode.DIVERGED, result.status());
        assertTrue(Files.exists(cli.file("plots/loss.svg")));
    }
}
