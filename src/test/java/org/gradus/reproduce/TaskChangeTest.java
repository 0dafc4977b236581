package org.gradus.reproduce;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gradus.backend.openblas.OpenBlasBackend;
import org.gradus.experiment.Manifest;
import org.gradus.experiment.Overrides;
import org.gradus.experiment.Plan;
import org.gradus.experiment.SweepRunner;
import org.gradus.report.Predicted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The change of task at a size of 14, carried out. */
final class TaskChangeTest {
    private static final String TASK = """
            problem:
              kind: completion
              target: {synthetic: {rows: 14, columns: 14, spectrum: %s, seed: %d}}
              mask: {count: 130, seed: 3}
              loss: mean
            factors: {depth: 3, initialization: {kind: %s}}
            descent: {step-size: 0.04, steps: %d}
            record: {steps: {every: 100}, factors: true}
            """;
    private static final String IDENTICAL = "identical, product-scale: 1.0e-3";
    private static final String GIVEN =
            "given, files: [rank-8/factors/W_1.npy, rank-8/factors/W_2.npy, rank-8/factors/W_3.npy]";

    @TempDir
    Path folder;

    @Test
    void followsTheFlowAndRemembersTheFirstTaskUnlessTheSecondBeginsAnew() throws IOException {
        Verdict verdict = judged("right", GIVEN);
        assertTrue(verdict.holds(), verdict.sentence());
        Verdict anew = judged("anew", IDENTICAL);
        assertFalse(anew.holds());
        assertFalse(anew.measures().get(0).holds(), "the flow goes on with what was learned");
        assertFalse(anew.measures().get(1).holds(), "nothing is remembered");
    }

    private Verdict judged(String name, String start) throws IOException {
        Path file = Files.writeString(
                folder.resolve(name + ".yaml"),
                String.join(
                        "---\n",
                        TASK.formatted("[6, 4]", 1, IDENTICAL, 15000),
                        TASK.formatted("[9]", 2, start.replace("rank-8", name + "/rank-8"), 5000),
                        TASK.formatted("[9]", 2, IDENTICAL, 5000)));
        Reproduction reproduction = new Reproduction(
                compute -> new SweepRunner.Device(new OpenBlasBackend(1), "asked for"),
                new Manifest.Origin("test", "test", "test"),
                (plan, last) -> Predicted.NONE);
        Edition edition = new Edition(Optional.of(file), List.of(), Overrides.none());
        return reproduction
                .prepare(new TaskChange(), edition, folder.resolve(name), false)
                .carryOut(new Quiet())
                .orElseThrow()
                .verdict();
    }

    private static final class Quiet implements Reproduction.Watcher {
        @Override
        public void begins(Plan first, int runs) {}

        @Override
        public void progress(long step) {}

        @Override
        public void ended() {}

        @Override
        public boolean interrupted() {
            return false;
        }
    }
}
