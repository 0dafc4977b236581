package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** JCuda's natives on libraries that have the names and versions of CUDA 13, in processes of their own. */
@EnabledOnOs(OS.LINUX)
final class Cuda13Test {
    private static final String KEPT = "tmpdir kept: true";

    @TempDir
    Path folder;

    private FakeCuda cuda;

    @BeforeEach
    void open() throws IOException {
        cuda = new FakeCuda(folder);
    }

    /** Whole but for what is named, below usr/local/cuda-13.1. */
    private Path install(CudaRelease release, String... without) throws Exception {
        cuda.write("cuda", StandInCalls.DRIVER).write("cublas", StandInCalls.BLAS);
        cuda.write("cusolver", StandInCalls.SOLVER).write("nvrtc", StandInCalls.COMPILER);
        cuda.at("usr/lib64").driver(13010, 1);
        Path libraries = cuda.at("usr/local/cuda/lib64").place();
        cuda.toolkit(release, without);
        return libraries;
    }

    @Test
    void everythingIsLoadedUnderItsNewNameAndTellsItsVersion() throws Exception {
        Path libraries = install(CudaRelease.CUDA_13);
        List<String> said = cuda.run(Map.of(), "load", "way");
        assertEquals(
                List.of(
                        "driver for CUDA 13.1, cuBLAS 13.7.1, cuSOLVER 12.0.4, NVRTC 13.1",
                        "driver 13.1 libcuda.so.1",
                        "nvjitlink 13 libnvJitLink.so.13",
                        "cublaslt 13 libcublasLt.so.13",
                        "cublas 13.7.1 libcublas.so.13",
                        "cusparse 12 libcusparse.so.12",
                        "cusolver 12.0.4 libcusolver.so.12",
                        "cusolvermg 12 libcusolverMg.so.12",
                        "nvrtc-builtins 13.1 libnvrtc-builtins.so.13.1",
                        "nvrtc 13.1 libnvrtc.so.13",
                        "CUDA 13 (the system's), no remark",
                        KEPT),
                said);
        assertTrue(Files.exists(libraries));
        try (var natives = Files.list(folder.resolve("cache/natives"))) {
            assertEquals(
                    1,
                    natives.filter(each -> each.getFileName().toString().matches("12\\.6\\.0-cuda13-[0-9a-f]{12}"))
                            .count());
        }
    }

    /** Of CUDA 12 as well: the renaming changes nothing but names. */
    @ParameterizedTest
    @EnumSource(CudaRelease.class)
    void everyArgumentAndReturnedValueArrives(CudaRelease release) throws Exception {
        install(release);
        List<String> said = cuda.run(Map.of(), "load", "call");
        int from = said.indexOf(said.stream()
                .filter(line -> line.startsWith("0x123456789abcdef0 "))
                .findFirst()
                .orElse("no gemm in " + said));
        assertEquals(
                List.of(
                        "0x123456789abcdef0 1 0 2 -3 4 -0.10000000000000001 0x7f1234560010 5 1099511627776"
                                + " 0x7f1234560120 6 -7 1e-300 0x7f1234561230 8"
                                + " 9223372036854775807 9",
                        "gemm 13",
                        "0x123456789abcdef0 1 2 -3 0.100000001 0x7f1234560010 4 0x7f1234560120 -5 -2"
                                + " 0x7f1234561230 2147483647",
                        "gemv 14",
                        "size 0 12034",
                        "0x99 0.33333333333333331",
                        "0x1122334455667788 N A 1 2 0x7f1234560010 3 0x7f1234560120 (nil) 4 0x7f1234561230 5"
                                + " 0x7f1234560010 6 (nil) 0x7f1234560120",
                        "gesvd 6",
                        "text name.cu 0",
                        "0x55 2 --one -DTWO=2",
                        "ptx 0 ptx!",
                        KEPT),
                said.subList(Math.max(0, from), said.size()));
    }

    @Test
    void aFunctionThatIsMissingIsNamedBeforeAnythingIsCalled() throws Exception {
        Path libraries = install(CudaRelease.CUDA_13, "cusolverDnSgesvd", "cusolverDnSgesvdj");
        List<String> said = cuda.run(Map.of(), "load", "load");
        String line = "cuda: " + libraries + "/libcusolver.so.12 lacks cusolverDnSgesvd, cusolverDnSgesvdj, which this"
                + " version calls; update CUDA's libraries";
        assertEquals(List.of(line, line, KEPT), said);
    }

    @ParameterizedTest
    @EnumSource(CudaLibrary.class)
    void aLibraryThatIsMissingIsNamedBeforeAnythingIsCalled(CudaLibrary library) throws Exception {
        Path libraries = install(CudaRelease.CUDA_13);
        String file = library.file(CudaRelease.CUDA_13) + (library == CudaLibrary.NVRTC_BUILTINS ? "1" : "");
        Files.delete(libraries.resolve(file));
        String told = library == CudaLibrary.CUBLAS ? "libcusolver.so.12" : "libcublas.so.13";
        String name = library == CudaLibrary.NVRTC_BUILTINS ? "libnvrtc-builtins.so.13.x" : file;
        assertEquals(
                List.of(
                        "cuda: CUDA 13 is here only in part (the system's): " + libraries.resolve(told) + ", but no "
                                + name + "; install what is missing, or let GRADUS_CUDA name a folder that has all",
                        KEPT),
                cuda.run(Map.of(), "load"));
    }

    @Test
    void eagerBindingIsRefused() throws Exception {
        install(CudaRelease.CUDA_13);
        Files.delete(folder.resolve("usr/lib64/libcuda.so.1"));
        assertEquals(
                List.of(
                        "besides, the libraries are not usable: LD_BIND_NOW is set, with which JCuda's libraries cannot be"
                                + " loaded; unset it",
                        KEPT),
                cuda.run(Map.of("LD_BIND_NOW", "1"), "look"));
    }

    @Test
    void withoutADriverTheLibrariesAreLoadedToTellThatOnlyTheDriverIsMissing() throws Exception {
        install(CudaRelease.CUDA_13);
        Files.delete(folder.resolve("usr/lib64/libcuda.so.1"));
        assertEquals(
                List.of(
                        "cuda: no NVIDIA driver was found (libcuda.so.1); install NVIDIA's driver, version 525 or newer, or"
                                + " use --backend cpu",
                        "the libraries of CUDA 13 are here and load; only the driver is missing",
                        "CUDA 13 (the system's), no remark",
                        KEPT),
                cuda.run(Map.of(), "load", "look", "way"));
    }
}
