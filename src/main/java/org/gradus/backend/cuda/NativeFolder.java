package org.gradus.backend.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gradus.backend.BackendException;

/**
 * A folder with JCuda's native libraries: JCuda itself would write them to java.io.tmpdir, and only where no file has the
 * name, so that a process could load what another is still writing.
 *
 * @param path holds every native whole
 * @param remark why it is not in the user's cache folder; empty if it is
 */
record NativeFolder(Path path, Optional<String> remark) {

    /** The cache folder of this process: -Dgradus.cache where that is set, as tests do, else the user's. */
    static Path cache() {
        String set = System.getProperty("gradus.cache");
        return set == null ? cache(System.getenv(), System.getProperty("user.home")) : Path.of(set);
    }

    /** The user's cache folder of Gradus: $GRADUS_CACHE, else $XDG_CACHE_HOME/gradus, else ~/.cache/gradus. */
    static Path cache(Map<String, String> environment, String userHome) {
        String own = environment.getOrDefault("GRADUS_CACHE", "");
        String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
        try {
            if (!own.isBlank()) {
                return Path.of(own).toAbsolutePath();
            }
            // the XDG specification has relative paths ignored
            return !shared.isBlank() && Path.of(shared).isAbsolute()
                    ? Path.of(shared, "gradus")
                    : Path.of(userHome, ".cache", "gradus");
        } catch (InvalidPathException e) {
            throw new BackendException("cuda: GRADUS_CACHE or XDG_CACHE_HOME is no path: " + e.getMessage(), e);
        }
    }

    /**
     * Writes files into CACHE/natives/VERSION-CHECKSUM, or where that cannot be written into a fresh folder that lives as
     * long as the process.
     *
     * @param contents of each file, by name
     * @throws BackendException if not even a temporary folder can be written
     */
    static NativeFolder write(Path cache, String version, Map<String, byte[]> contents) {
        Path folder = cache.resolve("natives").resolve(version + "-" + checksum(contents.values()));
        try {
            fill(folder, contents);
            return new NativeFolder(folder, Optional.empty());
        } catch (IOException | SecurityException e) {
            return temporary(contents, folder + " cannot be written (" + reason(e) + ")");
        }
    }

    private static NativeFolder temporary(Map<String, byte[]> contents, String why) {
        try {
            Path folder = Files.createTempDirectory("gradus-natives-");
            folder.toFile().deleteOnExit(); // after its files: the hooks run in reverse order
            contents.keySet().forEach(file -> folder.resolve(file).toFile().deleteOnExit());
            fill(folder, contents);
            return new NativeFolder(folder, Optional.of("JCuda's natives in " + folder + ", since " + why));
        } catch (IOException e) {
            throw new BackendException(
                    "cuda: JCuda's natives can be written nowhere: " + why + ", nor can a temporary folder ("
                            + reason(e) + "); let GRADUS_CACHE name a folder that can",
                    e);
        }
    }

    /** In a few words. */
    static String reason(Exception e) {
        String said = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        if (said == null) { // AccessDeniedException: access denied
            said = e.getClass().getSimpleName().replace("Exception", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ");
        }
        return said.toLowerCase(Locale.ROOT);
    }

    private static void fill(Path folder, Map<String, byte[]> contents) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, byte[]> each : contents.entrySet()) {
            Path file = folder.resolve(each.getKey());
            if (!holds(file, each.getValue())) {
                Path written = Files.createTempFile(folder, ".native", ".tmp");
                try {
                    Files.write(written, each.getValue());
                    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    Files.deleteIfExists(written);
                }
            }
        }
    }

    private static boolean holds(Path file, byte[] content) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == content.length
                && Arrays.equals(Files.readAllBytes(file), content);
    }

    /**
     * A file of the class path's folder {@code /lib}.
     *
     * @throws BackendException if it is not there
     */
    static byte[] resource(String file) {
        try (InputStream in = NativeFolder.class.getResourceAsStream("/lib/" + file)) {
            if (in == null) {
                throw new BackendException("cuda: JCuda's " + file + " is not on the class path; build Gradus on the"
                        + " platform that it is to run on");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new BackendException("cuda: JCuda's " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The first 12 hexadecimal digits of the contents' SHA-256. */
    static String checksum(Collection<byte[]> contents) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            contents.forEach(digest::update);
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
