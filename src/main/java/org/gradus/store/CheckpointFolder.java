package org.gradus.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checkpoints of a run directory that this process holds: {@code step_000001000.checkpoint}, the newest two. */
public final class CheckpointFolder {
    private static final Pattern NAME = Pattern.compile("step_(\\d{9,18})\\.checkpoint");

    private final Path path;

    public CheckpointFolder(RunDirectory directory) {
        this(directory.checkpoints());
    }

    private CheckpointFolder(Path path) {
        this.path = path;
    }

    /**
     * The newest step of which a run directory, which need not be held or be there, has a checkpoint; 0 if it has none.
     *
     * @throws StoreException if the folder cannot be read
     */
    public static long newest(Path run) {
        NavigableMap<Long, Path> files = new CheckpointFolder(run.resolve(RunDirectory.CHECKPOINTS)).files();
        return files.isEmpty() ? 0 : files.lastKey();
    }

    /** The file of a step. */
    public Path file(long step) {
        return path.resolve(String.format(Locale.ROOT, "step_%09d.checkpoint", step));
    }

    /**
     * The steps of which there are checkpoints, newest first; whether they can be used, reading them tells.
     *
     * @throws StoreException if the folder cannot be read
     */
    public List<Long> steps() {
        return List.copyOf(files().descendingKeySet());
    }

    /**
     * Writes the checkpoint of a step, and only when it is in place removes all but it and the newest before it.
     *
     * @throws StoreException if it cannot be written; those that were there are then untouched
     */
    public void write(long step, Map<String, Object> header, int[] lengths, IntFunction<double[]> arrays) {
        CheckpointFile.write(file(step), header, lengths, arrays);
        NavigableMap<Long, Path> files = files();
        Long before = files.lowerKey(step);
        files.remove(step);
        if (before != null) {
            files.remove(before);
        }
        files.values().forEach(CheckpointFolder::delete);
    }

    private NavigableMap<Long, Path> files() {
        NavigableMap<Long, Path> files = new TreeMap<>();
        for (Path file : list()) {
            Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
            if (name.matches()) {
                files.put(Long.parseLong(name.group(1)), file);
            }
        }
        return files;
    }

    private List<Path> list() {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
            List<Path> files = new ArrayList<>();
            stream.forEach(files::add);
            Collections.sort(files);
            return files;
        } catch (IOException e) {
            throw InputFiles.unreadable(path, e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw InputFiles.unwritable(file, e);
        }
    }
}
