package org.gradus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunDirectoryTest {
    @TempDir
    Path folder;

    private static String refusal(Path path, boolean overwrite) {
        return assertThrows(StoreException.class, () -> RunDirectory.open(path, overwrite))
                .getMessage();
    }

    @Test
    void theDirectoryIsCreatedWithItsParentsAndTheLockGoesOnClose() {
        Path path = folder.resolve("runs/a/b");
        RunDirectory run = RunDirectory.open(path, false);
        assertEquals(path, run.path());
        assertTrue(Files.exists(path.resolve(".lock")));
        run.close();
        assertFalse(Files.exists(path.resolve(".lock")));
        run.close();
    }

    @Test
    void whatAKilledProcessLeftUnfinishedGoesWhenTheDirectoryIsTakenAgain() throws IOException {
        List<String> unfinished = List.of(
                ".manifest.json.5c0d551e9162f324.tmp",
                "factors/.W_1.npy.1.tmp",
                "products/.step_000000100.npy.ab.tmp",
                "plots/.loss.svg.0.tmp",
                "checkpoints/.step_000000100.checkpoint.ffffffffffffffff.tmp");
        List<String> others = List.of("manifest.json", ".hidden.tmp", "notes.0f.tmp", "own/.notes.0f.tmp");
        for (String name : Stream.concat(unfinished.stream(), others.stream()).toList()) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.createFile(folder.resolve(name));
        }
        RunDirectory.reopen(folder).close();
        unfinished.forEach(name -> assertFalse(Files.exists(folder.resolve(name)), name));
        others.forEach(name -> assertTrue(Files.exists(folder.resolve(name)), name));
    }

    @Test
    void pathsAreTheOnesPromised() {
        try (RunDirectory run = RunDirectory.open(folder, false)) {
            List<String> names = Stream.of(
                            run.manifest(),
                            run.trajectory(),
                            run.arrays(),
                            run.product(),
                            run.report(),
                            run.checkpoints(),
                            run.factor(1),
                            run.productAt(100, ".npy"),
                            run.productAt(12_345_678_901L, ".png"),
                            run.plot("loss"))
                    .map(path -> folder.relativize(path).toString().replace('\\', '/'))
                    .toList();
            assertEquals(
                    List.of(
                            "manifest.json",
                            "trajectory.csv",
                            "trajectory.h5",
                            "product.npy",
                            "report.html",
                            "checkpoints",
                            "factors/W_1.npy",
                            "products/step_000000100.npy",
                            "products/step_12345678901.png",
                            "plots/loss.svg"),
                    names);
            assertThrows(IllegalArgumentException.class, () -> run.plot("../x"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest.json", "trajectory.csv"})
    void aDirectoryThatHoldsARunIsRefusedAndLeftAsItWas(String name) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "x");
        assertEquals(folder + ": already holds a run; --overwrite replaces it", refusal(folder, false));
        assertEquals("x", Files.readString(file));
        assertFalse(Files.exists(folder.resolve(".lock")));
    }

    @Test
    void overwritingRemovesTheRunAndNothingElse() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path precious = Files.writeString(outside.resolve("precious.npy"), "x");
        Path run = Files.createDirectory(folder.resolve("run"));
        for (String name : List.of("manifest.json", "trajectory.csv", "trajectory.h5", "product.npy", "report.html")) {
            Files.writeString(run.resolve(name), "x");
        }
        for (String name : List.of("products/deep", "checkpoints", "plots")) {
            Files.writeString(Files.createDirectories(run.resolve(name)).resolve("f"), "x");
        }
        Files.createSymbolicLink(run.resolve("factors"), outside);
        Files.createSymbolicLink(run.resolve("plots/link"), outside);
        Files.writeString(run.resolve("notes.txt"), "mine");
        Files.writeString(Files.createDirectory(run.resolve("data")).resolve("manifest.json"), "mine");
        try (RunDirectory directory = RunDirectory.open(run, true);
                Stream<Path> left = Files.list(directory.path())) {
            assertEquals(
                    List.of(".lock", "data", "notes.txt"),
                    left.map(path -> path.getFileName().toString()).sorted().toList());
        }
        assertEquals("x", Files.readString(precious));
        assertEquals("mine", Files.readString(run.resolve("data/manifest.json")));
    }

    @Test
    void aFileIsNoRunDirectory() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "x");
        assertEquals(file + ": is a file; a run needs a directory", refusal(file, true));
        String message = refusal(file.resolve("run"), true);
        assertTrue(message.startsWith(file.resolve("run") + ": cannot be written"), message);
    }

    @Test
    void aRunThatGoesOnMustBeThere() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThrows(StoreException.class, () -> RunDirectory.reopen(empty));
        assertThrows(StoreException.class, () -> RunDirectory.reopen(folder.resolve("missing")));
        Files.writeString(empty.resolve("manifest.json"), "{}");
        RunDirectory.reopen(empty).close();
    }

    @Test
    void oneProcessTakesADirectoryOnce() {
        try (RunDirectory run = RunDirectory.open(folder, false)) {
            String message = refusal(run.path(), true);
            assertTrue(message.contains("(pid " + ProcessHandle.current().pid() + ")"), message);
        }
        RunDirectory.open(folder, false).close();
    }

    @Test
    void aLockFileLeftByACrashHoldsNobodyOff() throws IOException {
        Files.writeString(folder.resolve(".lock"), "12345\n");
        RunDirectory.open(folder, false).close();
        assertFalse(Files.exists(folder.resolve(".lock")));
    }

    @Test
    void aSecondProcessIsRefusedUntilTheFirstEnds() throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Process holder = new ProcessBuilder(
                        java.toString(),
                        "-Xmx32m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = holder.inputReader()) {
            assertEquals("held", said.readLine());
            assertEquals(
                    folder + ": another process (pid " + holder.pid() + ") is writing this run directory",
                    refusal(folder, true));
        } finally {
            holder.destroyForcibly().waitFor();
        }
        assertTrue(Files.exists(folder.resolve(".lock")));
        RunDirectory.open(folder, false).close();
    }

    /** Takes a directory and waits to be killed. */
    static final class LockHolder {
        private LockHolder() {}

        public static void main(String[] args) throws IOException {
            try (RunDirectory run = RunDirectory.open(Path.of(args[0]), false)) {
                System.out.println(run.path().equals(Path.of(args[0])) ? "held" : "elsewhere");
                while (System.in.read() >= 0) {
                    // the parent holds the other end
                }
            }
        }
    }
}
