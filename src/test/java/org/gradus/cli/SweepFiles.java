package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gradus.store.JsonFile;

/** A sweep in a folder: its command line, and what it wrote. */
final class SweepFiles {
    /** Tell when, where and in which batch a run was carried out. */
    private static final Set<String> OF_THE_OCCASION = Set.of("manifest.json", "sweep.json", "trajectory.h5");

    private final Cli cli;
    private final Path path;
    private final List<String> settings;

    /** @param settings of every command */
    SweepFiles(Cli cli, Path path, String... settings) {
        this.cli = cli;
        this.path = path;
        this.settings = List.of(settings);
    }

    /** The arguments of {@code gradus}; a setting that begins with "--" is an option of its own. */
    List<String> arguments(String... more) {
        List<String> all = new ArrayList<>(settings);
        all.addAll(List.of(more));
        List<String> arguments = cli.arguments(all.toArray(String[]::new));
        arguments.set(0, "sweep");
        arguments.set(arguments.indexOf("--output") + 1, path.toString());
        return arguments;
    }

    Cli.Result sweep(String... more) {
        return Cli.execute(arguments(more).toArray(String[]::new));
    }

    Path file(String name) {
        return path.resolve(name);
    }

    Path run(int number) {
        return path.resolve("runs/000" + number);
    }

    String status(int number) {
        Map<?, ?> outcome =
                (Map<?, ?>) JsonFile.read(run(number).resolve("manifest.json")).get("outcome");
        return outcome.get("status").toString();
    }

    /** Every file but those that tell of the occasion has the same bytes in both. */
    void assertSameAs(SweepFiles other) throws IOException {
        assertEquals(other.names(), names());
        for (String name : names()) {
            if (!OF_THE_OCCASION.contains(Path.of(name).getFileName().toString())) {
                assertArrayEquals(Files.readAllBytes(other.file(name)), Files.readAllBytes(file(name)), name);
            }
        }
    }

    /**
     * All files but the tables of shards, checkpoints, which are the newest two of whatever was kept, and the lock that a process
     * leaves which is killed between the last file of a run and giving its directory back.
     */
    private List<String> names() throws IOException {
        try (var files = Files.walk(path)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> path.relativize(file).toString())
                    .filter(name -> !name.matches("sweep-.*\\.csv") && !name.contains("checkpoints/"))
                    .filter(name -> !name.endsWith("/.lock"))
                    .sorted()
                    .toList();
        }
    }
}
