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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * NVIDIA's own NVRTC takes the kernels, where its libraries are; no GPU is needed. With the Maven profile {@code cuda-redist}
 * they are, as with GRADUS_CUDA or GRADUS_PYTHON_ENV.
 */
@Tag("gpu") // in the process that loads NVIDIA's libraries, not the emulator's
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
        assumeTrue(Places.driver().isEmpty(), "there is a driver, and what runs on it is compiled by NVRTC");
        Optional<String> said = Libraries.lookWithoutDriver();
        assumeTrue(said.isPresent(), "no libraries of NVIDIA's are here");
        assertTrue(said.orElseThrow().endsWith(" are here and load; only the driver is missing"), said::toString);
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
