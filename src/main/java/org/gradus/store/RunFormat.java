package org.gradus.store;

import java.nio.file.Path;
import java.util.Map;

/**
 * The version of the layout of run and sweep directories, in the key {@code format} of manifest.json and sweep.json. It grows when a
 * program that knows the one before would misread the directory; files without the key are of version 1.
 */
public final class RunFormat {
    public static final String KEY = "format";
    public static final int VERSION = 1;

    private RunFormat() {}

    /**
     * Reads manifest.json or sweep.json.
     *
     * @throws StoreException if it is missing, no JSON object, or from a version of Gradus that writes a newer layout
     */
    public static Map<String, Object> read(Path file) {
        Map<String, Object> content = JsonFile.read(file);
        require(file, content);
        return content;
    }

    /** @throws StoreException if what was read there is from a version of Gradus that writes a newer layout */
    public static void require(Path file, Map<String, Object> content) {
        Object format = content.getOrDefault(KEY, 1);
        if (!(format instanceof Integer version) || version < 1) {
            throw InputFiles.refused(
                    file, KEY + " must be a whole number from 1 on, not " + InputFiles.quoted("" + format));
        }
        if (version > VERSION) {
            throw InputFiles.refused(
                    file,
                    "is of format " + version + ", written by a newer Gradus" + writer(content)
                            + "; this one reads format " + VERSION + " and older: update Gradus");
        }
    }

    private static String writer(Map<String, Object> content) {
        Object version =
                content.get("versions") instanceof Map<?, ?> versions ? versions.get("gradus") : content.get("version");
        return version instanceof String text && text.matches("[0-9A-Za-z.+-]{1,40}") ? " (" + text + ")" : "";
    }
}
