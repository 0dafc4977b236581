package org.gradus.backend.cuda;

import java.nio.file.Path;
import java.util.Map;
import jcuda.jcublas.JCublas2;
import jcuda.jcusolver.JCusolver;
import jcuda.nvrtc.JNvrtc;
import org.gradus.backend.BackendException;

/** Versions in the libraries' own words, which need no device. */
final class Versions {
    private Versions() {}

    /** JCuda's classes are initialised. */
    static String of(CudaLibrary library, Path path) {
        return switch (library) {
            case CUBLAS -> blas(0) + "." + blas(1) + "." + blas(2);
            case CUSOLVER -> solver();
            case NVRTC -> nvrtc();
            default -> Toolkit.version(path);
        };
    }

    /** @param part 0 major, 1 minor, 2 patch */
    private static int blas(int part) {
        int[] value = new int[1];
        Status.blas("cublasGetProperty", JCublas2.cublasGetProperty(part, value));
        return value[0];
    }

    /** 1000·major + 100·minor + patch */
    private static String solver() {
        int[] value = new int[1];
        Status.solver("cusolverGetVersion", JCusolver.cusolverGetVersion(value));
        return value[0] / 1000 + "." + value[0] / 100 % 10 + "." + value[0] % 100;
    }

    private static String nvrtc() {
        int[] major = new int[1];
        int[] minor = new int[1];
        Status.nvrtc("nvrtcVersion", JNvrtc.nvrtcVersion(major, minor));
        return major[0] + "." + minor[0];
    }

    /** @throws BackendException if NVRTC's builtins are those of another minor version: it would find none */
    static void requireMatchingBuiltins(Map<CudaLibrary, Path> libraries) {
        Path builtins = libraries.get(CudaLibrary.NVRTC_BUILTINS);
        String needed = "libnvrtc-builtins.so." + nvrtc();
        if (builtins != null && !builtins.getFileName().toString().equals(needed)) {
            throw new BackendException("cuda: " + libraries.get(CudaLibrary.NVRTC) + " is NVRTC " + nvrtc()
                    + " and needs " + needed + ", but only " + builtins
                    + " is here; install both from one release of CUDA");
        }
    }
}
