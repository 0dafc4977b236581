package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Debian's Python, the only one that sees the packages which Debian installs. */
final class Python {
    private static final String PROGRAM = "/usr/bin/python3";

    private Python() {}

    /** Fails without the module where GRADUS_REQUIRE_TOOLS=1 asks for it, skips the test otherwise. */
    static void require(String module, String debianPackage) throws IOException, InterruptedException {
        if (Files.isExecutable(Path.of(PROGRAM)) && status("-c", "import " + module) == 0) {
            return;
        }
        String reason = PROGRAM + " has no " + module + ": apt-get install " + debianPackage;
        if ("1".equals(System.getenv("GRADUS_REQUIRE_TOOLS"))) {
            fail(reason);
        }
        Assumptions.abort(reason);
    }

    private static int status(String... arguments) throws IOException, InterruptedException {
        Process process = builder(arguments)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** What it prints. */
    static String run(Path folder, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = builder(arguments)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            fail("not done after two minutes");
        }
        assertEquals(0, process.exitValue(), () -> lines(err));
        return Files.readString(out);
    }

    private static String lines(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of(PROGRAM));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
