package org.gradus.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The table of a run as it grows: a header {@code step,…}, then one line per recorded step, numbers as {@code %.16e}. A row
 * is whole or absent.
 */
public final class TrajectoryFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private final int columns;
    private final StringBuilder row = new StringBuilder();
    private long whole;

    /**
     * @param columns number of columns after the step
     * @param whole bytes of the file that are kept; what follows is cut off
     */
    TrajectoryFile(Path path, FileChannel channel, int columns, long whole) {
        this.path = path;
        this.channel = channel;
        this.columns = columns;
        this.whole = whole;
    }

    /**
     * Begins a table.
     *
     * @param columns the names of the columns after {@code step}
     * @throws StoreException if there is such a file already, or it cannot be written
     */
    public static TrajectoryFile create(Path path, List<String> columns) {
        String header = header(columns);
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            TrajectoryFile file = new TrajectoryFile(path, channel, columns.size(), 0);
            try {
                file.write(header);
            } catch (StoreException e) {
                channel.close();
                Files.delete(path);
                throw e;
            }
            return file;
        } catch (FileAlreadyExistsException e) {
            throw new StoreException(path + ": is there already; a table is not written over", e);
        } catch (IOException e) {
            throw InputFiles.unwritable(path, e);
        }
    }

    /**
     * Goes on with a table, cut back to the rows of steps up to and including {@code lastStep}; a torn last row goes too.
     *
     * @param columns the names of the columns after {@code step}, which the table must have
     * @throws StoreException if the table is missing, has other columns or ends before {@code lastStep}
     */
    public static TrajectoryFile reopen(Path path, List<String> columns, long lastStep) {
        InputFiles.requireRegular(path);
        long kept = TrajectoryRows.lengthUpTo(path, header(columns), lastStep);
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
            try {
                channel.truncate(kept);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            return new TrajectoryFile(path, channel, columns.size(), kept);
        } catch (IOException e) {
            throw InputFiles.unwritable(path, e);
        }
    }

    /**
     * Whether {@link #reopen} is going to go on, asked before anything is cut off.
     *
     * @throws StoreException if the table is missing, has other columns or no whole row for {@code lastStep}
     */
    public static void requireRow(Path path, List<String> columns, long lastStep) {
        InputFiles.requireRegular(path);
        TrajectoryRows.lengthUpTo(path, header(columns), lastStep);
    }

    /**
     * Adds a row, in one write.
     *
     * @param values one number per column after {@code step}
     * @throws StoreException if the row cannot be written; the table then ends with the row before it
     */
    public void append(long step, double[] values) {
        if (values.length != columns) {
            throw new IllegalArgumentException(values.length + " values for " + columns + " columns");
        }
        row.setLength(0);
        row.append(step);
        for (double value : values) {
            row.append(',');
            Scientific.append(row, value);
        }
        write(row.append('\n'));
    }

    private void write(CharSequence line) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line.toString());
        long end = whole + bytes.remaining();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes, end - bytes.remaining());
            }
            whole = end;
        } catch (IOException e) {
            StoreException failure = InputFiles.unwritable(path, e);
            cutBack(failure);
            throw failure;
        }
    }

    private void cutBack(StoreException failure) {
        try {
            channel.truncate(whole);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Forces the rows so far to the disk.
     *
     * @throws StoreException if that fails
     */
    public void force() {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw InputFiles.unwritable(path, e);
        }
    }

    /** Forces the table to the disk; closing twice is allowed. */
    @Override
    public void close() {
        try (channel) {
            if (channel.isOpen()) {
                channel.force(true);
            }
        } catch (IOException e) {
            throw InputFiles.unwritable(path, e);
        }
    }

    private static String header(List<String> columns) {
        for (String name : columns) {
            if (!name.matches("[\\x21-\\x7e&&[^,\"]]+") || name.equals("step")) {
                throw new IllegalArgumentException("a column named '" + name + "'");
            }
        }
        return "step" + (columns.isEmpty() ? "" : "," + String.join(",", columns)) + "\n";
    }
}
