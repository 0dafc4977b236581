package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Processes killed at random moments, six for each kind of run, thirty in all: what was killed is resumed, perhaps to be killed
 * again, and in the end has the bytes of a run in one piece.
 */
@DisabledOnOs(OS.WINDOWS)
final class KilledRunsTest {
    private static final int KILLS = 6;
    private static final long LONGEST_LIFE_MILLISECONDS = 450;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "dense      | problem.target={synthetic: {rows: 40, columns: 30, spectrum: [4, 2, 1], seed: 1}, noise: {standard-deviation: 0.01}}"
                        + " | factors.initialization={kind: gaussian, scale: 0.3, seed: 5}"
                        + " | descent={step-size: 0.002, steps: 25000} | {seconds: 0.03}",
                "modes      | problem.target={synthetic: {rows: 60, columns: 60, spectrum: [4, 2, 1], symmetric: true}, noise: {standard-deviation: 0.01}}"
                        + " | factors.initialization={kind: perturbed, scale: 0.1, perturbation: 0.02}"
                        + " | descent={step-size: 0.0001, steps: 4000000} | {seconds: 0.03}",
                "subspace   | problem.target={synthetic: {rows: 50, columns: 50, spectrum: [4, 2, 1], seed: 1}}"
                        + " | factors.initialization={kind: orthogonal, scale: 0.2, seed: 5}"
                        + " | descent={step-size: 0.0001, steps: 300000} | {steps: 7001}",
                "completion | problem={kind: completion, target: {synthetic: {rows: 20, spectrum: [4, 2, 1]}}, mask: {fraction: 0.5}}"
                        + " | factors.initialization={kind: gaussian, scale: 0.3, seed: 5}"
                        + " | descent={step-size: 0.002, steps: 60000} | {steps: 1000}",
                "sensing    | problem={kind: sensing, target: {synthetic: {rows: 12, spectrum: [4, 2]}}, operators: {gaussian: {count: 90}}}"
                        + " | factors.initialization={kind: gaussian, scale: 0.3, seed: 5}"
                        + " | descent={step-size: 0.002, steps: 60000} | {seconds: 0.03}"
            })
    void aKilledRunThatIsResumedHasTheBytesOfOneInOnePiece(
            String kind, String problem, String start, String descent, String checkpoint) throws Exception {
        Cli cli = new Cli(folder);
        List<String> settings = List.of(
                problem,
                start,
                descent,
                "record={steps: {geometric: 1.05}, factors: true, products: [100, 20000], checkpoint: " + checkpoint
                        + "}",
                "compute.threads=2",
                "--backend=cpu");
        long began = System.nanoTime();
        cli.run(settings.toArray(String[]::new)).done();
        Path whole = Files.move(cli.file(""), folder.resolve("whole"));
        long milliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        long seed = System.nanoTime();
        System.out.println(kind + ": in one piece " + milliseconds + " ms; moments of killing from seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int kills = 0;
        long fromLater = 0;
        while (kills < KILLS) {
            boolean killed = life(cli, begin(cli, settings), random);
            while (killed) {
                kills++;
                killed = life(cli, goOn(cli, settings), kills < KILLS ? random : null);
            }
            assertSameBytes(whole, cli);
            assertEquals("done", cli.outcome().get("status"));
            fromLater += ((List<?>) cli.manifest().getOrDefault("resumed", List.of()))
                    .stream()
                            .filter(each -> ((Map<?, ?>) each).get("step") instanceof Integer step && step > 0)
                            .count();
            Files.move(cli.file(""), folder.resolve("ended" + kills));
        }
        assertTrue(fromLater > 0, "no run went on from a checkpoint");
        System.out.println(kind + ": " + fromLater + " resumed from a checkpoint, "
                + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) + " ms in all");
    }

    private static List<String> begin(Cli cli, List<String> settings) {
        return cli.arguments(settings.toArray(String[]::new));
    }

    /** Before there is a manifest there is no run to go on with. */
    private static List<String> goOn(Cli cli, List<String> settings) {
        return Files.exists(cli.file("manifest.json"))
                ? List.of("resume", cli.file("").toString(), "--no-plots")
                : begin(cli, settings);
    }

    /** Whether the process was killed before it had ended; never without {@code random}. */
    private boolean life(Cli cli, List<String> arguments, SplittableRandom random) throws Exception {
        Files.deleteIfExists(cli.file(".lock"));
        try (Fork fork = Fork.start(folder, "", List.of("-XX:TieredStopAtLevel=1"), arguments)) {
            if (random != null) {
                Set<String> before = Set.copyOf(cli.checkpoints());
                boolean early = random.nextBoolean();
                fork.awaitOrEnd(() -> early ? Files.exists(cli.file(".lock")) : hasOthers(cli, before));
                Thread.sleep(random.nextLong(LONGEST_LIFE_MILLISECONDS));
                fork.signal("KILL");
            }
            int status = fork.exit(60);
            if (status != 137) {
                assertEquals(0, status, () -> said(fork));
            }
            return status == 137;
        }
    }

    private static boolean hasOthers(Cli cli, Set<String> before) {
        try {
            return !before.containsAll(cli.checkpoints());
        } catch (IOException | UncheckedIOException e) {
            return false; // one has just been removed
        }
    }

    private static String said(Fork fork) {
        try {
            return fork.err().toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void assertSameBytes(Path whole, Cli cli) throws IOException {
        List<String> names = new ArrayList<>();
        try (var files = Files.walk(whole)) {
            files.filter(Files::isRegularFile)
                    .map(file -> whole.relativize(file).toString())
                    .filter(name -> !List.of("manifest.json", "trajectory.h5").contains(name)
                            && !name.startsWith("checkpoints"))
                    .forEach(names::add);
        }
        assertTrue(names.containsAll(List.of("trajectory.csv", "product.npy", "factors/W_3.npy")), names::toString);
        for (String name : names) {
            assertArrayEquals(Files.readAllBytes(whole.resolve(name)), Files.readAllBytes(cli.file(name)), name);
        }
    }
}
