package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code descent.stop: rank} and {@code plateau}: early stopping as denoising. */
final class StopTest {
    private static final String NOISY =
            "problem.target={synthetic: {rows: 60, columns: 60, spectrum: [10, 6, 3], symmetric: true, seed: 1},"
                    + " noise: {standard-deviation: 0.02, seed: 2}}";
    private static final String FINE = "record={steps: {geometric: 1.05}, singular-values: none}";

    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        cli = new Cli(folder);
    }

    private Cli.Result run(String kind, String stop) {
        return cli.run(
                NOISY,
                FINE,
                "factors.initialization={kind: " + kind + ", scale: 0.05}",
                "descent={steps: 20000, stop: " + stop + "}",
                "--overwrite");
    }

    @ParameterizedTest
    @ValueSource(strings = {"identical", "orthogonal", "gaussian"})
    void stoppingAtTheTrueRankDenoisesWithinFivePercentOfTheBestAlongThePath(String kind) throws IOException {
        assertEquals(0, run(kind, "{}").status());
        double best = Arrays.stream(cli.table().column("test_error")).min().orElseThrow();
        assertEquals(0, run(kind, "{rank: 3}").status());
        double[] errors = cli.table().column("test_error");
        assertEquals("stopped", cli.outcome().get("status"));
        assertTrue(errors[errors.length - 1] <= 1.05 * best, errors[errors.length - 1] + " against " + best);
    }

    @Test
    void whereTheoryCoversTheStartTheMiddleOfThePlateauIsRecordedWhateverTheSchedule() throws IOException {
        String[] settings = {
            "problem.target={synthetic: {rows: 20, columns: 20, spectrum: [10, 5, 2, 1], symmetric: true, seed: 1}}",
            "factors.initialization={kind: identical, scale: 0.1}",
            "record.steps={every: 100000}",
            "descent={step-size: 5.0e-3, steps: 100000, stop: {rank: 2}}"
        };
        cli.run(settings).done();
        double[] steps = cli.table().column("step");
        assertEquals(2, steps.length);
        assertEquals(1.51, cli.table().column("effective_rank")[1], 0.01);
        assertTrue(steps[1] > 430 && steps[1] < 800, "step " + steps[1]);
        assertEquals(
                "step " + (long) steps[1] + " is the middle of the plateau of rank 2",
                cli.outcome().get("reason"));
    }

    @Test
    void thePlateauOfANumberIsFoundOnLine() throws IOException {
        run("orthogonal", "{plateau: 2}").done();
        assertEquals(
                "plateau 2 of the effective rank was found, at 1.599",
                cli.outcome().get("reason"));
    }

    @Test
    void aRankBeyondTheTargetsIsRefused() throws IOException {
        String line = cli.run("factors.initialization={kind: identical, scale: 0.1}", "descent.stop={rank: 7}")
                .refused(ExitCode.USAGE);
        assertTrue(line.contains("descent.stop.rank: the target has rank "), line);
    }

    @Test
    void aRankWithoutAPlateauIsRefusedWithAdvice() throws IOException {
        String line = cli.run(
                        "problem.target={synthetic: {rows: 9, columns: 9, spectrum: [2, 2, 1], symmetric: true}}",
                        "factors.initialization={kind: identical, scale: 0.1}",
                        "descent={steps: 100, stop: {rank: 1}}")
                .refused(ExitCode.USAGE);
        assertTrue(line.contains("descent.stop.rank: rank 1 has no plateau here; "), line);
    }
}
