package org.gradus.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory, or a part of its content, held by one process: an exclusive lock on its file {@code .lock}, or {@code .lock-PART},
 * which says the holder's pid. The system drops the lock when its process ends, so a file left by a crash holds nobody off.
 *
 * <p>POSIX locks belong to the process and go when any of its descriptors of the file is closed; hence the files locked
 * here are remembered, and not opened again.
 */
final class DirectoryLock implements AutoCloseable {
    static final String NAME = ".lock";

    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
    private static final String RELEASED = "released";

    private static final int MOST_MARKS = 3;

    /** Far beyond the text, so that it can be read where locks are mandatory. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws StoreException if another process, or this one, holds the directory */
    static DirectoryLock take(Path path) {
        return tryTake(path, NAME)
                .orElseThrow(() -> InputFiles.refused(
                        path, "another process (pid " + holder(path, NAME) + ") is writing this run directory"));
    }

    /**
     * @param name of the lock file
     * @return empty if another process, or this one, holds it
     */
    static Optional<DirectoryLock> tryTake(Path path, String name) {
        try {
            Path file = path.toRealPath().resolve(name);
            if (!HELD.add(file)) {
                return Optional.empty();
            }
            FileChannel channel = null;
            try {
                channel = locked(file);
                return Optional.ofNullable(channel).map(locked -> new DirectoryLock(file, locked));
            } finally {
                if (channel == null) {
                    HELD.remove(file);
                }
            }
        } catch (IOException e) {
            throw InputFiles.unwritable(path.resolve(name), e);
        }
    }

    /**
     * The lock file, locked and still under its name; null if held. A holder that ends marks its file and removes it, perhaps
     * after we opened it, and another process may have made a new one since. A mark that is met again and again was left by a
     * crash between the two.
     */
    private static FileChannel locked(Path file) throws IOException {
        for (int marks = 0; ; ) {
            FileChannel channel = FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            boolean kept = false;
            try {
                FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
                if (lock == null) {
                    return null;
                }
                marks += content(channel).equals(RELEASED) ? 1 : 0;
                boolean current = !content(channel).equals(RELEASED) || marks > MOST_MARKS;
                if (current && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    write(channel, Long.toString(ProcessHandle.current().pid()));
                    kept = true;
                    return channel;
                }
            } finally {
                if (!kept) {
                    channel.close();
                }
            }
        }
    }

    private static void write(FileChannel channel, String line) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
    }

    private static String content(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        channel.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
    }

    /** The pid of the process that holds a lock, as its file says, for messages. */
    static String holder(Path path, String name) {
        try {
            Path file = path.toRealPath().resolve(name);
            if (HELD.contains(file)) {
                return Long.toString(ProcessHandle.current().pid());
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                String pid = content(channel);
                return pid.matches("\\d+") ? pid : "unknown";
            }
        } catch (IOException gone) {
            return "unknown";
        }
    }

    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            write(channel, RELEASED);
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw InputFiles.unwritable(file, e);
        } finally {
            HELD.remove(file);
        }
    }
}
