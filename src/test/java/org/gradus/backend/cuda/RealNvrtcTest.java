package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradus.backend.BackendException;
import org.gradus.backend.Precision;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * NVIDIA's own NVRTC takes the kernels; no GPU is needed. It runs where NVIDIA's libraries were asked for: with the Maven
 * profile {@code cuda-redist}, or where GRADUS_CUDA or GRADUS_PYTHON_ENV is set. In one process with the emulator only one of
 * both could be loaded, so it needs a run of its own: {@code mvn -Pcuda-redist -Dtest=RealNvrtcTest test}.
 */
final class RealNvrtcTest {
    @TempDir
    Path cache;

    static Stream<Arguments> kernels() {
        return Stream.of(KernelSource.values())
                .flatMap(source -> Stream.of(75, 80, 90, 100, 120)
                        .flatMap(device -> Stream.of(Precision.values())
                                .map(precision -> Arguments.of(source, device, precision))));
    }

    @BeforeEach
    void load() {
        assumeTrue(asked(), "no libraries of NVIDIA's were asked for");
        Optional<String> said = Libraries.lookWithoutDriver();
        assumeTrue(said.isPresent(), "there is a driver, and the tests on a GPU compile by NVRTC");
        assertTrue(said.orElseThrow().endsWith(" are here and load; only the driver is missing"), said::toString);
    }

    /** The test is the only one of its run. */
    private static boolean asked() {
        boolean jar = RealNvrtcTest.class.getResource("/org/bytedeco/cuda/linux-x86_64/libnvrtc.so.12") != null;
        boolean named = System.getenv("GRADUS_CUDA") != null || System.getenv("GRADUS_PYTHON_ENV") != null;
        return (jar || named) && "RealNvrtcTest".equals(System.getProperty("test"));
    }

    /** Machine code where NVRTC knows the architecture, else the newest PTX below it, ended by a zero. */
    @ParameterizedTest
    @MethodSource("kernels")
    void everyKernelCompiles(KernelSource source, int device, Precision precision) {
        Compiler compiler = new Compiler(new KernelCache(cache), device / 10, device % 10);
        byte[] image = compiler.image(source, precision);
        if (compiler.architecture().equals("sm_" + device)) {
            assertEquals("\177ELF", new String(image, 0, 4, StandardCharsets.ISO_8859_1));
        } else {
            assertTrue(device > 90, "every NVRTC knows " + device);
            assertEquals(0, image[image.length - 1]);
            String ptx = new String(image, StandardCharsets.US_ASCII);
            assertTrue(ptx.contains(".target " + compiler.architecture().replace("compute_", "sm_")), ptx);
            assertTrue(ptx.contains(".visible .entry "), ptx);
        }
    }

    @Test
    void whatDoesNotCompileIsSaidInNvrtcsWords() {
        Compiler compiler = new Compiler(new KernelCache(cache), 9, 0);
        String said = assertThrows(
                        BackendException.class,
                        () -> compiler.compile(
                                "odd.cu", "__global__ void f(int *x) { *x = y; }", List.of("--gpu-architecture=sm_90")))
                .getMessage();
        assertTrue(said.contains("odd.cu(1): error: identifier \"y\" is undefined"), said);
    }
}
