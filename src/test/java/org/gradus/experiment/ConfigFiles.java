package org.gradus.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Configurations on disk for the tests of the reader. */
final class ConfigFiles {
    /** The shortest valid configuration, with every section on lines of its own. */
    static final List<String> MINIMAL = List.of(
            "problem:",
            "  target:",
            "    synthetic: {rows: 8, spectrum: [4, 2, 1]}",
            "factors:",
            "  depth: 3",
            "  initialization: {kind: identical, scale: 0.1}",
            "descent:",
            "  steps: 100",
            "record:",
            "compute:");

    private ConfigFiles() {}

    static Path write(Path folder, String text) throws IOException {
        return Files.writeString(folder.resolve("case.yaml"), text);
    }

    static Path minimal(Path folder) throws IOException {
        return write(folder, String.join("\n", MINIMAL) + "\n");
    }

    /** {@link #MINIMAL} with its line {@code number}, from 1, replaced. */
    static Path minimalWith(Path folder, int number, String line) throws IOException {
        List<String> lines = new ArrayList<>(MINIMAL);
        lines.set(number - 1, line);
        return write(folder, String.join("\n", lines) + "\n");
    }

    static Config read(Path file, String... settings) {
        return ConfigReader.read(file, List.of(settings), Overrides.none());
    }
}
