package org.gradus.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Files that appear whole: written beside as a hidden file, forced to the disk, renamed over the target. */
public final class AtomicFile {
    /** As {@link #beside} names them. */
    private static final Pattern UNFINISHED = Pattern.compile("\\..+\\.[0-9a-f]{1,16}\\.tmp");

    private AtomicFile() {}

    /** What is to be written; it need neither buffer nor close the stream. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** What is to be written by a library that opens files by their names. */
    @FunctionalInterface
    public interface Named {
        void writeTo(Path file) throws IOException;
    }

    /**
     * Writes a file, replacing what was there; a symbolic link is followed. The folder is created where only it is
     * missing. On any failure the target is as it was and nothing else is left.
     *
     * @throws StoreException if the target is no regular file or cannot be written
     */
    public static void write(Path path, Content content) {
        writeNamed(path, temporary -> {
            try (FileChannel channel =
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                Blocks out = new Blocks(Channels.newOutputStream(channel));
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
        });
    }

    /** The same for a library that is given the name; what it has written is forced to the disk before it is renamed. */
    public static void writeAndForce(Path path, Named content) {
        writeNamed(path, temporary -> {
            content.writeTo(temporary);
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        });
    }

    private static void writeNamed(Path path, Named content) {
        Path temporary = null;
        try {
            Path target = target(path);
            temporary = beside(target);
            content.writeTo(temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            temporary = null;
        } catch (IOException e) {
            throw InputFiles.unwritable(path, e);
        } finally {
            discard(temporary);
        }
    }

    /**
     * Whether {@link #write} is going to find a place, asked before something long is begun. The folder is created where only
     * it is missing.
     *
     * @throws StoreException if the target is no regular file or cannot be written
     */
    public static void requireWritable(Path path) {
        Path temporary = null;
        try {
            temporary = Files.createFile(beside(target(path)));
        } catch (IOException e) {
            throw InputFiles.unwritable(path, e);
        } finally {
            discard(temporary);
        }
    }

    /**
     * Removes what killed processes have left unfinished in a folder that this process alone writes into.
     *
     * @throws IOException if that cannot be done
     */
    static void removeUnfinished(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, AtomicFile::isUnfinished)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isUnfinished(Path file) {
        return UNFINISHED.matcher(String.valueOf(file.getFileName())).matches()
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static Path target(Path path) throws IOException {
        Path target = Files.exists(path) ? path.toRealPath() : path.toAbsolutePath();
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw InputFiles.refused(path, "cannot be written: it is there and not a regular file");
        }
        Path folder = target.getParent();
        if (folder == null) {
            throw InputFiles.refused(path, "cannot be written: names no file");
        }
        if (!Files.isDirectory(folder)) {
            Path above = folder.getParent();
            if (above == null || !Files.isDirectory(above)) {
                throw InputFiles.refused(path, "cannot be written: there is no folder " + above);
            }
            createFolder(path, folder);
        }
        return target;
    }

    private static void createFolder(Path path, Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw new StoreException(path + ": cannot be written: " + folder + " is not a folder", e);
            }
        }
    }

    /** Not createTempFile, which would leave the target readable by its owner alone. */
    private static Path beside(Path target) {
        String suffix = Long.toHexString(ThreadLocalRandom.current().nextLong());
        return target.resolveSibling("." + target.getFileName() + "." + suffix + ".tmp");
    }

    private static void discard(Path temporary) {
        if (temporary != null) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                throw InputFiles.unwritable(temporary, e);
            }
        }
    }

    /** Buffers writes in blocks; closing it does nothing, since the channel is still to be forced. */
    private static final class Blocks extends OutputStream {
        private final OutputStream out;
        private final ByteBuffer block = ByteBuffer.allocate(1 << 16);

        Blocks(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            if (!block.hasRemaining()) {
                flush();
            }
            block.put((byte) b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length > block.remaining()) {
                flush();
            }
            if (length > block.capacity()) {
                out.write(bytes, offset, length);
            } else {
                block.put(bytes, offset, length);
            }
        }

        @Override
        public void flush() throws IOException {
            out.write(block.array(), 0, block.position());
            block.clear();
        }

        @Override
        public void close() {}
    }
}
