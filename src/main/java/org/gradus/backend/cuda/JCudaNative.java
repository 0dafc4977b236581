package org.gradus.backend.cuda;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jcuda.JCudaVersion;
import jcuda.LibUtils;
import org.gradus.backend.BackendException;

/** JCuda's native libraries, the classes that load them, and what they link to. */
enum JCudaNative {
    DRIVER("JCudaDriver", "jcuda.driver.JCudaDriver"),
    BLAS("JCublas2", "jcuda.jcublas.JCublas2"),
    SOLVER("JCusolver", "jcuda.jcusolver.JCusolver"),
    NVRTC("JNvrtc", "jcuda.nvrtc.JNvrtc");

    /** What does not need the driver. */
    static final List<JCudaNative> OTHERS = List.of(BLAS, SOLVER, NVRTC);

    private final String library;
    private final String className;

    JCudaNative(String library, String className) {
        this.library = library;
        this.className = className;
    }

    String library() {
        return library;
    }

    String className() {
        return className;
    }

    /** What it links to, besides the driver and the system's libraries. */
    private List<CudaLibrary> links() {
        return switch (this) {
            case DRIVER -> List.of();
            case BLAS -> List.of(CudaLibrary.CUBLAS);
            case SOLVER -> List.of(CudaLibrary.CUSOLVER, CudaLibrary.CUSOLVERMG);
            case NVRTC -> List.of(CudaLibrary.NVRTC);
        };
    }

    /** As {@code LibUtils} forms it: libJCudaDriver-12.6.0-linux-x86_64.so. */
    String fileName() {
        return LibUtils.createLibraryFileName(LibUtils.createPlatformLibraryName(library + "-" + JCudaVersion.get()));
    }

    /**
     * The native for libraries of this release.
     *
     * @param original as JCuda has it, for CUDA 12
     * @throws BackendException if the original links to other libraries than those known
     */
    byte[] contentFor(CudaRelease release, byte[] original) {
        if (release == CudaRelease.CUDA_12 || this == DRIVER) {
            return original;
        }
        Map<String, String> renames = new LinkedHashMap<>();
        links().forEach(each -> renames.put(each.file(CudaRelease.CUDA_12), each.file(release)));
        try {
            return RenamedNatives.rename(original, renames);
        } catch (IOException e) {
            throw new BackendException(
                    "cuda: JCuda's " + fileName() + " cannot be made to use " + release + ": " + e.getMessage()
                            + "; build with JCuda 12.6.0, or use CUDA 12",
                    e);
        }
    }
}
