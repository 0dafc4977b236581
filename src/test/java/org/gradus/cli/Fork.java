package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The program in a process of its own, as the launcher starts it. */
final class Fork implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final Path err;

    private Fork(Process process, Path err) {
        this.process = process;
        this.err = err;
    }

    /**
     * @param shell what a shell does before it becomes the JVM, such as {@code "ulimit -f 16; "}
     * @param options of the JVM
     */
    static Fork start(Path folder, String shell, List<String> options, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", shell + "exec \"$@\"", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("java.class.path")
                .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator));
        command.add(Main.class.getName());
        command.addAll(arguments);
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectError(err.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Fork(process, err);
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** Looks until the condition holds. */
    void await(BooleanSupplier condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            assertTrue(process.isAlive() && System.nanoTime() < end, "" + err());
            Thread.sleep(20);
        }
    }

    /** Looks often, until the condition holds or the process has ended. */
    void awaitOrEnd(BooleanSupplier condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (process.isAlive() && !condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "" + err());
            Thread.sleep(2);
        }
    }

    int exit(long seconds) throws IOException, InterruptedException {
        assertTrue(process.waitFor(seconds, TimeUnit.SECONDS), "" + err());
        return process.exitValue();
    }

    List<String> err() throws IOException {
        return Files.readAllLines(err, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
