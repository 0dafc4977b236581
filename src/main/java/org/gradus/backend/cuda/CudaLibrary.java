package org.gradus.backend.cuda;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The libraries of CUDA 12 in the order of loading: each after those that it needs, so that the loader meets every needed
 * name as one already there.
 */
enum CudaLibrary {
    NVJITLINK("libnvJitLink.so.12", false),
    CUBLASLT("libcublasLt.so.12", false),
    CUBLAS("libcublas.so.12", true),
    CUSPARSE("libcusparse.so.12", false),
    CUSOLVER("libcusolver.so.11", true),
    CUSOLVERMG("libcusolverMg.so.11", true),
    /** NVRTC opens it by the name of its own minor version, such as libnvrtc-builtins.so.12.6. */
    NVRTC_BUILTINS("libnvrtc-builtins.so.12.", false),
    NVRTC("libnvrtc.so.12", true);

    static final String DRIVER_FILE = "libcuda.so.1";

    private final String file;
    private final boolean emulated;

    CudaLibrary(String file, boolean emulated) {
        this.file = file;
        this.emulated = emulated;
    }

    /** The name to look for (SONAME); of NVRTC_BUILTINS only how it begins. */
    String file() {
        return file;
    }

    /** The name in {@code entry-points.txt}, for people and for the manifest. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<CudaLibrary> ofCuda() {
        return List.of(values());
    }

    /** Those that the emulator has: what JCuda's natives link to. */
    static List<CudaLibrary> ofEmulator() {
        return Stream.of(values()).filter(library -> library.emulated).toList();
    }
}
