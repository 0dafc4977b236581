package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GpuCheckCommandTest {
    @TempDir
    Path folder;

    @Test
    void withoutAGpuItSaysWhyAndWritesNothing() {
        assumeFalse(Files.exists(Path.of("/dev/nvidiactl")), "this machine has a GPU");
        Path json = folder.resolve("check.json");
        String line = Cli.execute("gpu-check", "--json", json.toString()).refused(ExitCode.DEVICE);
        assertTrue(line.startsWith("gradus: cuda: no NVIDIA driver was found"), line);
        assertFalse(Files.exists(json));
    }

    @Test
    void aDeviceWithANegativeNumberIsWrongUsage() {
        String line = Cli.execute("gpu-check", "--device", "-1").refused(ExitCode.USAGE);
        assertTrue(line.contains("--device -1"), line);
    }
}
