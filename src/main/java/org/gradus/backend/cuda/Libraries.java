package org.gradus.backend.cuda;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jcuda.driver.JCudaDriver;
import org.gradus.backend.BackendException;

/**
 * CUDA's libraries in this process: found, asked for the names that are called, and loaded once by full path, before JCuda
 * asks for them by name. With {@code GRADUS_EMULATED_GPU=1} (or {@code -Dgradus.emulated-gpu=true}) all of them are the
 * emulator's, from the folder that {@code -Dgradus.emulator} names, and no real device is looked for.
 *
 * <p>Every failure is a BackendException of one line: {@code cuda: what is wrong; what can be done}.
 */
public final class Libraries {
    /**
     * A library that is loaded; the version as it tells it, as the name of its file does where Gradus calls nothing in it, for
     * the driver that of its CUDA.
     */
    public record Library(String name, String version, Path path) {}

    /** CUDA's numbers for versions are 1000·major + 10·minor. */
    private static final int OLDEST_DRIVER = 12_000;

    /** The libraries that Gradus itself calls, as NVIDIA writes them. */
    private static final Map<String, String> SHOWN =
            Map.of("driver", "driver for CUDA", "cublas", "cuBLAS", "cusolver", "cuSOLVER", "nvrtc", "NVRTC");

    private static final Once<Driver> DRIVER = new Once<>();
    private static final Once<Map<CudaLibrary, Path>> TOOLKIT = new Once<>();

    /** @param missing names that are called and that it does not export */
    private record Driver(Path path, NativeFolder natives, List<String> missing) {}

    private Libraries() {}

    /** Whether the emulator takes the place of a device. */
    public static boolean emulated() {
        return "1".equals(System.getenv("GRADUS_EMULATED_GPU")) || Boolean.getBoolean("gradus.emulated-gpu");
    }

    /**
     * Looks whether there can be a device; no class of JCuda is touched and nothing is loaded.
     *
     * @return the driver's file
     * @throws BackendException if this platform has no CUDA or no driver is installed
     */
    public static Path findDriver() {
        refuseOtherPlatforms(System.getProperty("os.name"), System.getProperty("os.arch"));
        return search().findDriver().orElseThrow(Libraries::noDriver);
    }

    /**
     * Loads the driver and starts it; at least one device is there.
     *
     * @throws BackendException if there is no driver, an old one, or no device
     */
    static void startDriver() {
        Path path = findDriver();
        Driver driver = DRIVER.get(() -> loadDriver(path));
        if (!driver.path().equals(path)) {
            throw new BackendException("cuda: " + driver.path() + " is loaded in this process, and " + path
                    + " cannot be loaded beside it; use a process for each");
        }
        int version = driverVersion();
        if (version < OLDEST_DRIVER) {
            throw new BackendException(
                    "cuda: the NVIDIA driver (" + driver.path() + ") knows CUDA up to " + versionText(version)
                            + ", and this version needs 12.0; update the driver to version 525 or newer");
        }
        EntryPoints.require("cuda", driver.path(), driver.missing());
        Status.driver("cuInit", JCudaDriver.cuInit(0));
        if (DeviceInfo.count() == 0) {
            throw new BackendException("cuda: the NVIDIA driver shows no device; see nvidia-smi, and whether"
                    + " CUDA_VISIBLE_DEVICES hides it");
        }
    }

    /**
     * Loads everything; JCuda's classes can be called afterwards.
     *
     * @throws BackendException as {@link #startDriver}, and if libraries of CUDA 12 are missing or do not load
     */
    static void load() {
        startDriver();
        TOOLKIT.get(Libraries::loadToolkit);
    }

    static boolean driverLoaded() {
        return DRIVER.made().isPresent();
    }

    /** The newest CUDA that the driver knows, 1000·major + 10·minor; the driver is loaded. */
    static int driverVersion() {
        int[] version = new int[1];
        Status.driver("cuDriverGetVersion", JCudaDriver.cuDriverGetVersion(version));
        return version[0];
    }

    static String versionText(int version) {
        return version / 1000 + "." + version % 1000 / 10;
    }

    /** What is loaded, the driver first. */
    public static List<Library> loaded() {
        List<Library> loaded = new ArrayList<>();
        DRIVER.made()
                .ifPresent(driver -> loaded.add(new Library("driver", versionText(driverVersion()), driver.path())));
        TOOLKIT.made()
                .ifPresent(toolkit -> toolkit.forEach(
                        (library, path) -> loaded.add(new Library(library.label(), version(library, path), path))));
        return loaded;
    }

    private static String version(CudaLibrary library, Path path) {
        return switch (library) {
            case CUBLAS -> LibraryVersions.cublas();
            case CUSOLVER -> LibraryVersions.cusolver();
            case NVRTC -> LibraryVersions.nvrtc();
            default -> Toolkit.version(path);
        };
    }

    /** Driver and libraries with their versions, and what is unusual about them, on one line. */
    static String describe() {
        String versions = loaded().stream()
                .filter(each -> SHOWN.containsKey(each.name()))
                .map(each -> SHOWN.get(each.name()) + " " + each.version())
                .collect(Collectors.joining(", "));
        return versions + remark().map(text -> "; " + text).orElse("");
    }

    /** name, version and path of each library, for the manifest. */
    static List<Map<String, Object>> details() {
        return loaded().stream()
                .map(each -> {
                    Map<String, Object> details = new LinkedHashMap<>();
                    details.put("name", each.name());
                    details.put("version", each.version());
                    details.put("path", each.path().toString());
                    return details;
                })
                .toList();
    }

    /** What the user should know about how the libraries were loaded; empty where all is as usual. */
    public static Optional<String> remark() {
        return DRIVER.made().flatMap(driver -> driver.natives().remark());
    }

    private static Driver loadDriver(Path path) {
        refuseEagerBinding(System.getenv("LD_BIND_NOW"));
        List<String> missing = EntryPoints.missing("cuda", path);
        if (missing.contains("cuDriverGetVersion")) { // too old even to tell its version, or no driver at all
            EntryPoints.require("cuda", path, missing);
        }
        NativeFolder natives = JCudaClasses.unpack();
        JCudaClasses.load(path);
        JCudaClasses.initialiseDriver(natives);
        return new Driver(path, natives, missing);
    }

    private static Map<CudaLibrary, Path> loadToolkit() {
        Map<CudaLibrary, Path> found =
                Toolkit.find(search(), emulated() ? CudaLibrary.ofEmulator() : CudaLibrary.ofCuda());
        found.forEach((library, path) -> EntryPoints.require(library.label(), path));
        found.values().forEach(JCudaClasses::load);
        JCudaClasses.initialiseOthers(DRIVER.made().orElseThrow().natives());
        return found;
    }

    private static LibrarySearch search() {
        return emulated() ? LibrarySearch.ofFolder(emulator()) : LibrarySearch.ofSystem(System.getenv(), Path.of("/"));
    }

    /** -Dgradus.emulator, which the launcher sets, else as in a checkout. */
    private static Path emulator() {
        return Path.of(System.getProperty("gradus.emulator", "target/emulator"))
                .toAbsolutePath()
                .normalize();
    }

    private static BackendException noDriver() {
        return new BackendException(
                emulated()
                        ? "cuda: there is no emulator in " + emulator()
                                + "; GRADUS_EMULATED_GPU=1 ./gradus devices builds it"
                        : "cuda: no NVIDIA driver was found (libcuda.so.1); install NVIDIA's driver, version 525 or newer,"
                                + " or use --backend cpu");
    }

    static void refuseOtherPlatforms(String os, String architecture) {
        boolean here = os.toLowerCase(Locale.ROOT).contains("linux")
                && (architecture.equals("amd64") || architecture.equals("x86_64"));
        if (!here) {
            throw new BackendException("cuda: only on Linux x86-64 in this version, not on " + os + " " + architecture
                    + " (JCuda has natives for linux-x86_64 and windows-x86_64 only); use --backend cpu");
        }
    }

    /** JCuda's natives name a thousand functions, and no one CUDA has them all: only those called may be looked up. */
    static void refuseEagerBinding(String value) {
        if (value != null && !value.isEmpty()) {
            throw new BackendException(
                    "cuda: LD_BIND_NOW is set, with which JCuda's libraries cannot be loaded; unset it");
        }
    }
}
