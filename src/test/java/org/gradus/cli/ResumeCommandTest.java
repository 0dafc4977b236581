package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.gradus.linalg.Matrix;
import org.gradus.store.JsonFile;
import org.gradus.store.NpyWriter;
import org.gradus.store.RunDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code gradus resume} in this process; KilledRunsTest and ProcessTest have what takes a process of its own. */
final class ResumeCommandTest {
    private static final String[] FINE = {"record={steps: {every: 7}, factors: true, checkpoint: {steps: 6}}"};

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void writeTheConfiguration() throws IOException {
        cli = new Cli(folder);
    }

    private byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(cli.file(name));
    }

    /** All that a run writes but manifest and checkpoints. */
    private Map<String, String> results() throws IOException {
        Map<String, String> results = new TreeMap<>();
        for (String name : cli.files()) {
            if (!List.of("manifest.json", "trajectory.h5").contains(name)) {
                results.put(name, Arrays.toString(bytes(name)));
            }
        }
        return results;
    }

    private void run(String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of(FINE));
        all.add("--overwrite");
        cli.run(all.toArray(String[]::new)).done();
    }

    private void rewriteManifest(Consumer<Map<String, Object>> change) {
        Map<String, Object> manifest = cli.manifest();
        change.accept(manifest);
        JsonFile.write(cli.file("manifest.json"), manifest);
    }

    /** As a process leaves it that is killed after its last checkpoint. */
    private void pretendKilled() {
        rewriteManifest(manifest -> manifest.put("outcome", Map.of("status", "running", "step", 0, "reason", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dense", "modes", "subspace"})
    void anExtendedRunHasTheBytesOfOneInOnePiece(String solver) throws IOException {
        String[] choice = {"descent.solver=" + solver, "problem.target.synthetic.spectrum=[3, 2]", "descent.steps=50"};
        run(choice);
        Map<String, String> whole = results();
        assertTrue(whole.keySet().containsAll(List.of("trajectory.csv", "product.npy", "factors/W_3.npy")));
        for (int first : new int[] {0, 7, 20, 49}) {
            choice[2] = "descent.steps=" + first;
            run(choice);
            cli.resume("--steps", "5e1").done();
            assertEquals(whole, results(), "" + first);
            assertEquals(50, cli.outcome().get("step"));
            assertEquals(2, cli.checkpoints().size());
            assertEquals("step_000000050.checkpoint", cli.checkpoints().get(1));
        }
    }

    @Test
    void theManifestKeepsTheFirstStartAndListsEachResumption() {
        run();
        Map<String, Object> first = cli.manifest();
        cli.resume("--steps", "30").done();
        cli.resume("--steps", "40", "--threads", "2", "--backend", "cpu");
        Map<String, Object> last = cli.manifest();
        for (String key : List.of("run_id", "start", "command", "commit", "device", "step_size")) {
            assertEquals(first.get(key), last.get(key), key);
        }
        List<?> resumed = (List<?>) last.get("resumed");
        assertEquals(2, resumed.size());
        assertEquals(20, ((Map<?, ?>) resumed.get(0)).get("step"));
        Map<?, ?> second = (Map<?, ?>) resumed.get(1);
        assertEquals(30, second.get("step"));
        assertEquals(
                "gradus resume " + cli.file("") + " --no-plots --steps 40 --threads 2 --backend cpu",
                second.get("command"));
        assertEquals(40, ((Map<?, ?>) ((Map<?, ?>) last.get("configuration")).get("descent")).get("steps"));
        assertEquals(2, ((Map<?, ?>) ((Map<?, ?>) last.get("configuration")).get("compute")).get("threads"));
        assertTrue((double) last.get("duration_seconds") > (double) first.get("duration_seconds"));
        cli.resume("--steps", "45").done();
        assertEquals(3, ((List<?>) cli.manifest().get("resumed")).size());
    }

    @Test
    void aRunThatIsDoneSaysSoAndWhatMakesItGoOn() throws IOException {
        run();
        Map<String, String> before = results();
        Cli.Result result = cli.resume().done();
        assertEquals(
                List.of(cli.file("")
                        + " is done: all 20 steps were carried out; --steps COUNT makes it go on to step COUNT"),
                result.err());
        assertEquals(before, results());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "20  | --steps must be more than 20, the step that RUN has reached, not 20",
                "3   | --steps must be more than 20, the step that RUN has reached, not 3",
                "-1  | --steps must be an integer from 0 to",
                "1.5 | --steps must be an integer from 0 to",
                "many| --steps must be an integer from 0 to"
            })
    void stepsThatHaveBeenReachedOrAreNoneAreRefused(String steps, String words) throws IOException {
        run();
        byte[] manifest = bytes("manifest.json");
        String line = cli.resume("--steps=" + steps).refused(ExitCode.USAGE);
        assertTrue(
                line.startsWith("gradus: " + words.replace("RUN", cli.file("").toString())), line);
        assertArrayEquals(manifest, bytes("manifest.json"));
    }

    @Test
    void aRunThatWasKilledMayEndEarlierThanItsConfigurationSaysButNotBeforeItsCheckpoint() throws IOException {
        run("descent.steps=24");
        Map<String, String> whole = results();
        run("descent.steps=50");
        Files.delete(cli.file("checkpoints/step_000000050.checkpoint"));
        Files.move(
                cli.file("checkpoints/step_000000048.checkpoint"), cli.file("checkpoints/step_000000050.checkpoint"));
        pretendKilled();
        assertTrue(cli.resume("--steps", "40").err().get(0).contains("is of another step than its name says"));
        run("descent.steps=19");
        pretendKilled();
        String line = cli.resume("--steps", "18").refused(ExitCode.USAGE);
        assertTrue(line.endsWith("--steps must be at least 19, which " + cli.file("") + " has reached, not 18"), line);
        cli.resume("--steps", "24").done();
        assertEquals(whole, results());
    }

    @Test
    void aRunThatIsKilledBeforeItHasWrittenItsMatricesWritesThemWhenItIsResumed() throws IOException {
        run();
        Map<String, String> whole = results();
        pretendKilled();
        Files.delete(cli.file("product.npy"));
        Files.delete(cli.file("factors/W_1.npy"));
        cli.resume().done();
        assertEquals(whole, results());
        assertEquals("done", cli.outcome().get("status"));
    }

    @Test
    void aDivergedRunIsRefusedWithItsReason() throws IOException {
        cli.run("descent={step-size: 1e9, steps: 100, solver: dense}");
        assertEquals("diverged", cli.outcome().get("status"));
        byte[] table = bytes("trajectory.csv");
        for (String option : new String[] {"--steps=1000", "--quiet"}) {
            String line = cli.resume(option).refused(ExitCode.DIVERGED);
            assertTrue(line.contains(" diverged: numbers were no longer finite "), line);
        }
        pretendKilled();
        assertEquals(ExitCode.DIVERGED, cli.resume().status());
        assertEquals("diverged", cli.outcome().get("status"));
        assertArrayEquals(table, bytes("trajectory.csv"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{loss: 3.0}", "{rank: 3}", "{plateau: 1}", "{relative-change: 0.5}"})
    void aRunThatItsRuleHasStoppedSaysSoEvenWithMoreSteps(String stop) throws IOException {
        run("descent.stop=" + stop, "descent.steps=100000");
        assertEquals("stopped", cli.outcome().get("status"));
        Map<String, String> before = results();
        for (String option : new String[] {"--verbose", "--steps=200000"}) {
            List<String> said = cli.resume(option).done().err();
            String last = said.get(said.size() - 1);
            assertTrue(last.contains(" stopped at step ") && last.endsWith("; there is nothing left to do"), last);
            assertEquals(before, results());
        }
        pretendKilled();
        cli.resume("--steps=200000").done();
        assertEquals("stopped", cli.outcome().get("status"));
        assertEquals(before, results());
    }

    @Test
    void aRuleThatHeldOnlyInARowThatALongerRunDoesNotHaveDoesNotHoldItUp() throws IOException {
        String[] settings = {"descent.stop={loss: 3.0}", "descent.steps=1000", "record.steps=[0, 400]"};
        cli.run(settings).done();
        assertEquals(400, cli.outcome().get("step"));
        Map<String, String> whole = results();
        settings[1] = "descent.steps=399";
        cli.run(settings[0], settings[1], settings[2], "--overwrite").done();
        assertEquals("stopped", cli.outcome().get("status"));
        assertEquals(399, cli.outcome().get("step"));
        cli.resume("--steps=1000").done();
        assertEquals(whole, results());
    }

    @Test
    void aDirectoryWithoutARunIsRefused() throws IOException {
        String line = Cli.execute("resume", folder.resolve("absent").toString()).refused(ExitCode.FILES);
        assertTrue(line.endsWith("absent: no such run directory"), line);
        line = Cli.execute("resume", folder.toString()).refused(ExitCode.FILES);
        assertTrue(line.contains("holds no run"), line);
        Path sweep = Files.createDirectories(folder.resolve("sweep"));
        Files.writeString(sweep.resolve("sweep.json"), "{}");
        line = Cli.execute("resume", sweep.toString()).refused(ExitCode.FILES);
        assertTrue(line.endsWith("sweep: holds a sweep, not a run; its runs lie in " + sweep.resolve("runs")), line);
        Path baseline = Files.createDirectories(folder.resolve("baseline"));
        Files.writeString(baseline.resolve("result.json"), "{}");
        line = Cli.execute("resume", baseline.toString()).refused(ExitCode.FILES);
        assertTrue(line.contains("holds the result of a method without steps"), line);
        Cli.execute("resume").refused(ExitCode.USAGE);
    }

    @Test
    void aDirectoryThatIsWrittenOrOfANewerVersionOrSaysTooLittleIsRefused() {
        run();
        try (RunDirectory held = RunDirectory.reopen(cli.file(""))) {
            String line = cli.resume().refused(ExitCode.FILES);
            assertTrue(line.endsWith("is writing this run directory"), held.path() + ": " + line);
        }
        rewriteManifest(manifest -> manifest.put("outcome", "done"));
        assertTrue(cli.resume().refused(ExitCode.FILES).endsWith("outcome must have a status and a step"));
        rewriteManifest(manifest -> manifest.put("configuration", "none"));
        assertTrue(cli.resume().refused(ExitCode.FILES).endsWith("configuration must be a mapping"));
        rewriteManifest(manifest -> manifest.put("format", 2));
        assertTrue(cli.resume().refused(ExitCode.FILES).contains("is of format 2, written by a newer Gradus"));
    }

    @Test
    void anInputThatHasChangedOrIsMissingIsNamed() throws IOException {
        Path target = folder.resolve("target.npy");
        NpyWriter.write(target, new Matrix(2, 2, new double[] {2, 1, 1, 2}));
        run("problem.target={file: target.npy}");
        List<?> inputs = (List<?>) cli.manifest().get("inputs");
        Map<?, ?> input = (Map<?, ?>) inputs.get(0);
        assertEquals("problem.target.file", input.get("key"));
        assertEquals(target.toString(), input.get("path"));
        assertEquals(Files.size(target), ((Number) input.get("bytes")).longValue());
        assertTrue(((String) input.get("sha256")).matches("[0-9a-f]{64}"));
        cli.resume("--steps=30").done();
        NpyWriter.write(target, new Matrix(2, 2, new double[] {2, 1, 1, 3}));
        String line = cli.resume("--steps=40").refused(ExitCode.FILES);
        assertTrue(
                line.startsWith("gradus: " + target + ": has changed since the run began (problem.target.file)"), line);
        Files.delete(target);
        line = cli.resume("--steps=40").refused(ExitCode.FILES);
        assertEquals("gradus: " + target + ": no such file", line);
    }

    @Test
    void aManifestWhoseInputsAreNoneOfARunIsRefused() {
        run();
        for (Object inputs : List.of(
                "none",
                List.of(3),
                List.of(Map.of("path", "a")),
                List.of(Map.of("path", "a\0b", "sha256", "")),
                List.of(Map.of("path", "/dev/zero", "sha256", "")))) {
            rewriteManifest(manifest -> manifest.put("inputs", inputs));
            cli.resume("--steps=30").refused(ExitCode.FILES);
        }
    }

    @ParameterizedTest
    @CsvSource({"precision, \"float32\"", "solver, \"dense\"", "step-size, 0.02"})
    void aManifestWhoseConfigurationHasBeenChangedIsRefused(String key, String value) throws IOException {
        run();
        Map<String, String> before = results();
        String text = Files.readString(cli.file("manifest.json"));
        String changed = text.replaceFirst("\"" + key + "\" : [^,\n]+", "\"" + key + "\" : " + value);
        assertNotEquals(text, changed);
        Files.writeString(cli.file("manifest.json"), changed);
        String line = cli.resume("--quiet", "--steps=30").refused(ExitCode.USAGE);
        assertTrue(line.contains("was written with another configuration than manifest.json has now"), line);
        assertEquals(before, results());
    }

    @Test
    void otherThreadsAreAWarning() {
        run("compute={backend: cpu, threads: 1}");
        Cli.Result result = cli.resume("--quiet", "--steps=30", "--threads=2");
        assertEquals(0, result.status());
        assertEquals(1, result.err().size(), result.err()::toString);
        assertTrue(
                result.err().get(0).contains("1 thread before, goes on on ")
                        && result.err().get(0).contains("2 threads; last bits may differ"),
                result.err().get(0));
        cli.resume("--quiet", "--steps=40", "--threads=2").done();
    }

    @Test
    void theNewestDamagedCheckpointIsRefusedAndTheOneBeforeItTaken() throws IOException {
        run();
        Map<String, String> whole = results();
        assertEquals(List.of("step_000000018.checkpoint", "step_000000020.checkpoint"), cli.checkpoints());
        pretendKilled();
        Path newest = cli.file("checkpoints/step_000000020.checkpoint");
        byte[] damaged = Files.readAllBytes(newest);
        damaged[damaged.length / 2] ^= 1;
        Files.write(newest, damaged);
        List<String> said = cli.resume("--quiet").err();
        assertEquals(
                List.of(
                        "gradus: warning: " + newest + ": is torn or damaged: its checksum does not fit its content",
                        "gradus: warning: " + cli.file("") + ": goes on from step 18, the checkpoint before"),
                said);
        assertEquals(whole, results());
        assertEquals(List.of("step_000000018.checkpoint", "step_000000020.checkpoint"), cli.checkpoints());
    }

    @Test
    void withoutAUsableCheckpointTheRunBeginsAnewAndSaysSo() throws IOException {
        run();
        Map<String, String> whole = results();
        Map<String, Object> before = cli.manifest();
        pretendKilled();
        for (String name : cli.checkpoints()) {
            Files.writeString(cli.file("checkpoints/" + name), "damaged");
        }
        Files.writeString(cli.file("trajectory.csv"), "step,loss\n");
        List<String> said = cli.resume("--quiet").err();
        assertEquals(3, said.size(), said::toString);
        assertEquals(
                "gradus: warning: " + cli.file("") + ": has no checkpoint to go on from; the run begins anew at step 0",
                said.get(2));
        assertEquals(whole, results());
        assertEquals(before.get("start"), cli.manifest().get("start"));
    }

    @Test
    void aCheckpointOfAnotherRunIsRefused() throws IOException {
        run();
        byte[] foreign = bytes("checkpoints/step_000000020.checkpoint");
        run();
        Map<String, String> whole = results();
        pretendKilled();
        Files.write(cli.file("checkpoints/step_000000020.checkpoint"), foreign);
        List<String> said = cli.resume("--quiet").err();
        assertTrue(said.get(0).endsWith("step_000000020.checkpoint: is of another run"), said::toString);
        assertEquals(whole, results());
    }

    @Test
    void aTableWithoutTheRowThatACheckpointNeedsMakesTheOneBeforeItUsable() throws IOException {
        run("descent.steps=15");
        Map<String, String> whole = results();
        pretendKilled();
        List<String> lines = Files.readAllLines(cli.file("trajectory.csv"));
        Files.writeString(
                cli.file("trajectory.csv"), String.join("\n", lines.subList(0, lines.size() - 2)) + "\n14,0.1");
        List<String> said = cli.resume("--quiet").err();
        assertTrue(said.get(0).contains("does not fit the table: "), said::toString);
        assertTrue(said.get(1).contains("goes on from step 12"), said::toString);
        assertEquals(whole, results());
    }

    @Test
    void withoutCheckpointsThereAreNoneAndALongerRunBeginsAnew() throws IOException {
        cli.run("record.checkpoint=none", "descent.steps=30").done();
        Map<String, String> whole = results();
        cli.run("record.checkpoint=none", "--overwrite").done();
        assertEquals(List.of(), cli.checkpoints());
        assertFalse(Files.exists(cli.file("checkpoints")));
        assertNotEquals(whole, results());
        assertEquals(1, cli.resume("--quiet", "--steps=30").err().size());
        assertEquals(whole, results());
    }
}
