package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.gradus.store.MatrixFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code descent.solver}: auto takes the cheapest that is exact, and one that is not is refused. */
final class SolverChoiceTest {
    private static final String LOW_RANK =
            "problem.target={synthetic: {rows: 9, columns: 9, spectrum: [2, 1], symmetric: %s}}";

    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        cli = new Cli(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "identical, true, float64, modes", "identical, false, float64, subspace", "identical, true, float32, subspace",
        "orthogonal, true, float64, subspace", "balanced, false, float64, modes", "gaussian, true, float64, dense"
    })
    void autoTakesTheCheapestThatIsExact(String kind, String symmetric, String precision, String solver)
            throws IOException {
        String[] settings = {
            LOW_RANK.formatted(symmetric),
            "factors.initialization={kind: " + kind + ", scale: 0.3}",
            "compute.precision=" + precision,
            "record.factors=true"
        };
        cli.run(settings).done();
        assertEquals(solver, ((Map<?, ?>) cli.manifest().get("solver")).get("name"));
        double[] loss = cli.table().column("loss");
        double[] last = MatrixFile.read(cli.file("factors/W_3.npy")).data();
        String[] dense = java.util.Arrays.copyOf(settings, settings.length + 2);
        dense[settings.length] = "descent.solver=dense";
        dense[settings.length + 1] = "--overwrite";
        cli.run(dense).done();
        double tolerance = precision.equals("float64") ? 1e-12 : 1e-5;
        assertArrayEquals(cli.table().column("loss"), loss, tolerance);
        assertArrayEquals(MatrixFile.read(cli.file("factors/W_3.npy")).data(), last, tolerance);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "identical  | false | modes    | modes want a symmetric target for identical starts",
                "orthogonal | true  | modes    | modes want an identical, perturbed or balanced start",
                "gaussian   | true  | subspace | the subspace wants an identical or orthogonal start",
            })
    void aSolverThatIsNotExactIsRefusedWithTheReason(String kind, String symmetric, String solver, String words)
            throws IOException {
        String line = cli.run(
                        LOW_RANK.formatted(symmetric),
                        "factors.initialization={kind: " + kind + ", scale: 0.3}",
                        "descent.solver=" + solver)
                .refused(ExitCode.USAGE);
        assertTrue(line.contains("descent.solver: " + solver + " is not exact here: " + words), line);
    }

    @Test
    void aFullRankTargetHasNoSubspace() throws IOException {
        String line = cli.run("factors.initialization={kind: orthogonal, scale: 0.3}", "descent.solver=subspace")
                .refused(ExitCode.USAGE);
        assertTrue(line.contains("the subspace wants a target of rank below 3, this one has 3"), line);
    }

    @ParameterizedTest
    @CsvSource({"auto", "dense"})
    void negativeEigenvaluesAreWarnedOfFromIdenticalStarts(String solver) {
        Cli.Result result = cli.run(
                "problem.target={synthetic: {rows: 9, columns: 9, spectrum: [2, -1], symmetric: true}}",
                "descent.solver=" + solver);
        assertEquals(0, result.status());
        assertTrue(
                result.err().stream()
                        .anyMatch(line ->
                                line.contains("negative eigenvalues (down to -1.000)") && line.contains("saddle")),
                () -> "" + result.err());
    }
}
