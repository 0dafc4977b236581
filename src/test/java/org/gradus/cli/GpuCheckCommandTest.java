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

    @Test
    void aLimitOfNoTimeIsWrongUsage() {
        String line = Cli.execute("gpu-check", "--limit", "0").refused(ExitCode.USAGE);
        assertTrue(line.contains("--limit 0: a number of seconds from 1 to 86400"), line);
    }

    @Test
    void aFileThatCannotBeWrittenIsRefusedBeforeAnythingIsExamined() {
        String there = Cli.execute("gpu-check", "--json", folder.toString()).refused(ExitCode.FILES);
        assertTrue(there.contains(folder + ": cannot be written: it is there and not a regular file"), there);
        Path deep = folder.resolve("no/such/folder/check.json");
        String deeper = Cli.execute("gpu-check", "--json", deep.toString()).refused(ExitCode.FILES);
        assertTrue(deeper.contains(deep + ": cannot be written: there is no folder "), deeper);
    }
}
