package org.gradus.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The directory that one sweep writes, held by one process at a time; its runs lie below it, each in a run directory. */
public final class SweepDirectory implements AutoCloseable {
    private static final String DESCRIPTION = "sweep.json";
    private static final String TABLE = "sweep.csv";
    private static final String RUNS = "runs";

    /** Of a run's folder, from 0001. */
    private static final String NUMBER = "[0-9]{4,}";

    private final RunDirectory whole;
    private final boolean overwrite;

    private SweepDirectory(RunDirectory whole, boolean overwrite) {
        this.whole = whole;
        this.overwrite = overwrite;
    }

    /**
     * Takes a directory for a new sweep, creating it and the folders above it.
     *
     * @param overwrite whether the files of an earlier run or sweep are removed; files that neither writes always stay
     * @throws StoreException if it holds one and overwrite is false, another process writes it, or it cannot be written
     */
    public static SweepDirectory open(Path path, boolean overwrite) {
        return new SweepDirectory(RunDirectory.open(path, overwrite), overwrite);
    }

    static boolean holdsSweep(Path path) {
        return Trees.isThere(path.resolve(DESCRIPTION)) || Trees.isThere(path.resolve(TABLE));
    }

    /** What a sweep has written there, where there was one: of runs/ only numbered folders, and in these what runs write. */
    static void removeSweep(Path path) throws IOException {
        if (!holdsSweep(path)) {
            return;
        }
        Path runs = path.resolve(RUNS);
        if (Files.isDirectory(runs, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(runs, SweepDirectory::isNumbered)) {
                for (Path folder : folders) {
                    RunDirectory.removeRun(folder);
                    deleteIfEmpty(folder);
                }
            }
            deleteIfEmpty(runs);
        }
        Trees.delete(path.resolve(TABLE));
        Trees.delete(path.resolve(DESCRIPTION));
    }

    private static boolean isNumbered(Path folder) {
        return folder.getFileName().toString().matches(NUMBER) && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        boolean empty;
        try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
            empty = !content.iterator().hasNext();
        }
        if (empty) {
            Files.delete(folder);
        }
    }

    public Path path() {
        return whole.path();
    }

    /** A row for each run that has ended. */
    public Path table() {
        return path().resolve(TABLE);
    }

    /** The folder of a run, which need not be there. */
    public Path run(String name) {
        if (!name.matches(NUMBER)) {
            throw new IllegalArgumentException("a run named '" + name + "'");
        }
        return path().resolve(RUNS).resolve(name);
    }

    /** Takes the folder of a run of this sweep. */
    public RunDirectory openRun(String name) {
        return RunDirectory.open(run(name), overwrite);
    }

    /** The picture {@code plots/NAME.svg}. */
    public Path plot(String name) {
        return whole.plot(name);
    }

    /** Writes what the sweep is; a directory with this file holds one. */
    public void describe(Map<String, Object> description) {
        JsonFile.write(path().resolve(DESCRIPTION), description);
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
        whole.close();
    }
}
