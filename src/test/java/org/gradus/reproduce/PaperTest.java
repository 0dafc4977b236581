package org.gradus.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.gradus.report.Plots;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The paper's experiments, the larger ones reduced: their verdicts hold, and fail where the runs do not bear them out. */
final class PaperTest {
    private static final String SEEDS = "random:sweep.over.factors.initialization.seed=[1, 2, 3]";

    @TempDir
    private Path folder;

    private Verdict verdict(String name, Evidence evidence) {
        return Experiments.named(name).judge(evidence);
    }

    private void assertFailsIn(String quantity, Verdict verdict) {
        assertFalse(verdict.holds());
        assertTrue(verdict.sentence().startsWith("does not hold: "), verdict::sentence);
        assertTrue(verdict.sentence().contains(quantity), verdict::sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spectrum-recovery         | sweep={mode: zip, over: {factors.depth: [2, 3], factors.initialization.scale: [0.01, 0.1], descent.steps: [1000, 1500]}}",
                "effective-rank-plateaus   | record.steps.every=2",
                "negative-eigenvalues      | record.steps.geometric=1.05",
                "random-against-identical  | random:sweep.over.factors.initialization.seed=[1, 2, 3]",
                "early-stopping-denoising  | descent.steps=12000",
                "depth-sharpens-separation | sweep.over.factors.initialization.product-scale=[0.001]"
            })
    void theVerdictHoldsAndTheFigureIsDrawn(String name, String setting) throws Exception {
        Reproduction.Prepared prepared = Trials.prepare(name, folder, false, setting);
        Result result = prepared.carryOut(new Trials.Silent()).orElseThrow();
        assertTrue(result.verdict().holds(), result.verdict()::sentence);
        assertEquals("--set " + setting, result.changes());
        assertEquals(
                Plots.unavailable().isEmpty(), Files.exists(folder.resolve(name).resolve("figure.svg")));
    }

    @Test
    void recoveryFailsWhereAValueComesLateOrNotAtAll() {
        String sweep = "sweep={over: {factors.depth: [2]}}";
        Evidence runs = Trials.evidence("spectrum-recovery", folder, sweep);
        assertTrue(verdict("spectrum-recovery", runs).holds());
        Verdict late = verdict("spectrum-recovery", Trials.changed(runs, "depths", "step", step -> step + 30));
        assertFailsIn("largest deviation of a crossing from the recursion, in steps, 30 (not ≤ 1)", late);
        assertFailsIn("crossings outside the certified bounds", late);
        Verdict never = verdict("spectrum-recovery", Trials.changed(runs, "depths", "sigma_3", v -> Math.min(v, 1)));
        assertFailsIn("NaN (not ≤ 1)", never);
        assertFailsIn("largest relative error of an eigenvalue at the end 0.500 (not ≤ 0.001)", never);
    }

    @Test
    void plateausFailWhereTheRankIsElsewhereOrMoves() {
        String sweep = "sweep={over: {factors.depth: [2]}}";
        Evidence runs = Trials.evidence("effective-rank-plateaus", folder, sweep);
        assertTrue(verdict("effective-rank-plateaus", runs).holds());
        Verdict higher = verdict(
                "effective-rank-plateaus", Trials.changed(runs, "depths", "effective_rank", rank -> 1.08 * rank));
        assertFailsIn("largest relative distance from the truncation's effective rank within them", higher);
        Verdict late = verdict("effective-rank-plateaus", Trials.changed(runs, "depths", "step", step -> 1.1 * step));
        assertFailsIn("largest deviation of a plateau's end from the recursion", late);
    }

    @Test
    void negativeEigenvaluesFailWhereTheStartsAreExchanged() {
        Evidence runs = Trials.evidence("negative-eigenvalues", folder);
        Map<String, List<FinishedRun>> exchanged = new LinkedHashMap<>();
        FinishedRun perturbed = runs.run("perturbed");
        exchanged.put("identical", List.of(perturbed, perturbed));
        exchanged.put("perturbed", runs.runs("identical"));
        Verdict verdict = verdict("negative-eigenvalues", new Evidence(exchanged));
        assertFailsIn("identical: smallest relative error of a negative eigenvalue", verdict);
        assertFailsIn("perturbed: largest relative error of a negative eigenvalue 1", verdict);
    }

    @Test
    void randomStartsFailWithoutStairsInTimeOrAlignment() {
        Evidence runs = Trials.evidence("random-against-identical", folder, SEEDS);
        String name = "random-against-identical";
        assertFailsIn(
                "stairs of the identical start that random ones have too, as a share of all, 0.250",
                verdict(name, Trials.changed(runs, "random", "effective_rank", rank -> rank < 1.01 ? rank : 7 + rank)));
        assertFailsIn(
                "largest ratio of a random start's time",
                verdict(name, Trials.changed(runs, "random", "step", step -> 3 * step)));
        assertFailsIn(
                "smallest ratio of a random start's time",
                verdict(name, Trials.changed(runs, "identical", "step", step -> 3 * step)));
        assertFailsIn(
                "largest angle",
                verdict(name, Trials.changed(runs, "random", "right_angle_4", angle -> Math.max(angle, 0.3))));
    }

    @Test
    void denoisingFailsWhereTheStopOrTheEndIsNoBetter() {
        String name = "early-stopping-denoising";
        Evidence runs = Trials.evidence(name, folder, "descent.steps=12000");
        assertFailsIn(
                "test error at the stop", verdict(name, Trials.changed(runs, "stopped", "test_error", v -> 1.1 * v)));
        Verdict flat = verdict(name, Trials.changed(runs, "to-the-end", "test_error", v -> Math.max(0.2, v / 3)));
        assertFailsIn("test error at the end", flat);
        assertFailsIn("test error of a Gaussian start", flat);
        assertFailsIn(
                "test error of a Gaussian start in the middle of the plateau it shows at rank 4, over that of the"
                        + " truncated SVD, NaN",
                verdict(name, Trials.changed(runs, "to-the-end", "effective_rank", rank -> rank + 2)));
    }

    @Test
    void separationFailsWhereDepthDoesNotSharpenItOrTheFlowSaysElse() {
        String name = "depth-sharpens-separation";
        Evidence runs = Trials.evidence(name, folder, "sweep.over.factors.initialization.product-scale=[0.01]");
        assertTrue(verdict(name, runs).holds());
        List<FinishedRun> all = runs.runs("depths");
        FinishedRun shallow = all.get(0);
        List<FinishedRun> same =
                all.stream().map(run -> run.with(shallow.table())).toList();
        Verdict verdict = verdict(name, new Evidence(Map.of("depths", same)));
        assertFailsIn("smallest growth of the separation from one depth to the next, a factor of 1 (not ≥", verdict);
        assertFailsIn("largest relative deviation of a separation from the gradient flow's", verdict);
    }

    @Test
    void anInterruptedExperimentHasNoVerdictAndGoesOn() {
        Reproduction.Prepared first = Trials.prepare("negative-eigenvalues", folder, false);
        assertTrue(first.carryOut(new InterruptedAfter(1)).isEmpty());
        assertFalse(Files.exists(folder.resolve("negative-eigenvalues/verdict.json")));
        Reproduction.Prepared second = Trials.prepare("negative-eigenvalues", folder, false);
        assertFalse(second.isThere());
        assertTrue(second.carryOut(new Trials.Silent()).orElseThrow().verdict().holds());
        assertTrue(Trials.prepare("negative-eigenvalues", folder, false).isThere());
    }

    /** Once so many runs have ended. */
    private static final class InterruptedAfter extends Trials.Watching {
        private int left;

        InterruptedAfter(int runs) {
            left = runs;
        }

        @Override
        public synchronized void ended() {
            left--;
        }

        @Override
        public synchronized boolean interrupted() {
            return left <= 0;
        }
    }

    @Test
    void experimentsHaveDifferentNamesAndConfigurations() {
        Set<String> names = Experiments.all().stream()
                .map(experiment -> experiment.card().name())
                .collect(Collectors.toSet());
        assertEquals(Experiments.all().size(), names.size());
        for (Experiment experiment : Experiments.all()) {
            Trials.prepare(experiment.card().name(), folder, false);
            assertTrue(
                    experiment.card().claim().endsWith("."), experiment.card().claim());
        }
    }
}
