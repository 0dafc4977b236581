package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import jcuda.nvrtc.JNvrtc;
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
 * they are, and nothing is skipped; with GRADUS_CUDA or GRADUS_PYTHON_ENV they may be others.
 */
@Tag("gpu") // in the process that loads NVIDIA's libraries, not the emulator's
final class RealNvrtcTest {
    /** The newest architecture by NVRTC's version: NVRTC 12.6 ends with Hopper. */
    private static final Map<String, Integer> NEWEST = Map.of("12.6", 90, "13.0", 121);

    /** Of all that NVRTC 12.6 and 13.0 know, and beyond: Turing, Ampere, Hopper; Blackwell; none yet. */
    private static final int[] DEVICES = {75, 80, 90, 103, 120, 999};

    /** ELFOSABI_CUDA_V2, of CUDA 13, has the architecture in the second byte of e_flags; before, it was the first. */
    private static final int NEWER_ABI = 0x41;

    @TempDir
    Path cache;

    static Stream<Arguments> kernels() {
        return Stream.of(KernelSource.values())
                .flatMap(source -> Arrays.stream(DEVICES)
                        .boxed()
                        .flatMap(device -> Stream.of(Precision.values())
                                .map(precision -> Arguments.of(source, device, precision))));
    }

    @BeforeEach
    void load() {
        assumeTrue(Places.driver().isEmpty(), "there is a driver, and what runs on it is compiled by NVRTC");
        Optional<String> said = Libraries.lookWithoutDriver();
        if (said.isEmpty() && !Boolean.getBoolean("require.nvrtc")) {
            abort("no libraries of NVIDIA's are here");
        }
        assertTrue(
                said.orElse("nothing is here").endsWith(" are here and load; only the driver is missing"),
                said::toString);
    }

    private Compiler compiler(int device) {
        return new Compiler(new KernelCache(cache), device / 10, device % 10);
    }

    private static int[] architectures() {
        int[] count = new int[1];
        assertEquals(0, JNvrtc.nvrtcGetNumSupportedArchs(count));
        int[] known = new int[count[0]];
        assertEquals(0, JNvrtc.nvrtcGetSupportedArchs(known));
        return known;
    }

    @Test
    void machineCodeIsForTheDevicesArchitectureAndNewerDevicesGetTheNewestThatNvrtcKnows() {
        int newest = Arrays.stream(architectures()).max().orElseThrow();
        String version = LibraryVersions.nvrtc();
        assertEquals(NEWEST.getOrDefault(version, newest), newest, "NVRTC " + version);
        for (int device : new int[] {75, 80, 90}) {
            assertEquals("sm_" + device, compiler(device).architecture());
        }
        assertEquals("compute_" + newest, compiler(999).architecture());
        String blackwell = newest < 100 ? "compute_" + newest : "sm_120";
        assertEquals(blackwell, compiler(120).architecture());
        System.out.println("NVRTC " + version + ": machine code for 7.5, 8.0, 9.0; 12.0 by " + blackwell
                + ", newer by compute_" + newest);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void everyKernelIsCompiledToMachineCodeOfTheArchitectureOrToPtx(
            KernelSource source, int device, Precision precision) {
        Compiler compiler = compiler(device);
        byte[] image = compiler.image(source, precision);
        if (compiler.architecture().startsWith("sm_")) {
            assertEquals("sm_" + device, compiler.architecture());
            assertEquals(device, architectureOf(image));
        } else {
            assertTrue(device > 90, "every NVRTC knows " + device);
            assertEquals(0, image[image.length - 1], "by which the driver knows the text's end");
            String ptx = new String(image, StandardCharsets.US_ASCII);
            String target = compiler.architecture().replace("compute_", "sm_");
            assertTrue(ptx.contains("\n.target " + target + "\n"), ptx);
            for (String kernel : source.kernels()) {
                assertTrue(ptx.contains(".visible .entry " + kernel + "("), kernel);
            }
        }
    }

    /** 10·major + minor that a CUBIN's header names. */
    private static int architectureOf(byte[] cubin) {
        assertEquals("\177ELF", new String(cubin, 0, 4, StandardCharsets.ISO_8859_1));
        int flags = ByteBuffer.wrap(cubin).order(ByteOrder.LITTLE_ENDIAN).getInt(48);
        return 0xFF & (cubin[7] == NEWER_ABI ? flags >> 8 : flags);
    }

    @Test
    void whatDoesNotCompileIsSaidInNvrtcsWords() {
        String said = assertThrows(
                        BackendException.class,
                        () -> compiler(90)
                                .compile(
                                        "odd.cu",
                                        "__global__ void f(int *x) { *x = y; }",
                                        List.of("--gpu-architecture=sm_90")))
                .getMessage();
        assertTrue(said.contains("odd.cu(1): error: identifier \"y\" is undefined"), said);
    }
}
