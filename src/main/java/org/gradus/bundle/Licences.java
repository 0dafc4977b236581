package org.gradus.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.gradus.store.StoreException;

/**
 * The table in bundle/licenses/README.md: a row {@code | NAME, NAME | licence | … |} for the jars NAME-VERSION…jar.
 */
final class Licences {
    private static final Pattern VERSION = Pattern.compile("-[0-9].*");

    private Licences() {}

    /** @throws StoreException if a library has no row in the table, with its name */
    static void require(List<Path> libraries, Path table) {
        List<String> known = names(table);
        for (Path library : libraries) {
            String name = VERSION.matcher(library.getFileName().toString()).replaceFirst("");
            if (!known.contains(name)) {
                throw new StoreException(
                        table + ": names no licence for " + name + " (" + library.getFileName() + "); add a row");
            }
        }
    }

    private static List<String> names(Path table) {
        try {
            List<String> names = new ArrayList<>();
            for (String line : Files.readAllLines(table, StandardCharsets.UTF_8)) {
                if (line.startsWith("| ")) {
                    String jars = line.substring(2, Math.max(2, line.indexOf(" |", 2)));
                    names.addAll(List.of(jars.split(", *", -1)));
                }
            }
            return names;
        } catch (IOException e) {
            throw new StoreException(table + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
