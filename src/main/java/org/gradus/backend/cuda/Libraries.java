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
 * asks for them by name. How they are found: {@link Ways}. With {@code GRADUS_EMULATED_GPU=1} (or {@code -Dgradus.emulated-gpu=true}) all of them are the
 * emulator's, from the folder that {@code -Dgradus.emulator} names, and no real device is looked for.
 *
 * <p>Every failure is a BackendException of one line: {@code cuda: what is wrong; what can be done}.
 */
public final class Libraries {
    /** A library that is loaded; the version as it tells it, else as its file's name does; for the driver that of its CUDA. */
    public record Library(String name, String version, Path path) {}

    /** CUDA's numbers for versions are 1000·major + 10·minor. */
    private static final int OLDEST_DRIVER = 12_000;

    /** The libraries that Gradus itself calls, as NVIDIA writes them. */
    private static final Map<String, String> SHOWN =
            Map.of("driver", "driver for CUDA", "cublas", "cuBLAS", "cusolver", "cuSOLVER", "nvrtc", "NVRTC");

    private static final Once<Driver> DRIVER = new Once<>();
    private static final Once<LoadedToolkit> TOOLKIT = new Once<>();

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
        return Places.driver().orElseThrow(Places::noDriver);
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
     * @throws BackendException as {@link #startDriver}, and if CUDA's libraries are missing, do not load, or want a newer
     *     driver
     */
    static void load() {
        startDriver();
        TOOLKIT.get(() -> load(Places.toolkit())).requireDriver(driverVersion());
    }

    /**
     * Where there is no driver, loads the other libraries nevertheless, to tell whether only that is missing.
     *
     * @return a sentence on that; empty where a driver is here, or where nothing of CUDA is
     */
    public static Optional<String> lookWithoutDriver() {
        if (emulated() || !supported(System.getProperty("os.name"), System.getProperty("os.arch"))) {
            return Optional.empty();
        }
        try {
            if (Places.driver().isPresent()) {
                return Optional.empty();
            }
            return Places.ways().find().map(finding -> {
                LoadedToolkit loaded = TOOLKIT.get(() -> load(finding));
                return "the libraries of " + loaded.toolkit().release()
                        + " are here and load; only the driver is missing";
            });
        } catch (BackendException unusable) {
            return Optional.of("besides, the libraries are not usable: "
                    + unusable.getMessage().replaceFirst("^cuda: ", ""));
        }
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
        TOOLKIT.made().ifPresent(toolkit -> loaded.addAll(toolkit.list()));
        return loaded;
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

    /** The release of the libraries and the way by which they were found; empty while none are loaded. */
    public static Optional<String> way() {
        return TOOLKIT.made().map(loaded -> loaded.toolkit().describe());
    }

    /** What the user should know about how the libraries were loaded; empty where all is as usual. */
    public static Optional<String> remark() {
        Optional<LoadedToolkit> toolkit = TOOLKIT.made();
        List<String> remarks = new ArrayList<>();
        DRIVER.made()
                .flatMap(driver -> driver.natives().remark())
                .or(() -> toolkit.flatMap(loaded -> loaded.natives().remark()))
                .ifPresent(remarks::add);
        toolkit.ifPresent(loaded -> remarks.addAll(loaded.passed()));
        return remarks.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", remarks));
    }

    private static Driver loadDriver(Path path) {
        refuseEagerBinding(System.getenv("LD_BIND_NOW"));
        List<String> missing = EntryPoints.missing("cuda", path);
        if (missing.contains("cuDriverGetVersion")) { // too old even to tell its version, or no driver at all
            EntryPoints.require("cuda", path, missing);
        }
        NativeFolder natives = JCudaClasses.unpack(CudaRelease.CUDA_12, List.of(JCudaNative.DRIVER));
        JCudaClasses.load(path);
        JCudaClasses.initialise(natives, List.of(JCudaNative.DRIVER));
        return new Driver(path, natives, missing);
    }

    private static LoadedToolkit load(Ways.Finding finding) {
        refuseEagerBinding(System.getenv("LD_BIND_NOW"));
        return LoadedToolkit.load(finding);
    }

    static void refuseOtherPlatforms(String os, String architecture) {
        if (!supported(os, architecture)) {
            throw new BackendException("cuda: only on Linux x86-64 in this version, not on " + os + " " + architecture
                    + " (JCuda has natives for linux-x86_64 and windows-x86_64 only); use --backend cpu");
        }
    }

    private static boolean supported(String os, String architecture) {
        return os.toLowerCase(Locale.ROOT).contains("linux")
                && (architecture.equals("amd64") || architecture.equals("x86_64"));
    }

    /** JCuda's natives name a thousand functions, and no one CUDA has them all: only those called may be looked up. */
    static void refuseEagerBinding(String value) {
        if (value != null && !value.isEmpty()) {
            throw new BackendException(
                    "cuda: LD_BIND_NOW is set, with which JCuda's libraries cannot be loaded; unset it");
        }
    }
}
