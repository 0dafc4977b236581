package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gradus.backend.cuda.EmulatedCuda;
import org.gradus.backend.cuda.Emulator;
import org.gradus.store.JsonFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gpu-check} on the emulated GPU, in a process of its own. */
final class EmulatedCheckTest {
    @TempDir
    private Path folder;

    private Path json;

    @BeforeEach
    void loadTheEmulator() {
        Emulator.load();
        json = folder.resolve("check.json");
    }

    private int check(String environment, int limit, int patience) throws IOException, InterruptedException {
        List<String> arguments = List.of("gpu-check", "--limit", "" + limit, "--json", json.toString());
        try (Fork fork = Fork.start(folder, environment, EmulatedCuda.options(), arguments)) {
            return fork.exit(patience);
        }
    }

    private List<Map<?, ?>> findings() {
        return ((List<?>) JsonFile.read(json).get("findings"))
                .stream().<Map<?, ?>>map(each -> (Map<?, ?>) each).toList();
    }

    /** Long before the first piece of work ends. */
    @Test
    void aDeviceThatHangsIsLeftBehindAtTheLimitAndSaidSo() throws Exception {
        long start = System.nanoTime();
        assertEquals(ExitCode.DEVICE, check("export GRADUS_EMULATOR_DELAY_US=1000000000; ", 4, 40));
        assertTrue(System.nanoTime() - start < 30e9);
        Map<?, ?> last = findings().get(findings().size() - 1);
        assertEquals("this has not ended", last.get("what"));
        assertEquals("failed", last.get("verdict"));
        assertEquals("verbs", last.get("section"));
        assertEquals(false, JsonFile.read(json).get("passed"));
    }

    @Test
    void whatIsWrongWithADeviceIsAFindingAndTheRestIsExaminedAllTheSame() throws Exception {
        assertEquals(ExitCode.DEVICE, check("export GRADUS_EMULATOR_FAIL=cublasDgemmStridedBatched:3; ", 20, 90));
        List<Map<?, ?>> failed = findings().stream()
                .filter(each -> "failed".equals(each.get("verdict")))
                .toList();
        assertEquals(1, failed.size(), failed::toString);
        assertTrue(("" + failed.get(0).get("note")).startsWith("cuda: cublasDgemmStridedBatched: "), failed::toString);
        assertTrue(findings().stream()
                .anyMatch(each -> "golden".equals(each.get("section")) && "ok".equals(each.get("verdict"))));
    }
}
