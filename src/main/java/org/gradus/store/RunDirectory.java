package org.gradus.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The directory that one run, or another method in its place, writes, held by one process at a time, and the names of what lies in it. */
public final class RunDirectory implements AutoCloseable {
    static final String CHECKPOINTS = "checkpoints";

    /** All that a run writes. */
    private static final List<String> WRITTEN = List.of(
            "manifest.json",
            "trajectory.csv",
            "trajectory.h5",
            "product.npy",
            "result.json",
            "path.csv",
            "rows.csv",
            "columns.csv",
            "report.html",
            "factors",
            "products",
            "plots",
            CHECKPOINTS);

    private static final List<String> KEPT = List.of("manifest.json", "checkpoints");

    /** Of these one is there where a run, or a result of another method, is. */
    private static final List<String> TELLING = List.of("manifest.json", "trajectory.csv", "result.json");

    /** Where a run writes, from the directory itself. */
    private static final List<String> FOLDERS = List.of("", "factors", "products", "plots", CHECKPOINTS);

    private final Path path;
    private final DirectoryLock lock;

    private RunDirectory(Path path, DirectoryLock lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes a directory for a new run, creating it and the folders above it.
     *
     * @param overwrite whether the files of an earlier run are removed; files that no run writes always stay
     * @throws StoreException if it holds a run and overwrite is false, another process writes it, or it cannot be written
     */
    public static RunDirectory open(Path path, boolean overwrite) {
        create(path);
        return take(path, directory -> prepare(path, overwrite));
    }

    /** Makes a directory that is held free for a new run or sweep. */
    static void prepare(Path path, boolean overwrite) throws IOException {
        if (overwrite) {
            SweepDirectory.removeSweep(path);
            removeRun(path);
        } else {
            requireNoRun(path);
        }
    }

    /**
     * Whether {@link #open} is going to be refused for what is there, asked before something long is begun; creates and removes
     * nothing.
     *
     * @throws StoreException if it is no directory, or holds a run or sweep and overwrite is false
     */
    public static void requireFree(Path path, boolean overwrite) {
        requireNoFile(path);
        if (!overwrite) {
            requireNoRun(path);
        }
    }

    private static void requireNoFile(Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw InputFiles.refused(path, "is a file; a run needs a directory");
        }
    }

    private static void requireNoRun(Path path) {
        if (SweepDirectory.holdsSweep(path)) {
            throw InputFiles.refused(path, "already holds a sweep; --overwrite replaces it");
        }
        for (String name : TELLING) {
            if (Trees.isThere(path.resolve(name))) {
                throw InputFiles.refused(path, "already holds a run; --overwrite replaces it");
            }
        }
    }

    /**
     * Takes the directory of a run that is to go on.
     *
     * @throws StoreException if it holds no run, but perhaps a sweep or another method's result, another process writes it, or it cannot be written
     */
    public static RunDirectory reopen(Path path) {
        if (!Files.isDirectory(path)) {
            throw InputFiles.refused(path, "no such run directory");
        }
        if (SweepDirectory.holdsSweep(path)) {
            throw InputFiles.refused(path, "holds a sweep, not a run; its runs lie in " + path.resolve("runs"));
        }
        if (Trees.isThere(path.resolve("result.json"))) {
            throw InputFiles.refused(
                    path, "holds the result of a method without steps; there is nothing to go on with");
        }
        return take(path, directory -> {
            if (!directory.holdsRun()) {
                throw InputFiles.refused(path, "holds no run: neither manifest.json nor trajectory.csv is there");
            }
        });
    }

    public Path path() {
        return path;
    }

    public Path manifest() {
        return path.resolve("manifest.json");
    }

    public Path trajectory() {
        return path.resolve("trajectory.csv");
    }

    /** The table as HDF5 arrays. */
    public Path arrays() {
        return path.resolve("trajectory.h5");
    }

    /** What a method without steps tells of its estimate. */
    public Path result() {
        return path.resolve("result.json");
    }

    /** Its estimates, where it makes several. */
    public Path estimates() {
        return path.resolve("path.csv");
    }

    public Path product() {
        return path.resolve("product.npy");
    }

    /** What the product's rows are called, where they have names. */
    public Path rowLabels() {
        return path.resolve("rows.csv");
    }

    public Path columnLabels() {
        return path.resolve("columns.csv");
    }

    public Path report() {
        return path.resolve("report.html");
    }

    public Path checkpoints() {
        return path.resolve(CHECKPOINTS);
    }

    /** The final W_j, j from 1. */
    public Path factor(int j) {
        return path.resolve("factors").resolve("W_" + j + ".npy");
    }

    /**
     * The product at a recorded step, such as {@code products/step_000000100.npy}.
     *
     * @param ending with its dot: {@code .npy} or {@code .png}
     */
    public Path productAt(long step, String ending) {
        if (step < 0 || !ending.matches("\\.[a-z0-9]+")) {
            throw new IllegalArgumentException("a product at step " + step + " as '" + ending + "'");
        }
        return path.resolve("products").resolve(String.format(Locale.ROOT, "step_%09d%s", step, ending));
    }

    /** The picture {@code plots/NAME.svg}. */
    public Path plot(String name) {
        return plot(path, name);
    }

    static Path plot(Path path, String name) {
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("a plot named '" + name + "'");
        }
        return path.resolve("plots").resolve(name + ".svg");
    }

    /** Gives the directory back; closing twice is allowed. */
    @Override
    public void close() {
        lock.close();
    }

    private interface Preparation {
        void apply(RunDirectory directory) throws IOException;
    }

    private static RunDirectory take(Path path, Preparation preparation) {
        requireWritable(path);
        RunDirectory directory = new RunDirectory(path, DirectoryLock.take(path));
        boolean taken = false;
        try {
            for (String folder : FOLDERS) {
                AtomicFile.removeUnfinished(path.resolve(folder));
            }
            preparation.apply(directory);
            taken = true;
            return directory;
        } catch (IOException e) {
            throw InputFiles.unwritable(path, e);
        } finally {
            if (!taken) {
                directory.close();
            }
        }
    }

    static void requireWritable(Path path) {
        if (!Files.isWritable(path)) {
            throw InputFiles.refused(path, "cannot be written: permission denied");
        }
    }

    static void create(Path path) {
        requireNoFile(path);
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path);
            }
        } catch (IOException e) {
            throw InputFiles.unwritable(path, e);
        }
    }

    /**
     * Removes what a run has written but its manifest and checkpoints, so that it can begin anew.
     *
     * @throws StoreException if that cannot be done
     */
    public void removeResults() {
        try {
            for (String name : WRITTEN) {
                if (!KEPT.contains(name)) {
                    Trees.delete(path.resolve(name));
                }
            }
        } catch (IOException e) {
            throw InputFiles.unwritable(path, e);
        }
    }

    private boolean holdsRun() {
        return Trees.isThere(manifest()) || Trees.isThere(trajectory());
    }

    /** Files that no run writes stay. */
    static void removeRun(Path path) throws IOException {
        for (String name : WRITTEN) {
            Trees.delete(path.resolve(name));
        }
    }
}
