package org.gradus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.gradus.linalg.Matrix;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AtomicFileTest {
    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theTargetIsReplacedAndNothingElseIsLeft() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        AtomicFile.write(file, out -> {
            out.write(new byte[100_000]);
            out.write('x');
            assertEquals("old", Files.readString(file));
        });
        assertEquals(100_001, Files.size(file));
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void aFailureLeavesTheTargetAsItWas() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        StoreException e = assertThrows(
                StoreException.class,
                () -> AtomicFile.write(file, out -> {
                    out.write(new byte[200_000]);
                    throw new IOException("No space left on device");
                }));
        assertEquals(file + ": cannot be written: No space left on device", e.getMessage());
        assertThrows(
                IllegalStateException.class,
                () -> AtomicFile.write(file, out -> {
                    throw new IllegalStateException("a bug");
                }));
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void aLibraryThatIsGivenANameFailsAsCleanly() throws IOException {
        Path file = Files.writeString(folder.resolve("a.h5"), "old");
        StoreException e = assertThrows(
                StoreException.class,
                () -> AtomicFile.writeAndForce(file, named -> {
                    Files.writeString(named, "half");
                    throw new IOException("No space left on device");
                }));
        assertEquals(file + ": cannot be written: No space left on device", e.getMessage());
        assertEquals("old", Files.readString(file));
        assertEquals(List.of("a.h5"), names());
        AtomicFile.writeAndForce(file, named -> Files.writeString(named, "new"));
        assertEquals("new", Files.readString(file));
    }

    @Test
    void onlyTheImmediateFolderIsCreated() throws IOException {
        AtomicFile.write(folder.resolve("factors/W_1.npy"), out -> out.write('x'));
        assertEquals("x", Files.readString(folder.resolve("factors/W_1.npy")));
        Path deep = folder.resolve("a/b/c.npy");
        String message = assertThrows(StoreException.class, () -> NpyWriter.write(deep, Matrix.zeros(1, 1)))
                .getMessage();
        assertTrue(message.startsWith(deep + ": cannot be written: there is no folder"), message);
        assertFalse(Files.exists(folder.resolve("a")));
    }

    @Test
    void aDirectoryOrDeviceIsNeverReplaced() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("d"));
        assertThrows(StoreException.class, () -> AtomicFile.write(directory, out -> out.write('x')));
        Path device = Path.of("/dev/null");
        Assumptions.assumeTrue(Files.exists(device));
        assertThrows(StoreException.class, () -> AtomicFile.write(device, out -> out.write('x')));
        assertFalse(Files.isRegularFile(device));
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.txt"), file);
        AtomicFile.write(link, out -> out.write('x'));
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("x", Files.readString(file));
    }
}
