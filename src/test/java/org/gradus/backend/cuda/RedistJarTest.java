package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.gradus.backend.BackendException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With a jar of the same layout whose libraries are lines of text. */
@DisabledOnOs(OS.WINDOWS)
final class RedistJarTest {
    private static final List<String> WANTED = List.of(
            "libnvJitLink.so.12",
            "libcublasLt.so.12",
            "libcublas.so.12",
            "libcusparse.so.12",
            "libcusolver.so.11",
            "libcusolverMg.so.11",
            "libnvrtc-builtins.so.12.6",
            "libnvrtc.so.12");

    @TempDir
    Path folder;

    private Path jar;
    private Path cache;
    private URLClassLoader loader;

    @BeforeEach
    void write() throws IOException {
        jar = folder.resolve("cuda-redist.jar");
        cache = folder.resolve("a cache");
        write("");
        loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
    }

    @AfterEach
    void close() throws IOException {
        loader.close();
    }

    /** Stored, not deflated, so that a byte of the jar is a byte of a library. */
    private void write(String more) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String name : Stream.concat(WANTED.stream(), Stream.of("libcufft.so.11", "libnvblas.so.12"))
                    .toList()) {
                byte[] content = content(name + more);
                ZipEntry entry = new ZipEntry("org/bytedeco/cuda/linux-x86_64/" + name);
                CRC32 crc = new CRC32();
                crc.update(content);
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(content.length);
                entry.setCrc(crc.getValue());
                out.putNextEntry(entry);
                out.write(content);
            }
        }
    }

    private static byte[] content(String name) {
        return ("the content of " + name).getBytes(StandardCharsets.UTF_8);
    }

    private Toolkit find() {
        return new RedistJar(loader, cache).find().orElseThrow();
    }

    @Test
    void theEightLibrariesAreUnpackedWholeAndNoOthers() throws IOException {
        Toolkit toolkit = find();
        assertEquals("CUDA 12 (the Maven profile cuda-redist)", toolkit.describe());
        assertEquals(
                WANTED,
                toolkit.libraries().values().stream()
                        .map(each -> each.getFileName().toString())
                        .toList());
        for (Path file : toolkit.libraries().values()) {
            assertArrayEquals(content(file.getFileName().toString()), Files.readAllBytes(file));
        }
        Path unpacked = toolkit.libraries().get(CudaLibrary.CUBLAS).getParent();
        assertEquals(cache.resolve("cuda-redist"), unpacked.getParent());
        try (Stream<Path> files = Files.list(unpacked)) {
            assertEquals(
                    new TreeSet<>(WANTED),
                    files.map(each -> each.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new)));
        }
        try (Stream<Path> files = Files.list(cache.resolve("cuda-redist"))) {
            assertEquals(2, files.count(), "the libraries and the lock");
        }
    }

    @Test
    void whatIsWholeIsLeftAloneWhatIsNotIsUnpackedAgainAndLeftoversGo() throws IOException {
        Path file = find().libraries().get(CudaLibrary.CUSOLVER);
        FileTime old = FileTime.fromMillis(0);
        Files.setLastModifiedTime(file, old);
        find();
        assertEquals(old, Files.getLastModifiedTime(file));
        Files.write(file, new byte[3]);
        Path left = Files.createDirectories(cache.resolve("cuda-redist/0123.tmp"));
        Files.write(left.resolve("libcublas.so.12"), new byte[3]);
        find();
        assertArrayEquals(content("libcusolver.so.11"), Files.readAllBytes(file));
        assertFalse(Files.exists(left));
    }

    @Test
    void anotherContentGetsAnotherFolder() throws IOException {
        Path one = find().libraries().get(CudaLibrary.NVRTC);
        loader.close();
        write(" of another release");
        loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
        Path other = find().libraries().get(CudaLibrary.NVRTC);
        assertFalse(one.equals(other));
        assertTrue(Files.exists(one) && Files.exists(other));
    }

    @Test
    void withoutTheJarNothingIsFoundAndNothingWritten() throws IOException {
        try (URLClassLoader empty = new URLClassLoader(new URL[0], null)) {
            assertEquals(Optional.empty(), new RedistJar(empty, cache).find());
        }
        assertFalse(Files.exists(cache));
    }

    @Test
    void aDamagedJarIsNamedAndLeavesNothing() throws IOException {
        byte[] bytes = Files.readAllBytes(jar);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("content of libcusparse")]++;
        loader.close();
        Files.write(jar, bytes);
        loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
        String said = assertThrows(BackendException.class, this::find).getMessage();
        assertEquals(
                "cuda: " + jar
                        + " is damaged (org/bytedeco/cuda/linux-x86_64/libcusparse.so.12); delete it and build again",
                said);
        try (Stream<Path> files = Files.list(cache.resolve("cuda-redist"))) {
            assertEquals(1, files.count(), "the lock");
        }
    }

    @Test
    void aCacheThatCannotBeWrittenIsOneSentence() throws IOException {
        Files.createFile(cache);
        String said = assertThrows(BackendException.class, this::find).getMessage();
        assertTrue(
                said.startsWith("cuda: NVIDIA's libraries cannot be unpacked into " + cache + "/cuda-redist (")
                        && said.endsWith("); let GRADUS_CACHE name a folder with room for them"),
                said);
    }

    @Test
    void processesThatUnpackAtOnceAllFindWholeFiles() throws Exception {
        List<Process> processes = Stream.generate(this::start).limit(4).toList();
        for (Process process : processes) {
            assertEquals(
                    0, process.waitFor(), () -> process.inputReader().lines().toList() + "");
        }
        Map<CudaLibrary, Path> found = find().libraries();
        assertArrayEquals(content("libnvrtc.so.12"), Files.readAllBytes(found.get(CudaLibrary.NVRTC)));
    }

    private Process start() {
        try {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Unpacking.class.getName(),
                            jar.toString(),
                            cache.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Unpacks a jar into a cache folder; fails where a file is not whole. */
    static final class Unpacking {
        private Unpacking() {}

        public static void main(String[] arguments) throws IOException {
            URL url = Path.of(arguments[0]).toUri().toURL();
            try (URLClassLoader loader = new URLClassLoader(new URL[] {url}, null)) {
                for (Path file : new RedistJar(loader, Path.of(arguments[1]))
                        .find()
                        .orElseThrow()
                        .libraries()
                        .values()) {
                    assertArrayEquals(content(file.getFileName().toString()), Files.readAllBytes(file));
                }
            }
        }
    }
}
