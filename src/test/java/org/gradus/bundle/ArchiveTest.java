package org.gradus.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.XZInputStream;

@DisabledOnOs(OS.WINDOWS)
final class ArchiveTest {
    @TempDir
    Path folder;

    /** Remembers the last of what it is told. */
    static final class Listener implements Watcher {
        boolean interrupted;
        long done;
        long total;

        @Override
        public void begins(String what) {}

        @Override
        public void compressed(long bytes, long total) {
            assertTrue(bytes > done && bytes <= total, bytes + " after " + done);
            this.done = bytes;
            this.total = total;
        }

        @Override
        public boolean interrupted() {
            return interrupted;
        }
    }

    static List<TarArchiveEntry> entries(byte[] archive) throws IOException {
        List<TarArchiveEntry> entries = new ArrayList<>();
        try (TarArchiveInputStream in =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
                entries.add(each);
            }
        }
        return entries;
    }

    private Path tree(String name) throws IOException {
        Path tree = Files.createDirectories(folder.resolve(name).resolve("top"));
        Files.createDirectories(tree.resolve("b"));
        Files.writeString(tree.resolve("b/plain"), "words");
        Files.setPosixFilePermissions(tree.resolve("b/plain"), PosixFilePermissions.fromString("rw-------"));
        Files.writeString(tree.resolve("b.txt"), "x".repeat(200_000));
        Path program = Files.writeString(tree.resolve("a"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("b/plain"));
        Files.createDirectory(tree.resolve("c" + "d".repeat(120)));
        return tree;
    }

    private static byte[] pack(Path tree, Watcher watcher) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Archive.write(tree, out, watcher);
        return out.toByteArray();
    }

    @Test
    void entriesAreSortedOwnedByRootAndOfTwoModes() throws IOException {
        Listener listener = new Listener();
        List<String> said = entries(pack(tree("one"), listener)).stream()
                .map(entry -> String.format(
                        "%s %o %s %d:%d %s %s",
                        entry.getName(),
                        entry.getMode() & 0777,
                        entry.getUserName(),
                        entry.getLongUserId(),
                        entry.getLongGroupId(),
                        entry.getLinkName(),
                        entry.getLastModifiedTime().toInstant()))
                .toList();
        String owned = "root 0:0  1980-01-01T00:00:00Z";
        assertEquals(
                List.of(
                        "top/ 755 " + owned,
                        "top/a 755 " + owned,
                        "top/b.txt 644 " + owned,
                        "top/b/ 755 " + owned,
                        "top/b/plain 644 " + owned,
                        "top/c" + "d".repeat(120) + "/ 755 " + owned,
                        "top/link 777 " + owned.replace("  ", " b/plain ")),
                said);
        assertEquals(200_000 + 5 + 10, listener.total);
        assertEquals(listener.total, listener.done);
    }

    @Test
    void theSameTreeGivesTheSameBytesWhateverItsTimes() throws IOException {
        byte[] first = pack(tree("one"), new Listener());
        Path again = tree("two");
        Files.setLastModifiedTime(again.resolve("a"), FileTime.from(Instant.EPOCH));
        assertArrayEquals(first, pack(again, new Listener()));
    }

    @Test
    void whatIsUnpackedIsWhatWasThere() throws IOException {
        byte[] archive = pack(tree("one"), new Listener());
        try (TarArchiveInputStream in =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
            TarArchiveEntry entry = in.getNextEntry();
            while (!entry.getName().equals("top/b/plain")) {
                entry = in.getNextEntry();
            }
            assertEquals("words", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void anInterruptEndsIt() throws IOException {
        Listener listener = new Listener();
        listener.interrupted = true;
        Path tree = tree("one");
        assertThrows(CancellationException.class, () -> pack(tree, listener));
    }
}
