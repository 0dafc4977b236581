package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradus.backend.Backend;
import org.gradus.backend.Options;
import org.gradus.experiment.ConfigReader;
import org.gradus.experiment.Overrides;
import org.gradus.experiment.Plan;
import org.gradus.linalg.Matrix;
import org.gradus.report.Predicted;
import org.gradus.select.Backends;
import org.gradus.store.NpyWriter;
import org.gradus.store.Trajectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pictures are told of a run agrees with the run. */
class OverlayTest {
    private static final String SMALL = "factors.initialization={kind: identical, scale: 0.1}";
    private static final String PERTURBED = "factors.initialization={kind: perturbed, scale: 0.1, perturbation: 0.05}";

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        cli = new Cli(folder);
    }

    private Predicted predicted(long last, String... settings) {
        try (Backend backend = Backends.open("reference", Options.threads(1)).backend()) {
            Plan plan = Plan.of(ConfigReader.read(cli.config(), List.of(settings), Overrides.none()), backend);
            return Overlay.of(plan, last);
        }
    }

    private static String spectrum(String values) {
        return "problem.target.synthetic.spectrum=" + values;
    }

    /** Each is the first row at which the singular value that it names is at or above the level. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{kind: identical, scale: 0.1}                     | [3, 2, 1]          | 3",
                "{kind: identical, scale: 0.1}                     | [3, 2, 2, -1]      | 2",
                "{kind: balanced, scale: 0.1}                      | [3, 2, 1]          | 3",
                "{kind: perturbed, scale: 0.1, perturbation: 0.05} | [3, 2, 1]          | 3",
                "{kind: perturbed, scale: 0.1, perturbation: 0.05} | [3, -2.4, 2, -1.5] | 4",
            })
    void crossingsAreThoseOfTheCurveTheyName(String start, String values, int expected) {
        String[] settings = {
            "factors.initialization=" + start, spectrum(values), "descent.steps=12000", "record.steps={every: 1}"
        };
        assertEquals(ExitCode.DONE, cli.run(settings).status());
        Trajectory table = cli.table();
        Predicted predicted = predicted(12_000, settings);
        assertEquals(expected, predicted.crossings().size());
        for (Predicted.Crossing crossing : predicted.crossings()) {
            double[] sigma = table.column("sigma_" + crossing.index());
            int step = (int) crossing.step();
            assertTrue(sigma[step] >= crossing.level() * (1 - 1e-9), () -> crossing + " " + sigma[step]);
            assertTrue(sigma[step - 1] < crossing.level(), () -> crossing + " " + sigma[step - 1]);
            boolean bounded = !Double.isNaN(crossing.lower());
            assertEquals(!start.contains("perturbed"), bounded);
            assertTrue(!bounded || (crossing.lower() <= step && step <= crossing.upper()), crossing::toString);
        }
    }

    @Test
    void onPlateausTheRecordedEffectiveRankIsThatOfTheTruncation() {
        String[] settings = {SMALL, spectrum("[9, 3, 1]"), "descent.steps=6000", "record.steps={every: 1}"};
        cli.run(settings).done();
        double[] rank = cli.table().column("effective_rank");
        double[] levels = {1, 12 / 9.0, 13 / 9.0};
        List<Predicted.Band> plateaus = predicted(6_000, settings).plateaus();
        assertEquals(3, plateaus.size());
        for (Predicted.Band band : plateaus) {
            double level = levels[band.rank() - 1];
            int last = band.last() == null ? 6_000 : band.last().intValue();
            for (int k = (int) band.first(); k <= last; k++) {
                assertEquals(level, rank[k], 0.05 * level * (1 + 1e-9), "step " + k);
            }
            assertTrue(band.last() == null || Math.abs(rank[last + 1] - level) > 0.05 * level, band::toString);
        }
    }

    private static List<Long> steps(Predicted predicted) {
        return predicted.crossings().stream().map(Predicted.Crossing::step).toList();
    }

    @Test
    void theMeanLossIsPredictedAtItsOwnPace() {
        List<Long> sum = steps(predicted(3_000, SMALL));
        assertFalse(sum.isEmpty());
        // η·2/36 = 0.01
        assertEquals(sum, steps(predicted(3_000, SMALL, "problem.loss=mean", "descent.step-size=0.18")));
    }

    @Test
    void nothingIsSaidBeyondTheLastRecordedStep() {
        assertEquals(List.of(), predicted(3, SMALL).crossings());
        assertEquals(Predicted.NONE, predicted(0, SMALL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "factors.initialization={kind: orthogonal, scale: 0.3}",
                "factors.initialization={kind: gaussian, scale: 0.3}",
            })
    void startsWithoutTheoryHaveNoPrediction(String setting) {
        assertEquals(Predicted.NONE, predicted(1_000, setting));
    }

    @Test
    void whatWouldTakeLongIsNotPredicted() {
        assertFalse(predicted(1_000_000, SMALL).crossings().isEmpty());
        assertEquals(Predicted.NONE, predicted(1_000_000_000, SMALL), "4 modes");
        assertEquals(Predicted.NONE, predicted(10_000_000, PERTURBED, spectrum("[3, -2, 1]")), "one by one");
    }

    @Test
    void atMostTwelveModesCross() {
        List<Double> values =
                IntStream.rangeClosed(1, 40).mapToObj(i -> 3.0 * (41 - i) / 40).toList();
        String target = "problem.target.synthetic={rows: 40, columns: 40, symmetric: true, spectrum: " + values + "}";
        assertEquals(12, predicted(20_000, SMALL, target).crossings().size());
    }

    /** At the edge of the theory. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "problem.target={file: zero.npy}",
                "problem.target.synthetic.spectrum=[-1, -2]",
                "problem.target={synthetic: {rows: 1, columns: 1, spectrum: [2], symmetric: true}}",
                "factors.depth=1",
                "factors.depth=40",
                "factors.initialization={kind: identical, scale: 2}",
                "factors.initialization={kind: perturbed, scale: 0.3, perturbation: 0.3}",
                "descent.steps=0",
                "descent.step-size=1e-300",
                "compute.precision=float32",
                "descent.solver=dense",
            })
    void everyRunIsDrawn(String setting) throws IOException {
        NpyWriter.write(folder.resolve("zero.npy"), Matrix.zeros(6, 6));
        Cli.Result result = draw("--set", setting);
        assertEquals(ExitCode.DONE, result.status(), () -> "" + result.err());
        assertTrue(picture("effective-rank").contains("step k"));
    }

    @Test
    void aDivergedRunIsDrawn() throws IOException {
        Cli.Result result = draw("--set", "descent={steps: 500, step-size: 10}");
        assertEquals(ExitCode.DIVERGED, result.status(), () -> "" + result.err());
        assertTrue(picture("effective-rank").contains("step k"));
    }

    @Test
    void theRunsOwnPicturesShowItWhereTheoryCoversTheStart() throws IOException {
        draw("--set", "descent.steps=5000", "--set", SMALL).done();
        assertTrue(picture("effective-rank").contains(">predicted plateau<"));
        assertTrue(picture("singular-values").contains(">predicted ½λ (bounds)<"));
        draw("--overwrite", "--set", "factors.initialization={kind: orthogonal, scale: 0.1}")
                .done();
        assertFalse(picture("effective-rank").contains("predicted"));
        assertFalse(picture("singular-values").contains("predicted"));
    }

    private Cli.Result draw(String... options) {
        List<String> start =
                List.of("run", cli.config().toString(), "--output", cli.file("").toString());
        return Cli.execute(Stream.concat(start.stream(), Stream.of(options)).toArray(String[]::new));
    }

    private String picture(String name) throws IOException {
        return Files.readString(cli.file("plots/" + name + ".svg"));
    }
}
