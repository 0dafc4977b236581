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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory held by one process: an exclusive lock on its file {@code .lock}, which says the holder's pid. The system
 * drops the lock when its process ends, so a file left by a crash holds nobody off.
 *
 * <p>POSIX locks belong to the process and go when any of its descriptors of the file is closed; hence the directories held
 * here are remembered, and their lock file is not opened again.
 */
final class DirectoryLock implements AutoCloseable {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();
    /** Far beyond the text, so that it can be read where locks are mandatory. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final Path directory;
    private final Path file;
    private final FileChannel channel;

    private DirectoryLock(Path directory, Path file, FileChannel channel) {
        this.directory = directory;
        this.file = file;
        this.channel = channel;
    }

    /** @throws StoreException if another process, or this one, holds the directory */
    static DirectoryLock take(Path path) {
        try {
            Path directory = path.toRealPath();
            if (!HELD.add(directory)) {
                throw busy(path, Long.toString(ProcessHandle.current().pid()));
            }
            FileChannel channel = null;
            try {
                Path file = directory.resolve(".lock");
                channel = locked(path, file);
                return new DirectoryLock(directory, file, channel);
            } finally {
                if (channel == null) {
                    HELD.remove(directory);
                }
            }
        } catch (IOException e) {
            throw InputFiles.unwritable(path.resolve(".lock"), e);
        }
    }

    /** The lock file, locked and still under its name: a holder removes it when it ends, perhaps after we opened it. */
    private static FileChannel locked(Path path, Path file) throws IOException {
        while (true) {
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
                    throw busy(path, holder(channel));
                }
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    channel.truncate(0);
                    String pid = ProcessHandle.current().pid() + "\n";
                    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
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

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(20);
        channel.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return pid.matches("\\d+") ? pid : "unknown";
    }

    private static StoreException busy(Path path, String pid) {
        return new StoreException(path + ": another process (pid " + pid + ") is writing this run directory");
    }

    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw InputFiles.unwritable(file, e);
        } finally {
            HELD.remove(directory);
        }
    }
}
