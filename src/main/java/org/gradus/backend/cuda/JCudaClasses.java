package org.gradus.backend.cuda;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jcuda.JCudaVersion;
import org.gradus.backend.BackendException;

/** Initialises JCuda's classes, each with a native library whose own needs are loaded already. */
final class JCudaClasses {
    private JCudaClasses() {}

    /**
     * Unpacks natives into the user's cache folder, fit for libraries of this release.
     *
     * @throws BackendException if one is not on the class path, or none can be written anywhere
     */
    static NativeFolder unpack(CudaRelease release, List<JCudaNative> natives) {
        Path cache = NativeFolder.cache();
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (JCudaNative each : natives) {
            contents.put(each.fileName(), each.contentFor(release, NativeFolder.resource(each.fileName())));
        }
        String suffix = release == CudaRelease.CUDA_12 ? "" : "-cuda" + release.major();
        return NativeFolder.write(cache, JCudaVersion.get() + suffix, contents);
    }

    /**
     * JCuda looks for its natives in java.io.tmpdir at that moment.
     *
     * @throws BackendException if a native library or what it links to cannot be loaded
     */
    static synchronized void initialise(NativeFolder folder, List<JCudaNative> natives) {
        String before = System.getProperty("java.io.tmpdir");
        System.setProperty("java.io.tmpdir", folder.path().toString());
        try {
            for (JCudaNative each : natives) {
                Path file = folder.path().resolve(each.fileName());
                load(file); // JCuda's own call is then the second and does nothing; its message would be a stack trace
                try {
                    Class.forName(each.className(), true, JCudaClasses.class.getClassLoader());
                } catch (ClassNotFoundException | LinkageError e) {
                    throw new BackendException("cuda: JCuda's " + each.library() + " does not start: " + e, e);
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
