package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gradus.backend.BackendException;
import org.gradus.backend.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompilerTest {
    private static final int[] SUPPORTED = {75, 80, 86, 89, 90};

    @ParameterizedTest
    @CsvSource({
        "7, 5, sm_75, true",
        "8, 9, sm_89, true",
        "9, 0, sm_90, true",
        "8, 7, compute_86, false",
        "10, 0, compute_90, false",
        "12, 1, compute_90, false"
    })
    void machineCodeForDevicesThatNvrtcKnowsElseTheNewestPtxBelow(int major, int minor, String option, boolean binary) {
        assertEquals(new Compiler.Target(option, binary), Compiler.Target.of(SUPPORTED, major, minor));
    }

    @Test
    void aDeviceOlderThanNvrtcIsRefused() {
        BackendException refused = assertThrows(BackendException.class, () -> Compiler.Target.of(SUPPORTED, 6, 1));
        assertTrue(refused.getMessage().contains("6.1") && refused.getMessage().contains("7.5"), refused.getMessage());
    }

    @Test
    void theFirstErrorOfALogIsShown() {
        String log =
                "x.cu(3): warning #1: unused\n\nx.cu(7): error: identifier \"y\" is undefined\n  y = 1;\n1 error detected";
        assertEquals("x.cu(7): error: identifier \"y\" is undefined", Compiler.firstError(log));
        assertEquals("odd", Compiler.firstError("\nodd\n"));
        assertEquals("no message", Compiler.firstError(""));
    }

    @Test
    void aSourceThatDoesNotCompileIsOneLineWithTheLogAsItsCause(@TempDir Path cache) {
        try (KernelDevice device = KernelDevice.open(cache)) {
            Compiler compiler = new Compiler(
                    new KernelCache(cache), device.info().major(), device.info().minor());
            List<String> options = List.of("--gpu-architecture=sm_90", "-DREAL=float");
            BackendException refused = assertThrows(
                    BackendException.class, () -> compiler.compile("odd.cu", "\n#error no such thing\n", options));
            String message = refused.getMessage();
            assertEquals(1, message.lines().count());
            assertTrue(message.contains("odd.cu(2): error"), message);
            assertTrue(message.contains("sm_90"), message);
            assertTrue(refused.getCause().getMessage().contains("no such thing"), "the log");
        }
    }

    @Test
    void everySourceAndPrecisionIsKeptInAFileOfItsOwn(@TempDir Path cache) throws IOException {
        try (KernelDevice device = KernelDevice.open(cache)) {
            Compiler compiler = new Compiler(
                    new KernelCache(cache), device.info().major(), device.info().minor());
            for (int round = 0; round < 2; round++) {
                for (KernelSource source : KernelSource.values()) {
                    for (Precision precision : Precision.values()) {
                        assertTrue(compiler.image(source, precision).length > 0, source.fileName());
                    }
                }
            }
            try (Stream<Path> files = Files.list(cache)) {
                assertEquals((long) KernelSource.values().length * Precision.values().length, files.count());
            }
        }
    }
}
