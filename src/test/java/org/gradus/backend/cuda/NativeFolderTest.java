package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.gradus.backend.BackendException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NativeFolderTest {
    private static final String FILE = "libJNvrtc-12.6.0-linux-x86_64.so";

    @TempDir
    Path folder;

    private byte[] content;

    @BeforeEach
    void readTheResource() throws IOException {
        try (InputStream in = NativeFolder.class.getResourceAsStream("/lib/" + FILE)) {
            assumeTrue(in != null, "JCuda has no natives for this platform");
            content = in.readAllBytes();
        }
    }

    private NativeFolder unpack(Path cache) {
        return NativeFolder.write(cache, "12.6.0", Map.of(FILE, content));
    }

    @Test
    void theNativesLieWholeInAFolderNamedByVersionAndContent() throws IOException {
        NativeFolder natives = unpack(folder.resolve("a/cache"));
        assertTrue(natives.path().toString().matches(".*/a/cache/natives/12\\.6\\.0-[0-9a-f]{12}"), natives::toString);
        assertEquals(Optional.empty(), natives.remark());
        assertArrayEquals(content, Files.readAllBytes(natives.path().resolve(FILE)));
        try (Stream<Path> files = Files.list(natives.path())) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void aWholeFileIsLeftAloneAndADamagedOneReplaced() throws IOException {
        Path file = unpack(folder).path().resolve(FILE);
        FileTime old = FileTime.fromMillis(0);
        Files.setLastModifiedTime(file, old);
        unpack(folder);
        assertEquals(old, Files.getLastModifiedTime(file));
        for (byte[] damaged : List.of(new byte[0], new byte[content.length], new byte[content.length + 1])) {
            Files.write(file, damaged);
            unpack(folder);
            assertArrayEquals(content, Files.readAllBytes(file));
        }
    }

    @Test
    void unpackedByManyAtOnceNobodySeesAPartOfAFile() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            Callable<byte[]> one =
                    () -> Files.readAllBytes(unpack(folder).path().resolve(FILE));
            for (Future<byte[]> seen : pool.invokeAll(Collections.nCopies(32, one))) {
                assertArrayEquals(content, seen.get());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void aCacheThatCannotBeWrittenIsReplacedByAFreshFolderAndThatIsSaid() throws IOException {
        Path blocked = Files.createFile(folder.resolve("file"));
        NativeFolder natives = unpack(blocked);
        String remark = natives.remark().orElseThrow();
        assertTrue(remark.startsWith("JCuda's natives in " + natives.path() + ", since " + blocked), remark);
        assertTrue(remark.contains(" cannot be written ("), remark);
        assertArrayEquals(content, Files.readAllBytes(natives.path().resolve(FILE)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(natives.path())));
    }

    @Test
    void aNativeThatIsNotOnTheClassPathIsRefused() {
        String said = assertThrows(BackendException.class, () -> NativeFolder.resource("libNone.so"))
                .getMessage();
        assertTrue(said.startsWith("cuda: JCuda's libNone.so is not on the class path; "), said);
    }

    @ParameterizedTest
    @CsvSource({
        "/own, /shared, /own",
        "'', /shared, /shared/gradus",
        "' ', '', /home/x/.cache/gradus",
        "'', relative, /home/x/.cache/gradus",
    })
    void theCacheIsTheUsersOwn(String own, String shared, String expected) {
        Map<String, String> environment = Map.of("GRADUS_CACHE", own, "XDG_CACHE_HOME", shared);
        assertEquals(Path.of(expected), NativeFolder.cache(environment, "/home/x"));
    }

    @Test
    void withoutVariablesTheCacheIsBelowTheHomeAndAnImpossibleNameIsRefused() {
        assertEquals(Path.of("/home/x/.cache/gradus"), NativeFolder.cache(Map.of(), "/home/x"));
        Map<String, String> environment = Map.of("GRADUS_CACHE", "a\0b");
        assertThrows(BackendException.class, () -> NativeFolder.cache(environment, "/home/x"));
    }

    @Test
    void aReasonIsInWords() {
        assertEquals("no space left on device", NativeFolder.reason(new IOException("No space left on device")));
        assertEquals("access denied", NativeFolder.reason(new AccessDeniedException("/cache")));
        assertEquals(
                "read-only file system",
                NativeFolder.reason(new FileSystemException("/cache", null, "Read-only file system")));
        assertEquals("security", NativeFolder.reason(new SecurityException()));
    }
}
