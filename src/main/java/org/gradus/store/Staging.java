package org.gradus.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A temporary folder that is deleted, with all in it, when it is closed. */
public final class Staging implements AutoCloseable {
    private final Path path;

    private Staging(Path path) {
        this.path = path;
    }

    /**
     * Makes one in the system's folder for temporary files.
     *
     * @throws StoreException if it cannot be made
     */
    public static Staging open(String prefix) {
        try {
            return new Staging(Files.createTempDirectory(prefix));
        } catch (IOException e) {
            Path folder = Path.of(System.getProperty("java.io.tmpdir"));
            throw InputFiles.unwritable(folder, e);
        }
    }

    public Path path() {
        return path;
    }

    /** @throws StoreException if something in it cannot be deleted */
    @Override
    public void close() {
        try {
            Trees.delete(path);
        } catch (IOException e) {
            throw InputFiles.unwritable(path, e);
        }
    }
}
