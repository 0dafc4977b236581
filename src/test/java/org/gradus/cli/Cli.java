package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gradus.store.JsonFile;
import org.gradus.store.Trajectory;

/** The command line in this process, and a small configuration to vary with {@code --set}. */
final class Cli {
    /** 6×6, N = 3, rows at 0, 5, 10, 15, 20. */
    private static final String CONFIG = """
            problem:
              target:
                synthetic: {rows: 6, columns: 6, spectrum: [3, 2, 1], symmetric: true, seed: 1}
            factors:
              depth: 3
              initialization: {kind: identical, scale: 0.3}
            descent: {step-size: 0.01, steps: 20}
            record:
              steps: {every: 5}
            """;

    /** @param err lines of standard error */
    record Result(int status, String out, List<String> err) {

        /** The run was carried out and nothing but information was said. */
        Result done() {
            assertEquals(0, status, err::toString);
            assertTrue(err.stream().noneMatch(line -> line.startsWith("gradus: ")), err::toString);
            return this;
        }

        /** Refused with this status and one line, which is returned. */
        String refused(int expected) {
            assertEquals(expected, status, err::toString);
            assertEquals(1, err.size(), err::toString);
            assertTrue(err.get(0).startsWith("gradus: "), err.get(0));
            assertEquals("", out);
            return err.get(0);
        }
    }

    private final Path folder;
    private final Path config;
    private final Path run;

    Cli(Path folder) throws IOException {
        this.folder = folder;
        config = Files.writeString(folder.resolve("small.yaml"), CONFIG);
        run = folder.resolve("run");
    }

    static Result execute(String... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
        int status;
        try {
            status = Main.execute(arguments);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return new Result(
                status,
                outBytes.toString(StandardCharsets.UTF_8),
                errBytes.toString(StandardCharsets.UTF_8).lines().toList());
    }

    /** {@code run small.yaml --no-plots --output RUN} with these settings. */
    Result run(String... settings) {
        return execute(arguments(settings).toArray(String[]::new));
    }

    /** A setting that begins with "--" is an option of its own. */
    List<String> arguments(String... settings) {
        List<String> arguments =
                new ArrayList<>(List.of("run", config.toString(), "--no-plots", "--output", run.toString()));
        for (String setting : settings) {
            if (!setting.startsWith("--")) {
                arguments.add("--set");
            }
            arguments.add(setting);
        }
        return arguments;
    }

    Path config() {
        return config;
    }

    Path folder() {
        return folder;
    }

    /** The run directory. */
    Path file(String name) {
        return run.resolve(name);
    }

    Trajectory table() {
        return Trajectory.read(file("trajectory.csv"));
    }

    Map<String, Object> manifest() {
        return JsonFile.read(file("manifest.json"));
    }

    Map<?, ?> outcome() {
        return (Map<?, ?>) manifest().get("outcome");
    }

    /** Every file below the run directory but the checkpoints; none where there is no such directory. */
    List<String> files() throws IOException {
        return allFiles().stream()
                .filter(file -> !file.startsWith("checkpoints/"))
                .toList();
    }

    /** The names in the folder of checkpoints. */
    List<String> checkpoints() throws IOException {
        return allFiles().stream()
                .filter(file -> file.startsWith("checkpoints/"))
                .map(file -> file.substring("checkpoints/".length()))
                .toList();
    }

    /** {@code resume RUN --no-plots} with these options. */
    Result resume(String... options) {
        List<String> arguments = new ArrayList<>(List.of("resume", run.toString(), "--no-plots"));
        arguments.addAll(List.of(options));
        return execute(arguments.toArray(String[]::new));
    }

    private List<String> allFiles() throws IOException {
        if (!Files.exists(run)) {
            return List.of();
        }
        try (var paths = Files.walk(run)) {
            return paths.filter(Files::isRegularFile)
                    .map(path -> run.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }
}
