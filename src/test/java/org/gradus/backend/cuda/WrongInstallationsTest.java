package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wrong and half installations of CUDA: one sentence each, that says what is wrong and what would be right. */
@EnabledOnOs(OS.LINUX)
final class WrongInstallationsTest {
    private static final String LIBRARIES = "usr/local/cuda/lib64";

    @TempDir
    Path folder;

    private FakeCuda cuda;

    @BeforeEach
    void open() throws IOException {
        cuda = new FakeCuda(folder);
    }

    /** ROOT stands for the machine's root. */
    enum Kind {
        NO_DRIVER(
                "no NVIDIA driver was found (libcuda.so.1); install NVIDIA's driver, version 525 or newer, or use --backend"
                        + " cpu"),
        OLD_DRIVER(
                "the NVIDIA driver (ROOT/usr/lib64/libcuda.so.1) knows CUDA up to 11.8, and this version needs 12.0; update"
                        + " the driver to version 525 or newer"),
        NEWER_LIBRARIES_THAN_DRIVER(
                "the NVIDIA driver knows CUDA up to 12.8, and the libraries here are CUDA 13 (the system's); update the"
                        + " driver to version 580 or newer, or let GRADUS_CUDA name a folder of CUDA 12"),
        NO_LIBRARIES("no libraries of CUDA 12 or 13 were found; install CUDA 12 or 13, or take one of the other ways of"
                + " docs/gpu.md (looked in ROOT/usr/lib64)"),
        OTHER_RELEASE("this version needs the libraries of CUDA 12 or 13, and only those of CUDA 11 are here"
                + " (ROOT/usr/local/cuda/lib64/libcublas.so.11); install CUDA 12 or 13, or take one of the other ways"
                + " of docs/gpu.md"),
        HALF("CUDA 12 is here only in part (the system's): ROOT/usr/local/cuda/lib64/libcublas.so.12, but no"
                + " libcusolver.so.11, libcusolverMg.so.11; install what is missing, or let GRADUS_CUDA name a folder"
                + " that has all"),
        WITHOUT_A_FUNCTION(
                "ROOT/usr/local/cuda/lib64/libcublas.so.12 lacks cublasDgemmStridedBatched, which this version calls; update"
                        + " CUDA's libraries"),
        CUT_OFF(
                "ROOT/usr/local/cuda/lib64/libnvrtc.so.12 is not usable: it is damaged or cut off: its section headers lie"
                        + " outside of the file"),
        OTHER_BUILTINS(
                "ROOT/usr/local/cuda/lib64/libnvrtc.so.12 is NVRTC 12.6 and needs libnvrtc-builtins.so.12.6, but only"
                        + " ROOT/usr/local/cuda/lib64/libnvrtc-builtins.so.12.4 is here; install both from one release of"
                        + " CUDA"),
        NAMED_FOLDER_NOT_THERE(
                "GRADUS_CUDA=ROOT/opt/none is no folder; let it name a folder with libcublas.so.12 or libcublas.so.13 in it,"
                        + " its lib64 or its lib"),
        NAMED_ENVIRONMENT_WITHOUT_CUDA(
                "GRADUS_PYTHON_ENV=ROOT/usr has no libraries of CUDA 12 or 13; let it name a Python environment with the"
                        + " packages nvidia-cublas, nvidia-cusolver and nvidia-cuda-nvrtc"),
        NO_DEVICE("the NVIDIA driver shows no device; see nvidia-smi, and whether CUDA_VISIBLE_DEVICES hides it");

        private final String sentence;

        Kind(String sentence) {
            this.sentence = sentence;
        }
    }

    private Map<String, String> install(Kind kind) throws Exception {
        cuda.at("usr/lib64");
        if (kind != Kind.NO_DRIVER) {
            cuda.driver(kind == Kind.OLD_DRIVER ? 11080 : 12080, kind == Kind.NO_DEVICE ? 0 : 1);
        }
        Path libraries = folder.resolve(LIBRARIES);
        switch (kind) {
            case NEWER_LIBRARIES_THAN_DRIVER -> cuda.at(LIBRARIES).toolkit(CudaRelease.CUDA_13);
            case NO_LIBRARIES, NAMED_ENVIRONMENT_WITHOUT_CUDA -> {}
            case OTHER_RELEASE -> Files.createFile(cuda.at(LIBRARIES).place().resolve("libcublas.so.11"));
            case WITHOUT_A_FUNCTION -> cuda.at(LIBRARIES).toolkit(CudaRelease.CUDA_12, "cublasDgemmStridedBatched");
            default -> cuda.at(LIBRARIES).toolkit(CudaRelease.CUDA_12);
        }
        switch (kind) {
            case HALF -> {
                Files.delete(libraries.resolve("libcusolver.so.11"));
                Files.delete(libraries.resolve("libcusolverMg.so.11"));
            }
            case CUT_OFF -> {
                Path nvrtc = libraries.resolve("libnvrtc.so.12");
                byte[] whole = Files.readAllBytes(nvrtc);
                Files.write(nvrtc, Arrays.copyOf(whole, whole.length / 2));
            }
            case OTHER_BUILTINS ->
                Files.move(
                        libraries.resolve("libnvrtc-builtins.so.12.6"), libraries.resolve("libnvrtc-builtins.so.12.4"));
            default -> {}
        }
        return switch (kind) {
            case NAMED_FOLDER_NOT_THERE -> Map.of("GRADUS_CUDA", folder + "/opt/none");
            case NAMED_ENVIRONMENT_WITHOUT_CUDA -> Map.of("GRADUS_PYTHON_ENV", folder + "/usr");
            default -> Map.of();
        };
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void eachIsSaidInItsOwnSentenceEveryTime(Kind kind) throws Exception {
        String line = "cuda: " + kind.sentence.replace("ROOT", folder.toString());
        assertEquals(List.of(line, line, "tmpdir kept: true"), cuda.run(install(kind), "load", "load"));
    }

    @Test
    void noTwoSentencesAreAlike() {
        assertTrue(Kind.values().length >= 8);
        assertEquals(
                Kind.values().length,
                EnumSet.allOf(Kind.class).stream()
                        .map(kind -> kind.sentence)
                        .collect(Collectors.toSet())
                        .size());
    }
}
