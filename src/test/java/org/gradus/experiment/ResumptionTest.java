package org.gradus.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradus.backend.Backend;
import org.gradus.backend.openblas.OpenBlasBackend;
import org.gradus.dynamics.Outcome;
import org.gradus.dynamics.Outcome.Status;
import org.gradus.store.CheckpointFolder;
import org.gradus.store.RunDirectory;
import org.gradus.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch that was interrupted goes on together, whatever became of its runs meanwhile. */
final class ResumptionTest {
    private static final Manifest.Origin ORIGIN = new Manifest.Origin("0", "0", "test");

    /** Run 0 stops early, run 1 diverges, the others go on to the end. */
    private static final List<String> STEP_SIZES = List.of("0.05", "1000", "0.02", "0.002");

    @TempDir
    private Path folder;

    private record Interrupting(long at, List<Long> seen) implements Runner.Watcher {
        @Override
        public void row(long step, double loss, double effectiveRank) {}

        @Override
        public void progress(long step) {
            seen.add(step);
        }

        @Override
        public boolean interrupted() {
            return !seen.isEmpty() && seen.get(seen.size() - 1) >= at;
        }
    }

    private List<Plan> plans(Backend backend, String steps) throws IOException {
        Path file = ConfigFiles.minimal(folder);
        List<Plan> plans = new ArrayList<>();
        for (String stepSize : STEP_SIZES) {
            Config config = ConfigFiles.read(
                    file,
                    "factors.initialization={kind: gaussian, scale: 0.6, seed: 3}",
                    "descent={step-size: " + stepSize + ", steps: " + steps + ", stop: {loss: 1.0}}",
                    "record={steps: {every: 4}, factors: true, checkpoint: {steps: 10}}");
            plans.add(Plan.of(config, backend));
        }
        return plans;
    }

    private List<RunDirectory> directories(String name) {
        List<RunDirectory> directories = new ArrayList<>();
        for (int run = 0; run < STEP_SIZES.size(); run++) {
            Path path = folder.resolve(name).resolve("000" + (run + 1));
            directories.add(
                    Files.exists(path.resolve("manifest.json"))
                            ? RunDirectory.reopen(path)
                            : RunDirectory.open(path, false));
        }
        return directories;
    }

    private List<Outcome> carryOut(String name, String steps, long interruptAt, List<String> warnings)
            throws IOException {
        List<RunDirectory> directories = directories(name);
        try (Backend backend = new OpenBlasBackend(2)) {
            List<Member> members =
                    Resumption.members(plans(backend, steps), directories, backend, "test", ORIGIN, warnings::add);
            return new Runner(members, backend, new Interrupting(interruptAt, new ArrayList<>())).run();
        } finally {
            directories.forEach(RunDirectory::close);
        }
    }

    private void assertSame(String whole, String resumed) throws IOException {
        for (int run = 1; run <= STEP_SIZES.size(); run++) {
            for (String file : List.of("trajectory.csv", "product.npy", "factors/W_1.npy", "factors/W_3.npy")) {
                Path expected = folder.resolve(whole).resolve("000" + run).resolve(file);
                Path found = folder.resolve(resumed).resolve("000" + run).resolve(file);
                assertEquals(Files.exists(expected), Files.exists(found), file);
                if (Files.exists(expected)) {
                    assertArrayEquals(Files.readAllBytes(expected), Files.readAllBytes(found), file);
                }
            }
        }
    }

    private List<Outcome> whole() throws IOException {
        List<Outcome> outcomes = carryOut("whole", "200", Long.MAX_VALUE, new ArrayList<>());
        assertEquals(Status.STOPPED, outcomes.get(0).status());
        assertEquals(Status.DIVERGED, outcomes.get(1).status());
        return outcomes;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 30, 77, 150})
    void aBatchGoesOnWithStoppedAndDivergedRunsAsTheyEnded(long interruptAt) throws IOException {
        List<Outcome> expected = whole();
        List<String> warnings = new ArrayList<>();
        List<Outcome> interrupted = carryOut("resumed", "200", interruptAt, warnings);
        assertTrue(interrupted.stream().anyMatch(outcome -> outcome.status() == Status.INTERRUPTED));
        assertEquals(expected, carryOut("resumed", "200", Long.MAX_VALUE, warnings));
        assertEquals(List.of(), warnings);
        assertSame("whole", "resumed");
    }

    @Test
    void aBatchGoesOnFromTheNewestStepThatAllRunsHave() throws IOException {
        List<Outcome> expected = whole();
        List<String> warnings = new ArrayList<>();
        carryOut("resumed", "200", 60, warnings);
        Path last = folder.resolve("resumed/0004/checkpoints");
        List<Path> kept;
        try (var files = Files.list(last)) {
            kept = files.sorted().toList();
        }
        assertEquals(2, kept.size());
        Files.delete(kept.get(1)); // as if killed while the last run's was being written
        assertEquals(expected, carryOut("resumed", "200", Long.MAX_VALUE, warnings));
        assertEquals(List.of(), warnings);
        assertSame("whole", "resumed");
    }

    @Test
    void aDamagedCheckpointOfOneRunTakesTheWholeBatchToTheOneBefore() throws IOException {
        List<Outcome> expected = whole();
        List<String> warnings = new ArrayList<>();
        carryOut("resumed", "200", 60, warnings);
        try (RunDirectory directory = RunDirectory.reopen(folder.resolve("resumed/0003"))) {
            CheckpointFolder checkpoints = new CheckpointFolder(directory);
            Files.writeString(checkpoints.file(checkpoints.steps().get(0)), "damaged");
        }
        assertEquals(expected, carryOut("resumed", "200", Long.MAX_VALUE, warnings));
        assertEquals(2, warnings.size(), warnings::toString);
        assertTrue(warnings.get(0).contains("0003/checkpoints/"), warnings.get(0));
        assertTrue(
                warnings.get(1).endsWith("and its batch: goes on from step 50, the checkpoint before"),
                warnings.get(1));
        assertSame("whole", "resumed");
    }

    @Test
    void aBatchOneOfWhoseRunsHasNothingToGoOnFromBeginsAnew() throws IOException {
        List<Outcome> expected = whole();
        List<String> warnings = new ArrayList<>();
        carryOut("resumed", "200", 60, warnings);
        try (RunDirectory directory = RunDirectory.open(folder.resolve("resumed/0002"), true)) {
            assertEquals(List.of(), new CheckpointFolder(directory).steps());
        }
        assertEquals(expected, carryOut("resumed", "200", Long.MAX_VALUE, warnings));
        assertEquals(3, warnings.size(), warnings::toString);
        assertSame("whole", "resumed");
    }

    @Test
    void aDoneBatchIsExtendedButForTheRunsThatHadEnded() throws IOException {
        List<Outcome> expected = whole();
        List<String> warnings = new ArrayList<>();
        carryOut("resumed", "61", Long.MAX_VALUE, warnings);
        assertEquals(expected, carryOut("resumed", "200", Long.MAX_VALUE, warnings));
        assertEquals(List.of(), warnings);
        assertSame("whole", "resumed");
    }

    @Test
    void aManifestThatCannotBeReadIsAnError() throws IOException {
        carryOut("resumed", "40", Long.MAX_VALUE, new ArrayList<>());
        Files.writeString(folder.resolve("resumed/0002/manifest.json"), "[]");
        assertThrows(StoreException.class, () -> carryOut("resumed", "40", Long.MAX_VALUE, new ArrayList<>()));
    }
}
