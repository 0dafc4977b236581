package org.gradus.reproduce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gradus.store.StoreException;

/** Folders that results lie in. */
final class ResultFolder {
    private ResultFolder() {}

    /** @throws StoreException if it is a file, or cannot be made */
    static void create(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new StoreException(folder + ": is a file; results need a directory");
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StoreException(
                    folder + ": cannot be made: there is something else on its way, or no permission", e);
        }
    }
}
