package org.gradus.backend.cuda;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.gradus.backend.BackendException;

/** Where driver and libraries are looked for: all over this machine, or in the emulator's folder. */
final class Places {
    private Places() {}

    static Optional<Path> driver() {
        List<Path> folders = Libraries.emulated() ? List.of(emulator()) : system().driver();
        return new LibrarySearch(folders).find(CudaLibrary.DRIVER_FILE);
    }

    static BackendException noDriver() {
        return new BackendException(
                Libraries.emulated()
                        ? "cuda: there is no emulator in " + emulator()
                                + "; GRADUS_EMULATED_GPU=1 ./gradus devices builds it"
                        : "cuda: no NVIDIA driver was found (libcuda.so.1); install NVIDIA's driver, version 525 or newer,"
                                + " or use --backend cpu");
    }

    /** @throws BackendException if there is none, or none that is whole */
    static Ways.Finding toolkit() {
        if (Libraries.emulated()) {
            return emulatorsToolkit();
        }
        Ways ways = ways();
        return ways.find().orElseThrow(ways::nothing);
    }

    static Ways ways() {
        Path cache = NativeFolder.cache();
        Way redist =
                root().equals(Path.of("/")) ? new RedistJar(Places.class.getClassLoader(), cache) : Optional::empty;
        return Ways.of(system(), redist);
    }

    private static SystemFolders system() {
        return new SystemFolders(System.getenv(), root());
    }

    /** -Dgradus.root is another root of the file system, for tests: a machine of its own, without this one's class path. */
    private static Path root() {
        return Path.of(System.getProperty("gradus.root", "/"));
    }

    private static Ways.Finding emulatorsToolkit() {
        Path folder = emulator();
        return Toolkit.find("the emulator", CudaRelease.CUDA_12, List.of(folder), CudaLibrary.linked())
                .map(toolkit -> new Ways.Finding(toolkit, List.of()))
                .orElseThrow(() -> new BackendException("cuda: the emulator in " + folder
                        + " has only its driver; GRADUS_EMULATED_GPU=1 ./gradus devices builds it"));
    }

    /** -Dgradus.emulator, which the launcher sets, else as in a checkout. */
    private static Path emulator() {
        return Path.of(System.getProperty("gradus.emulator", "target/emulator"))
                .toAbsolutePath()
                .normalize();
    }
}
