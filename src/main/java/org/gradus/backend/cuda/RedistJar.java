package org.gradus.backend.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import org.gradus.backend.BackendException;

/**
 * NVIDIA's libraries as org.bytedeco packs them ({@code org.bytedeco:cuda}, classifier {@code linux-x86_64-redist}), where the
 * Maven profile {@code cuda-redist} has put that jar on the class path. The eight that are needed, 1.2 GB, are unpacked once
 * into CACHE/cuda-redist/CHECKSUM.
 *
 * @param loader whose class path may have the jar
 * @param cache the user's cache folder of Gradus
 */
record RedistJar(ClassLoader loader, Path cache) implements Way {
    private static final String FOLDER = "org/bytedeco/cuda/linux-x86_64/";
    private static final int BLOCK = 1 << 20;

    @Override
    public Optional<Toolkit> find() {
        URL url = loader.getResource(FOLDER + CudaLibrary.CUBLAS.file(CudaRelease.CUDA_12));
        if (url == null) {
            return Optional.empty();
        }
        try {
            URLConnection connection = url.openConnection();
            if (!(connection instanceof JarURLConnection packed)) {
                throw new IOException(url + " is not in a jar");
            }
            packed.setUseCaches(false);
            try (JarFile jar = packed.getJarFile()) {
                Path folder = unpacked(jar);
                return Toolkit.find(
                        "the Maven profile cuda-redist", CudaRelease.CUDA_12, List.of(folder), CudaLibrary.ofCuda());
            }
        } catch (IOException | UncheckedIOException e) {
            throw new BackendException(
                    "cuda: NVIDIA's libraries cannot be unpacked into " + cache.resolve("cuda-redist") + " ("
                            + NativeFolder.reason(e) + "); let GRADUS_CACHE name a folder with room for them",
                    e);
        }
    }

    private Path unpacked(JarFile jar) throws IOException {
        Map<String, ZipEntry> wanted = wanted(jar);
        Path parent = Files.createDirectories(cache.resolve("cuda-redist"));
        Path folder = parent.resolve(checksum(wanted));
        if (!isWhole(folder, wanted)) {
            try (FileChannel file = FileChannel.open(
                            parent.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = file.lock()) {
                if (lock.isValid() && !isWhole(folder, wanted)) { // else another process did it meanwhile
                    unpack(jar, wanted, folder);
                }
            }
        }
        return folder;
    }

    /** The libraries of CudaLibrary, by name; NVRTC's builtins are those of any minor version. */
    private static Map<String, ZipEntry> wanted(JarFile jar) {
        Map<String, ZipEntry> wanted = new LinkedHashMap<>();
        for (CudaLibrary library : CudaLibrary.values()) {
            String name = FOLDER + library.file(CudaRelease.CUDA_12);
            jar.stream()
                    .filter(entry -> library == CudaLibrary.NVRTC_BUILTINS
                            ? entry.getName().startsWith(name)
                            : entry.getName().equals(name))
                    .forEach(entry -> wanted.put(entry.getName().substring(FOLDER.length()), entry));
        }
        return wanted;
    }

    /** Of what the jar's directory says of its entries: reading two gigabytes at every start would take seconds. */
    private static String checksum(Map<String, ZipEntry> wanted) {
        StringBuilder text = new StringBuilder();
        wanted.forEach((name, entry) ->
                text.append(name + " " + entry.getSize() + " " + Long.toHexString(entry.getCrc()) + "\n"));
        return NativeFolder.checksum(List.of(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean isWhole(Path folder, Map<String, ZipEntry> wanted) throws IOException {
        for (Map.Entry<String, ZipEntry> each : wanted.entrySet()) {
            Path file = folder.resolve(each.getKey());
            if (!Files.isRegularFile(file)
                    || Files.size(file) != each.getValue().getSize()) {
                return false;
            }
        }
        return true;
    }

    /** The lock is held: what an ended process left behind is nobody's. */
    private static void unpack(JarFile jar, Map<String, ZipEntry> wanted, Path folder) throws IOException {
        for (Path left : LibrarySearch.list(folder.getParent(), "*.tmp")) {
            delete(left);
        }
        delete(folder);
        long total = wanted.values().stream().mapToLong(ZipEntry::getSize).sum();
        requireRoom(folder.getParent(), total);
        Path written = Files.createDirectory(folder.resolveSibling(folder.getFileName() + ".tmp"));
        try (UnpackingProgress progress = new UnpackingProgress(folder, total)) {
            for (Map.Entry<String, ZipEntry> each : wanted.entrySet()) {
                copy(jar, each.getValue(), written.resolve(each.getKey()), progress);
            }
            Files.move(written, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(written);
        }
    }

    private static void copy(JarFile jar, ZipEntry entry, Path to, UnpackingProgress progress) throws IOException {
        CRC32 crc = new CRC32();
        try (InputStream in = new CheckedInputStream(jar.getInputStream(entry), crc);
                var out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
            byte[] block = new byte[BLOCK];
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                out.write(block, 0, read);
                progress.add(read);
            }
        }
        if (crc.getValue() != entry.getCrc()) {
            throw new BackendException(
                    "cuda: " + jar.getName() + " is damaged (" + entry.getName() + "); delete it and build again");
        }
    }

    private static void requireRoom(Path folder, long bytes) throws IOException {
        FileStore store = Files.getFileStore(folder);
        if (store.getUsableSpace() < bytes) {
            throw new BackendException(String.format(
                    Locale.ROOT,
                    "cuda: NVIDIA's libraries take %.1f GB, and %s has only %.1f GB free; let GRADUS_CACHE name another"
                            + " folder",
                    bytes / 1e9,
                    folder,
                    store.getUsableSpace() / 1e9));
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }
}
