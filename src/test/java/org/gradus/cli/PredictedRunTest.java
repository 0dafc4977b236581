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
import org.gradus.linalg.Matrix;
import org.gradus.store.JsonFile;
import org.gradus.store.NpyWriter;
import org.gradus.store.Trajectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code predict CONFIG.yaml} against {@code run} of the same configuration, whose spectrum is 3, 2, 1, 0, 0, 0. */
class PredictedRunTest {
    private static final String EVERY_STEP = "record.steps={every: 1}";
    private static final String STEPS = "descent.steps=1500";

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        cli = new Cli(folder);
    }

    private Map<String, Object> predict(String... settings) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("predict", cli.config().toString(), "--json"));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        Cli.Result result = Cli.execute(arguments.toArray(String[]::new)).done();
        assertFalse(Files.exists(cli.file("")));
        return JsonFile.read(Files.writeString(folder.resolve("prediction.json"), result.out()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "factors.initialization={kind: identical, scale: 0.3}",
                "factors.initialization={kind: perturbed, scale: 0.3, perturbation: 0.1}",
                "factors.initialization={kind: balanced, scale: 0.3}",
                "descent.solver=dense",
                "problem.loss=mean",
            })
    void theRunReachesEachLevelAndPlateauAtThePredictedStep(String setting) throws IOException {
        String stepSize = setting.contains("mean") ? "descent.step-size=0.18" : "descent.step-size=0.01"; // 0.18·2/36
        Map<String, Object> prediction = predict(setting, stepSize, STEPS);
        cli.run(setting, stepSize, STEPS, EVERY_STEP).done();
        Trajectory table = cli.table();
        List<?> modes = (List<?>) prediction.get("modes");
        for (int i = 0; i < 3; i++) {
            Map<?, ?> mode = (Map<?, ?>) modes.get(i);
            double lambda = ((Number) mode.get("lambda")).doubleValue();
            assertEquals(3 - i, lambda, 1e-12);
            for (Object crossing : (List<?>) mode.get("crossings")) {
                double level = ((Number) ((Map<?, ?>) crossing).get("level")).doubleValue();
                long first = first(table.column("sigma_" + (i + 1)), level * lambda);
                // at 1 % the start's own value of the zero modes is ahead of the sorted one
                if (level > 0.1) {
                    assertEquals(first, ((Number) ((Map<?, ?>) crossing).get("step")).longValue(), "" + crossing);
                }
            }
        }
        assertPlateausAreThoseOf(table.column("effective_rank"), (List<?>) prediction.get("plateaus"));
    }

    private static long first(double[] values, double level) {
        int k = 0;
        while (values[k] < level) {
            k++;
        }
        return k;
    }

    /** first and last are those of the run's longest interval; first null: it has none; last null: it outlasts the run. */
    private static void assertPlateausAreThoseOf(double[] ranks, List<?> plateaus) {
        assertEquals(3, plateaus.size());
        for (Object object : plateaus) {
            Map<?, ?> plateau = (Map<?, ?>) object;
            double centre = ((Number) plateau.get("effective_rank")).doubleValue();
            int[] longest = {-1, -2};
            for (int k = 0, from = 0; k < ranks.length; k++) {
                if (Math.abs(ranks[k] - centre) > 0.05 * centre) {
                    from = k + 1;
                } else if (k - from > longest[1] - longest[0]) {
                    longest = new int[] {from, k};
                }
            }
            boolean exists = longest[0] >= 0;
            boolean ends = exists && longest[1] < ranks.length - 1;
            assertEquals(exists ? longest[0] : null, plateau.get("first"), "" + plateau);
            assertEquals(ends ? longest[1] : null, plateau.get("last"), "" + plateau);
        }
        assertEquals(true, ((Map<?, ?>) plateaus.get(2)).get("for_ever"));
    }

    @Test
    void stepSizesAreThoseOfTheLossInUse() throws IOException {
        Map<?, ?> stepSize =
                (Map<?, ?>) predict("problem.loss=mean", "descent={steps: 20}").get("step_size");
        double monotone = 36 / 2.0 / (3 * Math.pow(3, 4.0 / 3));
        assertEquals(monotone, ((Number) stepSize.get("monotone_limit")).doubleValue(), 1e-12 * monotone);
        assertEquals(monotone / 2, ((Number) stepSize.get("value")).doubleValue(), 1e-12 * monotone);
    }

    @Test
    void aTargetFromAFileIsPredictedWhateverBackendItWouldRunOn() throws IOException {
        NpyWriter.write(folder.resolve("target.npy"), new Matrix(2, 2, new double[] {2, 1, 1, 2})); // 3 and 1
        Map<String, Object> prediction =
                predict("problem.target={file: target.npy}", "compute={backend: cuda, singular-values: gram}");
        List<?> modes = (List<?>) prediction.get("modes");
        assertEquals(2, modes.size());
        assertEquals(3, ((Number) ((Map<?, ?>) modes.get(0)).get("lambda")).doubleValue(), 1e-14);
        assertEquals(1, ((Number) ((Map<?, ?>) modes.get(1)).get("lambda")).doubleValue(), 1e-14);
    }

    @Test
    void aDryRunTellsThePlateausWithinItsSteps() throws IOException {
        String out = cli.run("--dry-run", STEPS).done().out();
        Map<?, ?> second = (Map<?, ?>) ((List<?>) predict(STEPS).get("plateaus")).get(1);
        assertTrue(out.contains("# predict  rank 2: steps " + second.get("first") + " to " + second.get("last")), out);
        String without = cli.run("--dry-run", "factors.initialization={kind: gaussian, scale: 0.1}")
                .done()
                .out();
        assertTrue(without.contains("# predict  nothing: modes want an identical, perturbed or balanced"), without);
    }
}
