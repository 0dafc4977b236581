package org.gradus.backend.cuda;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gradus.backend.BackendException;

/**
 * CUDA's libraries besides the driver, in this process; none of them needs the driver to be loaded.
 *
 * @param passed what was passed over on the way to them
 */
record LoadedToolkit(Toolkit toolkit, NativeFolder natives, List<String> passed) {

    /**
     * Asks the libraries for every name that is called, loads them, and initialises JCuda's classes.
     *
     * @throws BackendException if a name is missing or a library does not load
     */
    static LoadedToolkit load(Ways.Finding finding) {
        Toolkit toolkit = finding.toolkit();
        Map<CudaLibrary, Path> libraries = toolkit.libraries();
        libraries.forEach((library, path) -> EntryPoints.require(library.label(), path));
        NativeFolder natives = JCudaClasses.unpack(toolkit.release(), JCudaNative.OTHERS);
        libraries.values().forEach(JCudaClasses::load);
        JCudaClasses.initialise(natives, JCudaNative.OTHERS);
        requireMatchingBuiltins(libraries);
        return new LoadedToolkit(toolkit, natives, finding.passed());
    }

    /** @throws BackendException if the driver is too old for libraries of this release */
    void requireDriver(int version) {
        CudaRelease release = toolkit.release();
        if (version < release.oldestDriver()) {
            throw new BackendException("cuda: the NVIDIA driver knows CUDA up to " + Libraries.versionText(version)
                    + ", and the libraries here are " + toolkit.describe() + "; update the driver to version "
                    + release.driverNumber() + " or newer, or let GRADUS_CUDA name a folder of CUDA 12");
        }
    }

    List<Libraries.Library> list() {
        return toolkit.libraries().entrySet().stream()
                .map(each -> new Libraries.Library(
                        each.getKey().label(), version(each.getKey(), each.getValue()), each.getValue()))
                .toList();
    }

    private static String version(CudaLibrary library, Path path) {
        return switch (library) {
            case CUBLAS -> LibraryVersions.cublas();
            case CUSOLVER -> LibraryVersions.cusolver();
            case NVRTC -> LibraryVersions.nvrtc();
            default -> Toolkit.version(path);
        };
    }

    /** NVRTC looks for its builtins by the name of its own minor version. */
    private static void requireMatchingBuiltins(Map<CudaLibrary, Path> libraries) {
        Path builtins = libraries.get(CudaLibrary.NVRTC_BUILTINS);
        String version = LibraryVersions.nvrtc();
        String needed = "libnvrtc-builtins.so." + version;
        if (builtins != null && !builtins.getFileName().toString().equals(needed)) {
            throw new BackendException("cuda: " + libraries.get(CudaLibrary.NVRTC) + " is NVRTC " + version
                    + " and needs " + needed + ", but only " + builtins
                    + " is here; install both from one release of CUDA");
        }
    }
}
