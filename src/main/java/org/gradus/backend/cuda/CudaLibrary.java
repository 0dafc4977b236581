package org.gradus.backend.cuda;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * CUDA's libraries in the order of loading: each after those that it needs, so that the loader meets every needed name as
 * one already there.
 */
enum CudaLibrary {
    NVJITLINK("libnvJitLink.so.", "12", "13"),
    CUBLASLT("libcublasLt.so.", "12", "13"),
    CUBLAS("libcublas.so.", "12", "13"),
    CUSPARSE("libcusparse.so.", "12", "12"),
    CUSOLVER("libcusolver.so.", "11", "12"),
    CUSOLVERMG("libcusolverMg.so.", "11", "12"),
    /** NVRTC opens it by the name of its own minor version, such as libnvrtc-builtins.so.12.6. */
    NVRTC_BUILTINS("libnvrtc-builtins.so.", "12.", "13."),
    NVRTC("libnvrtc.so.", "12", "13");

    static final String DRIVER_FILE = "libcuda.so.1";

    private final String stem;
    private final String twelve;
    private final String thirteen;

    CudaLibrary(String stem, String twelve, String thirteen) {
        this.stem = stem;
        this.twelve = twelve;
        this.thirteen = thirteen;
    }

    /** The name to look for (SONAME); of NVRTC_BUILTINS only how it begins. */
    String file(CudaRelease release) {
        return stem + (release == CudaRelease.CUDA_12 ? twelve : thirteen);
    }

    /** The name in {@code entry-points.txt}, for people and for the manifest. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<CudaLibrary> ofCuda() {
        return List.of(values());
    }

    /** Those that JCuda's natives link to; the emulator has no others. */
    static List<CudaLibrary> linked() {
        return List.of(CUBLAS, CUSOLVER, CUSOLVERMG, NVRTC);
    }

    /** Those that tell a release: cuSPARSE has the same name in both, and the others come with these. */
    static Stream<CudaLibrary> telling() {
        return Stream.of(CUBLAS, CUSOLVER, NVRTC);
    }
}
