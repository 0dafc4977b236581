package org.gradus.backend.cuda;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gradus.backend.BackendException;

/**
 * The names that Gradus calls in each CUDA library, from {@code entry-points.txt}: lines {@code LIBRARY NAME}, {@code #}
 * begins a comment. A name that is called but not exported ends the process, so libraries are asked before their first call.
 */
final class EntryPoints {
    private static final Map<String, List<String>> NAMES = read();
    /** Of the missing names, in a message. */
    private static final int SHOWN = 4;

    private EntryPoints() {}

    /** Library (cuda, cublas, cusolver, nvrtc) to names, in the order of the list. */
    static Map<String, List<String>> all() {
        return NAMES;
    }

    /**
     * The names that are called in a library and that its file does not export.
     *
     * @param library as in the list; of one that is not there nothing is called
     * @throws BackendException if the file is no library
     */
    static List<String> missing(String library, Path file) {
        List<String> called = NAMES.getOrDefault(library, List.of());
        if (called.isEmpty()) {
            return List.of();
        }
        try {
            Set<String> exported = Elf.exports(file);
            return called.stream().filter(name -> !exported.contains(name)).toList();
        } catch (IOException e) {
            throw new BackendException("cuda: " + file + " is not usable: " + e.getMessage(), e);
        }
    }

    /** @throws BackendException unless the file exports every name that is called in the library */
    static void require(String library, Path file) {
        require(library, file, missing(library, file));
    }

    /** @throws BackendException unless {@code missing} is empty */
    static void require(String library, Path file, List<String> missing) {
        if (!missing.isEmpty()) {
            String first = String.join(", ", missing.subList(0, Math.min(SHOWN, missing.size())));
            String more = missing.size() > SHOWN ? " and " + (missing.size() - SHOWN) + " more" : "";
            throw new BackendException(
                    "cuda: " + file + " lacks " + first + more + ", which this version calls; update "
                            + (library.equals("cuda") ? "the driver" : "CUDA's libraries"));
        }
    }

    private static Map<String, List<String>> read() {
        Map<String, List<String>> names = new LinkedHashMap<>();
        try (InputStream in = EntryPoints.class.getResourceAsStream("entry-points.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            for (String line : lines.lines().toList()) {
                String[] words = line.split("#", 2)[0].strip().split(" ", -1);
                if (words.length == 2) {
                    names.computeIfAbsent(words[0], library -> new ArrayList<>())
                            .add(words[1]);
                } else if (!words[0].isEmpty()) {
                    throw new IllegalStateException("entry-points.txt: no line LIBRARY NAME: " + line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        names.replaceAll((library, list) -> List.copyOf(list));
        return Collections.unmodifiableMap(names);
    }
}
