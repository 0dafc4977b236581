package org.gradus.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradus.backend.GatedBackend;
import org.gradus.dynamics.Outcome;
import org.gradus.store.RunDirectory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run whose records are measured by a second thread while the descent goes on, against one that waits for each. */
final class RunnerTest {
    @TempDir
    private Path folder;

    /** Keeps the steps that it is told. */
    private static final class Log implements Runner.Watcher {
        final List<Long> steps = new ArrayList<>();
        int rows;

        @Override
        public void row(long step, double loss, double effectiveRank) {
            rows++;
            steps.add(step);
        }

        @Override
        public void progress(long step) {
            steps.add(step);
        }

        @Override
        public boolean interrupted() {
            return false;
        }
    }

    private Path run(int lookahead, String kind, String stop) throws IOException {
        String name = "ahead" + lookahead;
        Config config = ConfigFiles.read(
                ConfigFiles.minimal(folder),
                "factors.initialization={kind: " + kind + ", scale: 0.3}",
                "descent={steps: 600, step-size: 0.02, stop: " + stop + "}",
                "record={factors: true, products: [7, 100]}");
        Log log = new Log();
        try (GatedBackend backend = new GatedBackend(lookahead, false);
                RunDirectory directory = RunDirectory.open(folder.resolve(name), false)) {
            backend.gate.release(10_000);
            Plan plan = Plan.of(config, backend);
            assertEquals(lookahead, plan.memory().snapshots());
            Manifest manifest = new Manifest(plan, backend, "test", new Manifest.Origin("0", "0", "test"));
            Outcome outcome = new Runner(List.of(new Member(plan, directory, manifest)), backend, log)
                    .run()
                    .get(0);
            assertEquals(stop.equals("{}") ? 600 : log.steps.get(log.steps.size() - 1), outcome.step());
        }
        assertTrue(log.rows > 20);
        assertEquals(log.steps.stream().sorted().toList(), log.steps);
        return folder.resolve(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"gaussian | {}", "orthogonal | {}", "gaussian | {loss: 1.0}", "orthogonal | {plateau: 1}"})
    void filesHaveTheSameBytesHoweverFarTheRecordsAreBehind(String kind, String stop) throws IOException {
        Path waiting = run(0, kind, stop);
        for (int lookahead = 1; lookahead <= 2; lookahead++) {
            Path ahead = run(lookahead, kind, stop);
            for (String file : List.of("trajectory.csv", "product.npy", "factors/W_1.npy", "factors/W_3.npy")) {
                assertArrayEquals(
                        Files.readAllBytes(waiting.resolve(file)), Files.readAllBytes(ahead.resolve(file)), file);
            }
        }
    }
}
