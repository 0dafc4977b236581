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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** examples/slurm.sh with Slurm's environment, but without Slurm: {@code scontrol} writes down what it is asked for. */
@DisabledOnOs(OS.WINDOWS)
final class SlurmScriptTest {
    private static final Path SCRIPT = Path.of("examples/slurm.sh").toAbsolutePath();

    private static final String LONG = "sweep={mode: zip, over: {descent.steps: [20, 1000000000]}}";

    @TempDir
    private Path folder;

    private Cli cli;
    private Path output;

    @BeforeEach
    void standIns() throws IOException {
        cli = new Cli(folder);
        output = folder.resolve("a sweep");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        program(
                "gradus",
                "exec '" + java + "' --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -cp '"
                        + System.getProperty("java.class.path") + "' org.gradus.cli.Main \"$@\"");
        program("scontrol", "echo \"$@\" >> '" + folder + "/requeued'");
    }

    private void program(String name, String body) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private Process task(int task, int count, String... settings) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("bash", SCRIPT.toString(), cli.config().toString(), output.toString(), "--no-plots"));
        for (String setting : settings) {
            command.addAll(List.of("--set", setting));
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("task-" + task + ".txt").toFile());
        builder.environment()
                .putAll(Map.of(
                        "GRADUS",
                        folder.resolve("gradus").toString(),
                        "PATH",
                        folder + ":" + System.getenv("PATH"),
                        "SLURM_ARRAY_JOB_ID",
                        "77",
                        "SLURM_ARRAY_TASK_ID",
                        "" + task,
                        "SLURM_ARRAY_TASK_COUNT",
                        "" + count,
                        "SLURM_CPUS_PER_TASK",
                        "1"));
        return builder.start();
    }

    private String said(int task) throws IOException {
        return Files.readString(folder.resolve("task-" + task + ".txt"));
    }

    private int exit(Process process, int task) throws IOException, InterruptedException {
        try {
            assertTrue(process.waitFor(120, TimeUnit.SECONDS), said(task));
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void itsTasksTogetherCarryOutTheWholeSweep() throws Exception {
        String over = "sweep={over: {factors.depth: [2, 3], descent.step-size: [0.01, 0.02]}}";
        for (int task = 1; task <= 2; task++) {
            assertEquals(0, exit(task(task, 2, over), task), said(task));
        }
        assertTrue(said(2).contains("shard    2/2: 2 runs"), said(2));
        assertTrue(said(2).contains("1 thread"), said(2));
        assertEquals(5, Files.readAllLines(output.resolve("sweep.csv")).size());
        assertFalse(Files.exists(folder.resolve("requeued")));
    }

    @ParameterizedTest
    @CsvSource({"USR1, 77_2", "TERM, ''"})
    void aWarningEndsTheTaskInOrderAndQueuesItAgain(String signal, String requeued) throws Exception {
        Process process = task(2, 2, LONG);
        Path table = output.resolve("runs/0002/trajectory.csv");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(table)) {
            assertTrue(process.isAlive() && System.nanoTime() < end, said(2));
            Thread.sleep(20);
        }
        new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start().waitFor();
        assertEquals(143, exit(process, 2), said(2));
        assertTrue(Files.readString(output.resolve("sweep-2-of-2.csv")).contains(",interrupted,"));
        Path asked = folder.resolve("requeued");
        assertEquals(
                requeued.isEmpty() ? "" : "requeue " + requeued + "\n",
                Files.exists(asked) ? Files.readString(asked) : "");
    }

    @Test
    void aFailingTaskIsNotQueuedAgain() throws Exception {
        assertEquals(ExitCode.USAGE, exit(task(3, 2, LONG), 3), said(3));
        assertTrue(said(3).contains("gradus: --shard 3/2: must be i/n, with i from 1 to n"), said(3));
        assertFalse(Files.exists(folder.resolve("requeued")));
    }
}
