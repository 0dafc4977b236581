package org.gradus.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** What every reader asks of a file before it believes a word of it. */
final class InputFiles {
    /** HotSpot allows no longer array. */
    static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private InputFiles() {}

    static StoreException refused(Path path, String reason) {
        return new StoreException(path + ": " + reason);
    }

    static StoreException refused(Path path, long line, String reason) {
        return new StoreException(path + ", line " + line + ": " + reason);
    }

    static StoreException unreadable(Path path, IOException cause) {
        return failed(path, "cannot be read", cause);
    }

    static StoreException unwritable(Path path, IOException cause) {
        return failed(path, "cannot be written", cause);
    }

    private static StoreException failed(Path path, String what, IOException cause) {
        String reason = cause.getMessage();
        if (cause instanceof NoSuchFileException) {
            reason = "no such file";
        } else if (cause instanceof AccessDeniedException) {
            reason = "permission denied";
        } else if (reason == null || reason.isBlank()) {
            reason = cause.getClass().getSimpleName();
        }
        return new StoreException(
                path + ": " + what + ": " + reason.lines().findFirst().orElse(""), cause);
    }

    /** @throws StoreException unless the path names a regular file that may be read: devices and pipes have no end */
    static void requireRegular(Path path) {
        if (!Files.exists(path)) {
            throw refused(path, "no such file");
        }
        if (!Files.isRegularFile(path)) {
            throw refused(path, Files.isDirectory(path) ? "is a directory, not a file" : "is not a regular file");
        }
        if (!Files.isReadable(path)) {
            throw refused(path, "cannot be read: permission denied");
        }
    }

    /**
     * Refuses a rows×cols matrix that is empty, or that an array or half of the heap cannot hold.
     *
     * @param bytesPerEntry 8 for the matrix, more where reading it takes further storage
     */
    static void requireHolds(Path path, long rows, long cols, int bytesPerEntry) {
        if (rows < 1 || cols < 1) {
            throw refused(path, "holds an empty " + rows + "×" + cols + " matrix; at least 1×1 is needed");
        }
        if (rows > LONGEST_ARRAY / cols) {
            throw refused(path, "a " + rows + "×" + cols + " matrix has more than 2^31-1 elements");
        }
        requireRoom(path, "a dense " + rows + "×" + cols + " matrix", (double) rows * cols * bytesPerEntry);
    }

    /** Refuses what takes more than half of the heap. */
    static void requireRoom(Path path, String what, double bytes) {
        double allowed = Runtime.getRuntime().maxMemory() / 2.0;
        if (bytes > allowed) {
            throw refused(
                    path,
                    String.format(
                            Locale.ROOT,
                            "reading %s takes %.1f MiB, half of the heap is %.1f MiB; GRADUS_JAVA_OPTS=-Xmx… raises it",
                            what,
                            bytes / (1 << 20),
                            allowed / (1 << 20)));
        }
    }

    /** What follows the last dot of the name, in lower case; nothing if there is none. */
    static String ending(Path path) {
        Path last = path.getFileName();
        String name = last == null ? "" : last.toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** What a file holds, shortened and on one line, for a message. */
    static String quoted(String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return "'" + shown.replaceAll("\\p{Cntrl}", "?") + "'";
    }
}
