package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradus.baseline.Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only a process of its own can show of a baseline, and its line of progress. */
@DisabledOnOs(OS.WINDOWS)
final class BaselineProcessTest {
    private static final String CONFIG = """
            problem:
              kind: completion
              target: {synthetic: {rows: 40, columns: 40, spectrum: [3, 2, 1], seed: 1}}
              mask: {fraction: 0.5}
            factors: {depth: 2, initialization: {kind: gaussian, scale: 0.1}}
            descent: {steps: 10}
            """;

    @TempDir
    Path folder;

    private Fork start(List<String> options, String... more) throws IOException {
        Files.writeString(folder.resolve("small.yaml"), CONFIG);
        List<String> arguments = new ArrayList<>(List.of("baseline", "small.yaml"));
        arguments.addAll(List.of(more));
        return Fork.start(folder, "cd '" + folder + "'; ", options, arguments);
    }

    private static boolean shows(Fork fork, String text) {
        try {
            return fork.err().stream().anyMatch(line -> line.contains(text));
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void theDefaultOutputIsNamedAfterConfigurationAndMethod() throws Exception {
        try (Fork fork = start(List.of(), "--method", "depth-1")) {
            assertEquals(0, fork.exit(60));
            assertEquals(List.of("results  runs/small-depth-1"), fork.err());
        }
        assertTrue(Files.exists(folder.resolve("runs/small-depth-1/product.npy")));
    }

    @Test
    void aSignalEndsItWithNothingWritten() throws Exception {
        List<String> options = List.of("-Dgradus.columns=80");
        String[] endless = {"--method", "nuclear-norm", "--tolerance", "1e-300", "--max-iterations", "2000000000"};
        try (Fork fork = start(options, endless)) {
            fork.await(() -> shows(fork, "iteration 200,"));
            fork.signal("INT");
            assertEquals(130, fork.exit(20));
            List<String> said = fork.err();
            assertTrue(said.get(said.size() - 1).endsWith("interrupted; nothing was written"), said::toString);
        }
        assertFalse(Files.exists(folder.resolve("runs")));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0, 3, 'iteration 40, gap 1.0e-01, 0:03'",
        "0, 1, 0.25, 3, 'iteration 40, gap 1.0e-01, 0:03, 0:09 left'",
        "6, 20, 0.5, 61, 'penalty 7/20, iteration 40, gap 1.0e-01, 1:01, 1:01 left'"
    })
    void progressTellsWhatIsLeftAtTheRateSoFar(int current, int of, double done, double seconds, String text) {
        Certificate certificate = new Certificate(0, 10, 9, 0.1, 0.1, new double[0], 40, false);
        assertEquals(text, BaselineProgress.text(certificate, current, of, done, seconds));
    }
}
