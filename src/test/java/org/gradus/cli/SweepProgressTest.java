package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.gradus.backend.Backend;
import org.gradus.backend.reference.ReferenceBackend;
import org.gradus.dynamics.Outcome;
import org.gradus.experiment.ConfigReader;
import org.gradus.experiment.Overrides;
import org.gradus.experiment.Plan;
import org.gradus.experiment.Sweep;
import org.gradus.experiment.SweepRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SweepProgressTest {
    @TempDir
    private Path folder;

    @Test
    void theEstimateIsOverAllRuns() throws IOException {
        Cli cli = new Cli(folder);
        String over = "sweep={over: {factors.initialization.scale: [0.1, 0.2, 0.3, 0.4]}}";
        Sweep sweep = Sweep.read(cli.config(), List.of(over), Overrides.none(), false);
        TerminalLine line =
                new TerminalLine(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), 0);
        try (Backend backend = new ReferenceBackend();
                SweepProgress progress = new SweepProgress(sweep, false, line, () -> 0)) {
            Plan plan = Plan.of(ConfigReader.read(cli.config(), List.of(), Overrides.none()), backend);
            progress.remaining(3, 0, 4, 80);
            SweepRunner.Device device = new SweepRunner.Device(backend, "test");
            SweepRunner.BatchWatcher first = progress.begins(plan, device, 2);
            assertEquals("0 of 4 runs done, 2 at step 0/20  [" + "-".repeat(28) + "]", progress.text(0, 120));
            first.progress(10);
            assertEquals(
                    "0 of 4 runs done, 2 at step 10/20  [#######---------------------]  0:12 left",
                    progress.text(4, 120));
            Outcome done = new Outcome(Outcome.Status.DONE, 20, "");
            first.ended(1, plan, null, done);
            first.ended(2, plan, null, done);
            progress.begins(plan, device, 1);
            assertEquals(
                    "2 of 4 runs done, 1 at step 0/20  [##############--------------]  0:08 left",
                    progress.text(8, 120));
            progress.begins(plan, device, 1).progress(10);
            assertEquals(
                    "2 of 4 runs done, 2 running  [##################----------]  0:05 left", progress.text(9, 120));
            assertEquals("2 of 4 runs done, 2 ", progress.text(9, 20));
        }
    }
}
