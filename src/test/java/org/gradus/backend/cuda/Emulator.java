package org.gradus.backend.cuda;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * The emulator of CUDA in native/emulator: builds it, and what it tells and takes in this process. The natives are there as
 * soon as its libcuda.so.1 is loaded, by {@link #load} or by whoever loads CUDA's libraries.
 */
public final class Emulator {
    /** Relative to the repository's root, where Maven runs the tests. */
    private static final Path SOURCES = Path.of("native", "emulator");

    private static final Path BUILT = Path.of("target", "emulator");

    /** In the order of loading; each one's SONAME. */
    private static final List<String> LIBRARIES =
            List.of("libcuda.so.1", "libcublas.so.12", "libcusolver.so.11", "libcusolverMg.so.11", "libnvrtc.so.12");

    private static Path built;

    private Emulator() {}

    /**
     * The folder with the libraries, built from the sources as they are.
     *
     * <p>Where a C++ compiler or CMake is missing, the calling test is skipped with the reason, or fails with it if
     * {@code -Drequire.emulator=true} or {@code GRADUS_REQUIRE_EMULATOR=1} asks for the emulator.
     *
     * @throws IllegalStateException with the compiler's output if the build fails
     */
    static synchronized Path build() {
        if (built == null) {
            requireTools();
            built = buildOnce();
        }
        return built;
    }

    /** Builds and loads the libraries that the sources give; at once for all tests of this process. */
    public static void load() {
        Path folder = build();
        LIBRARIES.stream()
                .map(folder::resolve)
                .filter(Files::exists)
                .forEach(library -> System.load(library.toString()));
    }

    /**
     * The k-th call of an entry point from now on fails, k from 1: NAME:K. NAME:K:STATUS says what a call of the driver then
     * answers; a status after which a context is lost sticks to it, whichever library's call it is. Null: none fails.
     */
    public static native void fail(String request);

    /** NAME=COUNT lines: calls of entry points since the last reset. */
    public static native String calls();

    /** Forgets calls, misuses and leaks of contexts that ended; failure, delay and memory are what the environment says. */
    public static native void reset();

    /** A line for each thing that is still alive, or was when its context ended; empty if there is none. */
    public static native String leaks();

    /** A line for each use that a device would not have stood, since the last reset. */
    public static native String misuses();

    /** Slows each piece of a stream's work; negative: as GRADUS_EMULATOR_DELAY_US says. */
    public static native void delay(int microseconds);

    /** So many bytes of device memory, used ones included; negative: as GRADUS_EMULATOR_MEMORY says. */
    public static native void memory(long bytes);

    /** {@link #calls} by name. */
    public static Map<String, Long> callCounts() {
        return calls().lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(
                        line -> line[0], line -> Long.valueOf(line[1]), (first, second) -> first, TreeMap::new));
    }

    private static void requireTools() {
        String missing = Stream.of("cmake", "c++", "make")
                .filter(tool -> !isOnPath(tool))
                .collect(Collectors.joining(", "));
        if (missing.isEmpty()) {
            return;
        }
        String reason = "the CUDA emulator cannot be built: not on PATH: " + missing;
        if (Boolean.getBoolean("require.emulator") || "1".equals(System.getenv("GRADUS_REQUIRE_EMULATOR"))) {
            Assertions.fail(reason);
        }
        Assumptions.abort(reason);
    }

    private static boolean isOnPath(String tool) {
        String path = System.getenv("PATH");
        return path != null
                && Stream.of(path.split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    private static Path buildOnce() {
        Path folder = BUILT.toAbsolutePath();
        try {
            Files.createDirectories(folder);
            // processes that build at the same time wait for each other
            try (FileChannel channel = FileChannel.open(
                            folder.resolve("build.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                run(List.of(
                        "cmake",
                        "-S",
                        SOURCES.toString(),
                        "-B",
                        folder.toString(),
                        "-DCMAKE_BUILD_TYPE=Release",
                        "-DJAVA_HOME=" + System.getProperty("java.home")));
                run(List.of("cmake", "--build", folder.toString(), "-j2"));
                return lock.isValid() ? folder : null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot build the CUDA emulator in " + folder, e);
        }
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(
                        String.join(" ", command) + " ended with status " + status + ":\n" + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the CUDA emulator was built", e);
        }
    }
}
