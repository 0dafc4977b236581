package org.gradus.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which shards of a sweep are being carried out, by locks such as {@code .lock-2-of-4}, looked at by who holds {@code .lock} only. */
final class ShardLocks {
    static final String SHARD = "[0-9]+-of-[0-9]+";

    private static final String PREFIX = DirectoryLock.NAME + "-";

    /** That others hold {@code .lock} while they begin and end. */
    private static final long PATIENCE_SECONDS = 60;

    private ShardLocks() {}

    /**
     * The lock {@code .lock}, waited for since shards that begin and end hold it for moments.
     *
     * @throws StoreException if it is held for longer
     */
    static DirectoryLock gate(Path path) {
        long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000;
        Optional<DirectoryLock> gate = DirectoryLock.tryTake(path, DirectoryLock.NAME);
        while (gate.isEmpty() && System.nanoTime() - end < 0) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                break;
            }
            gate = DirectoryLock.tryTake(path, DirectoryLock.NAME);
        }
        return gate.orElseGet(() -> DirectoryLock.take(path));
    }

    /** @throws StoreException if this shard, or one of another division, is being carried out */
    static DirectoryLock take(Path path, String shard) {
        if (!shard.matches(SHARD)) {
            throw new IllegalArgumentException("a shard named '" + shard + "'");
        }
        String division = shard.substring(shard.indexOf('-'));
        begun(path).stream().filter(other -> !other.endsWith(division)).forEach(other -> requireFree(path, other));
        return DirectoryLock.tryTake(path, PREFIX + shard).orElseThrow(() -> busy(path, shard));
    }

    /** @throws StoreException if any shard is being carried out */
    static void requireNone(Path path) {
        begun(path).forEach(shard -> requireFree(path, shard));
    }

    static boolean areFree(Path path) {
        return begun(path).stream().allMatch(shard -> isFree(path, shard));
    }

    /** The shards that a process carries out, or carried out when it was killed. */
    private static List<String> begun(Path path) {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, PREFIX + "*")) {
            for (Path file : files) {
                String name = file.getFileName().toString().substring(PREFIX.length());
                if (name.matches(SHARD)) {
                    found.add(name);
                }
            }
        } catch (IOException e) {
            throw InputFiles.unreadable(path, e);
        }
        return found;
    }

    private static boolean isFree(Path path, String shard) {
        Optional<DirectoryLock> taken = DirectoryLock.tryTake(path, PREFIX + shard);
        taken.ifPresent(DirectoryLock::close);
        return taken.isPresent();
    }

    private static void requireFree(Path path, String shard) {
        if (!isFree(path, shard)) {
            throw busy(path, shard);
        }
    }

    private static StoreException busy(Path path, String shard) {
        return InputFiles.refused(
                path,
                "another process (pid " + DirectoryLock.holder(path, PREFIX + shard) + ") is carrying out shard "
                        + shard.replace("-of-", "/") + " of the sweep there");
    }
}
