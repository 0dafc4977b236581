package org.gradus.backend.cuda;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jcuda.JCudaVersion;
import jcuda.LibUtils;
import org.gradus.backend.BackendException;

/** Initialises JCuda's classes, each with a native library whose own needs are loaded already. */
final class JCudaClasses {
    private static final String DRIVER = "JCudaDriver";
    private static final List<String> OTHERS = List.of("JCublas2", "JCusolver", "JNvrtc");
    private static final Map<String, String> CLASSES = Map.of(
            DRIVER,
            "jcuda.driver.JCudaDriver",
            "JCublas2",
            "jcuda.jcublas.JCublas2",
            "JCusolver",
            "jcuda.jcusolver.JCusolver",
            "JNvrtc",
            "jcuda.nvrtc.JNvrtc");

    private JCudaClasses() {}

    /** Every native that Gradus uses, unpacked. */
    static NativeFolder unpack() {
        Path cache = NativeFolder.cache(System.getenv(), System.getProperty("user.home"));
        List<String> files = Stream.concat(Stream.of(DRIVER), OTHERS.stream())
                .map(JCudaClasses::fileName)
                .toList();
        return NativeFolder.unpack(cache, JCudaVersion.get(), files);
    }

    /** As {@code LibUtils} forms it: libJCudaDriver-12.6.0-linux-x86_64.so. */
    private static String fileName(String library) {
        return LibUtils.createLibraryFileName(LibUtils.createPlatformLibraryName(library + "-" + JCudaVersion.get()));
    }

    /** @throws BackendException if the native library or what it links to cannot be loaded */
    static void initialiseDriver(NativeFolder folder) {
        initialise(folder, List.of(DRIVER));
    }

    /** @throws BackendException if a native library or what it links to cannot be loaded */
    static void initialiseOthers(NativeFolder folder) {
        initialise(folder, OTHERS);
    }

    /** JCuda looks for its natives in java.io.tmpdir at that moment. */
    private static synchronized void initialise(NativeFolder folder, List<String> libraries) {
        String before = System.getProperty("java.io.tmpdir");
        System.setProperty("java.io.tmpdir", folder.path().toString());
        try {
            for (String library : libraries) {
                Path file = folder.path().resolve(fileName(library));
                load(file); // JCuda's own call is then the second and does nothing; its message would be a stack trace
                try {
                    Class.forName(CLASSES.get(library), true, JCudaClasses.class.getClassLoader());
                } catch (ClassNotFoundException | LinkageError e) {
                    throw new BackendException("cuda: JCuda's " + library + " does not start: " + e, e);
                }
            }
        } finally {
            System.setProperty("java.io.tmpdir", before);
        }
    }

    /** @throws BackendException with the loader's own words */
    static void load(Path library) {
        try {
            System.load(library.toString());
        } catch (UnsatisfiedLinkError e) {
            String message = String.valueOf(e.getMessage());
            String prefix = library + ": ";
            String reason = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
            String noexec = reason.contains("failed to map segment")
                    ? "; no program may run from that folder, let GRADUS_CACHE name another"
                    : "";
            throw new BackendException("cuda: " + library + " cannot be loaded: " + reason + noexec, e);
        }
    }
}
