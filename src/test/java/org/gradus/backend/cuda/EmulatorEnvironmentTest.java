package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.JCudaDriver;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the environment tells the emulator, each in a process of its own. */
final class EmulatorEnvironmentTest {

    /** Allocates 600 bytes twice, frees what it got first, and prints the statuses and the driver's version. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) {
            EmulatedDevice device = new EmulatedDevice();
            CUdeviceptr first = new CUdeviceptr();
            int one = JCudaDriver.cuMemAlloc(first, 600);
            int two = JCudaDriver.cuMemAlloc(new CUdeviceptr(), 600);
            EmulatedDevice.ok(JCudaDriver.cuMemFree(first));
            int[] version = new int[1];
            EmulatedDevice.ok(JCudaDriver.cuDriverGetVersion(version));
            System.out.println(one + " " + two + " " + version[0]);
            device.close();
        }
    }

    /** Makes one pass over a matrix and prints the remarks among the backend's details. */
    static final class Remarking {
        private Remarking() {}

        public static void main(String[] arguments) {
            try (Backend backend = EmulatedCuda.open();
                    Arena arena = backend.openArena()) {
                MatrixBatch x = arena.allocate(new Shape(1, 1, 1), Precision.FLOAT64);
                backend.ops().upload(new double[] {3}, x);
                backend.ops().sumOfSquares(x, x);
                System.out.println(backend.details().get("remarks"));
            }
        }
    }

    private static List<String> run(Map<String, String> environment) throws Exception {
        return run(Program.class, environment);
    }

    private static List<String> run(Class<?> program, Map<String, String> environment) throws Exception {
        Emulator.build();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName());
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.lines().toList();
    }

    @Test
    void withoutItThereIsMemoryAndACurrentDriver() throws Exception {
        assertEquals(List.of("0 0 12060"), run(Map.of()));
    }

    @Test
    void memoryEndsWhereItSays() throws Exception {
        assertEquals(List.of("0 2 12060"), run(Map.of("GRADUS_EMULATOR_MEMORY", "1000")));
    }

    @Test
    void theDriverIsAsOldAsItSays() throws Exception {
        assertEquals(List.of("0 0 11080"), run(Map.of("GRADUS_EMULATOR_DRIVER", "11080")));
    }

    @Test
    void aCacheThatCannotBeWrittenIsRemarkedAndHarmless(@TempDir Path folder) throws Exception {
        assertEquals(
                List.of("[]"),
                run(
                        Remarking.class,
                        Map.of("GRADUS_CACHE", folder.resolve("new").toString())));
        Path file = Files.createFile(folder.resolve("file"));
        String said =
                run(Remarking.class, Map.of("GRADUS_CACHE", file.toString())).get(0);
        assertTrue(
                said.matches(
                        "\\[JCuda's natives in .*, since " + file + "/natives/.* cannot be written .*, compiled kernels"
                                + " cannot be kept in " + file + "/kernels .*"),
                said);
    }

    @Test
    void theCallThatItNamesFailsAndLeaksArePrintedAtTheEnd() throws Exception {
        List<String> lines = run(Map.of("GRADUS_EMULATOR_FAIL", "cuMemAlloc_v2:2", "GRADUS_EMULATOR_LEAKS", "1"));
        assertEquals("0 2 12060", lines.get(0));
        assertTrue(lines.get(1).contains("nothing leaked"), lines.toString());
        assertTrue(
                run(Map.of("GRADUS_EMULATOR_LEAKS", "1")).get(2).contains("device block"),
                "the second block was not freed");
    }
}
