package org.gradus.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The directory that one sweep writes; its runs lie below it, each in a run directory. Held by one process at a time, or by
 * shards of the sweep, each by one.
 *
 * <p>Whoever holds {@code .lock} decides who else may come: a process that carries out the whole sweep keeps it to its end, one
 * that carries out a shard only until it has {@code .lock-2-of-4}, say, and again to see whether it is the last one.
 */
public final class SweepDirectory implements AutoCloseable {
    private static final String DESCRIPTION = "sweep.json";
    private static final String TABLE = "sweep.csv";
    private static final String RUNS = "runs";

    /** Of a run's folder, from 0001. */
    private static final String NUMBER = "[0-9]{4,}";

    private final Path path;
    private final DirectoryLock lock;
    private final String tableName;
    private final boolean replace;

    /** @param replace whether runs that are there are carried out anew */
    private SweepDirectory(Path path, DirectoryLock lock, String tableName, boolean replace) {
        this.path = path;
        this.lock = lock;
        this.tableName = tableName;
        this.replace = replace;
    }

    /**
     * Takes a directory for a new sweep, creating it and the folders above it.
     *
     * @param overwrite whether the files of an earlier run or sweep are removed; files that neither writes always stay
     * @throws StoreException if it holds one and overwrite is false, another process writes it, or it cannot be written
     */
    public static SweepDirectory open(Path path, boolean overwrite) {
        RunDirectory.create(path);
        return alone(path, overwrite, () -> RunDirectory.prepare(path, overwrite));
    }

    /**
     * Takes a directory whose sweep is to go on.
     *
     * @throws StoreException if another process writes it, or it cannot be written
     */
    public static SweepDirectory reopen(Path path) {
        return alone(path, true, () -> {});
    }

    private interface Preparation {
        void apply() throws IOException;
    }

    private static SweepDirectory alone(Path path, boolean replace, Preparation preparation) {
        RunDirectory.requireWritable(path);
        DirectoryLock lock = DirectoryLock.take(path);
        boolean taken = false;
        try {
            ShardLocks.requireNone(path);
            AtomicFile.removeUnfinished(path);
            preparation.apply();
            taken = true;
            return new SweepDirectory(path, lock, TABLE, replace);
        } catch (IOException e) {
            throw InputFiles.unwritable(path, e);
        } finally {
            if (!taken) {
                lock.close();
            }
        }
    }

    /**
     * Takes part of a directory for a shard, creating the directory and the folders above it; what is there stays.
     *
     * @param shard such as {@code 2-of-4}
     * @param description written if there is none yet
     * @throws StoreException if it holds a run, another process has this shard, the whole sweep or a shard of other size, or it
     *     cannot be written
     */
    public static SweepDirectory share(Path path, String shard, Map<String, Object> description) {
        RunDirectory.create(path);
        RunDirectory.requireWritable(path);
        DirectoryLock gate = ShardLocks.gate(path);
        try {
            if (!holdsSweep(path)) {
                requireNothing(path);
            }
            SweepDirectory directory = new SweepDirectory(path, ShardLocks.take(path, shard), table(shard), true);
            if (!Trees.isThere(path.resolve(DESCRIPTION))) {
                directory.describe(description);
            }
            return directory;
        } catch (IOException e) {
            throw InputFiles.unwritable(path, e);
        } finally {
            gate.close();
        }
    }

    /** Neither a run nor, below runs/, any. */
    private static void requireNothing(Path path) throws IOException {
        RunDirectory.prepare(path, false);
        for (Path run : runs(path)) {
            RunDirectory.prepare(run, false);
        }
    }

    /**
     * Gives a shard back; takes the whole sweep if every shard has been begun and none is being carried out.
     *
     * @param shards the names of all
     */
    public Optional<SweepDirectory> closeAndTakeWhole(List<String> shards) {
        DirectoryLock gate = ShardLocks.gate(path);
        boolean last = false;
        try {
            close();
            last = shards.stream().allMatch(shard -> Trees.isThere(path.resolve(table(shard))))
                    && ShardLocks.areFree(path);
            return last ? Optional.of(new SweepDirectory(path, gate, TABLE, true)) : Optional.empty();
        } finally {
            if (!last) {
                gate.close();
            }
        }
    }

    private static String table(String shard) {
        return "sweep-" + shard + ".csv";
    }

    /** Whether there is a sweep, or what is left of one. */
    public static boolean holdsSweep(Path path) {
        return Trees.isThere(path.resolve(DESCRIPTION)) || Trees.isThere(path.resolve(TABLE));
    }

    /** What a sweep has written there, where there was one: of runs/ only numbered folders, and in these what runs write. */
    static void removeSweep(Path path) throws IOException {
        if (!holdsSweep(path)) {
            return;
        }
        for (Path folder : runs(path)) {
            RunDirectory.removeRun(folder);
            deleteIfEmpty(folder);
        }
        deleteIfEmpty(path.resolve(RUNS));
        Trees.delete(path.resolve(TABLE));
        try (DirectoryStream<Path> tables = Files.newDirectoryStream(path, SweepDirectory::isTableOfShard)) {
            for (Path table : tables) {
                Trees.delete(table);
            }
        }
        Trees.delete(path.resolve(DESCRIPTION));
    }

    private static boolean isTableOfShard(Path file) {
        return file.getFileName().toString().matches("sweep-" + ShardLocks.SHARD + "\\.csv");
    }

    /** The numbered folders below runs/. */
    private static List<Path> runs(Path path) throws IOException {
        List<Path> found = new ArrayList<>();
        Path runs = path.resolve(RUNS);
        if (Files.isDirectory(runs, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(runs, SweepDirectory::isNumbered)) {
                folders.forEach(found::add);
            }
        }
        return found;
    }

    private static boolean isNumbered(Path folder) {
        return folder.getFileName().toString().matches(NUMBER) && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean empty;
        try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
            empty = !content.iterator().hasNext();
        }
        if (empty) {
            Files.delete(folder);
        }
    }

    public Path path() {
        return path;
    }

    /** A row for each run that has ended: sweep.csv, or for a shard {@code sweep-2-of-4.csv}. */
    public Path table() {
        return path.resolve(tableName);
    }

    /** The folder of a run, which need not be there. */
    public Path run(String name) {
        if (!name.matches(NUMBER)) {
            throw new IllegalArgumentException("a run named '" + name + "'");
        }
        return path.resolve(RUNS).resolve(name);
    }

    /** Takes the folder of a run of this sweep; of a sweep that goes on, what an earlier attempt wrote there goes. */
    public RunDirectory openRun(String name) {
        return RunDirectory.open(run(name), replace);
    }

    /** Takes the folder of a run that goes on from a checkpoint. */
    public RunDirectory reopenRun(String name) {
        return RunDirectory.reopen(run(name));
    }

    /** The picture {@code plots/NAME.svg}. */
    public Path plot(String name) {
        return RunDirectory.plot(path, name);
    }

    /**
     * What {@link #describe} wrote.
     *
     * @throws StoreException if it is missing, malformed or from a newer version of Gradus
     */
    public Map<String, Object> description() {
        return RunFormat.read(path.resolve(DESCRIPTION));
    }

    /** Writes what the sweep is; a directory with this file holds one. */
    public void describe(Map<String, Object> description) {
        JsonFile.write(path.resolve(DESCRIPTION), description);
    }

    /**
     * Writes the table, whole; a cell with a comma, a quotation mark or a line break is quoted as RFC 4180 says.
     *
     * @param rows the header first; rows that are shorter are filled up with empty cells
     */
    public void writeTable(List<List<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            for (int j = 0; j < columns; j++) {
                text.append(j == 0 ? "" : ",").append(j < row.size() ? cell(row.get(j)) : "");
            }
            text.append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(table(), out -> out.write(bytes));
    }

    private static String cell(String value) {
        boolean quoted = value.chars().anyMatch(sign -> ",\"\r\n".indexOf(sign) >= 0);
        return quoted ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }

    /** Gives the directory back; closing twice is allowed. */
    @Override
    public void close() {
        lock.close();
    }
}
