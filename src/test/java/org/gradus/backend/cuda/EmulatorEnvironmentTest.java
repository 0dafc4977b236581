package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jcuda.driver.CUdeviceptr;
import jcuda.driver.JCudaDriver;
import org.junit.jupiter.api.Test;

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

    private static List<String> run(Map<String, String> environment) throws Exception {
        Emulator.build();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName());
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
    void theCallThatItNamesFailsAndLeaksArePrintedAtTheEnd() throws Exception {
        List<String> lines = run(Map.of("GRADUS_EMULATOR_FAIL", "cuMemAlloc_v2:2", "GRADUS_EMULATOR_LEAKS", "1"));
        assertEquals("0 2 12060", lines.get(0));
        assertTrue(lines.get(1).contains("nothing leaked"), lines.toString());
        assertTrue(
                run(Map.of("GRADUS_EMULATOR_LEAKS", "1")).get(2).contains("device block"),
                "the second block was not freed");
    }
}
