package org.gradus.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.gradus.elf.Needs;

/**
 * What a Java runtime needs of its machine to draw and to read pictures: the libraries that its natives link to (FreeType and
 * HarfBuzz with what they need, of a JDK that does not bring them itself, such as Debian's) and a font. Files and their
 * licences come from this machine's packages, all of them or none.
 *
 * @param packages of this machine
 */
record Drawing(DebianPackages packages) {
    /** What every machine has that a bundle can run on. */
    private static final Set<String> BASE = Set.of(
            "ld-linux-x86-64.so.2",
            "libc.so.6",
            "libdl.so.2",
            "libgcc_s.so.1",
            "libm.so.6",
            "libpthread.so.0",
            "librt.so.1",
            "libstdc++.so.6",
            "libz.so.1");

    private static final List<String> FOLDERS =
            List.of("usr/lib/x86_64-linux-gnu", "lib/x86_64-linux-gnu", "usr/lib64", "usr/lib");
    /** The one with all signs of the pictures, first in their list of families. */
    private static final String FONT = "usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

    /** Thrown to the one caller below. */
    private static final class Missing extends IOException {
        private static final long serialVersionUID = 1L;

        Missing(String message) {
            super(message);
        }
    }

    /**
     * Copies libraries into {@code runtime}/lib, beside those that need them, the font into lib/fonts, and licences into a
     * folder for each package.
     *
     * @return why nothing was copied; empty if everything was
     */
    Optional<String> bring(Path runtime, Path licences) throws IOException {
        try {
            Map<String, Path> files = new TreeMap<>(libraries(runtime));
            Path font = packages.root().resolve(FONT);
            if (!Files.isRegularFile(font)) {
                throw new Missing("there is no " + font + " (Debian's package fonts-dejavu-core)");
            }
            files.put("fonts/" + font.getFileName(), font);
            Set<String> owners = new TreeSet<>();
            for (Path file : files.values()) {
                owners.add(owner(file));
            }
            for (Map.Entry<String, Path> each : files.entrySet()) {
                copy(each.getValue(), runtime.resolve("lib").resolve(each.getKey()));
            }
            copyLicences(owners, licences);
            return Optional.empty();
        } catch (Missing missing) {
            return Optional.of(missing.getMessage());
        }
    }

    /** Of the libraries that the runtime's natives need, directly or not, those that it does not have, by name. */
    private Map<String, Path> libraries(Path runtime) throws IOException {
        List<Path> natives = JavaRuntime.natives(runtime);
        Set<String> known = new TreeSet<>(BASE);
        natives.forEach(file -> known.add(file.getFileName().toString()));
        Map<String, Path> found = new TreeMap<>();
        Deque<Path> open = new ArrayDeque<>(natives);
        while (!open.isEmpty()) {
            Path needing = open.pop();
            for (String library : Needs.of(needing).libraries()) {
                if (known.add(library)) {
                    Path file = find(library, needing);
                    found.put(library, file);
                    open.push(file);
                }
            }
        }
        return found;
    }

    private Path find(String library, Path needing) throws Missing {
        return FOLDERS.stream()
                .map(folder -> packages.root().resolve(folder).resolve(library))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(
                        () -> new Missing("there is no " + library + ", which " + needing.getFileName() + " needs"));
    }

    private String owner(Path file) throws IOException {
        String owner = packages.owner(file)
                .orElseThrow(() ->
                        new Missing(file + " belongs to no package of Debian or Ubuntu, so its licence is unknown"));
        if (packages.licence(owner).isEmpty()) {
            throw new Missing("the licence of " + file + ", of the package " + owner + ", is not installed");
        }
        return owner;
    }

    private void copyLicences(Set<String> owners, Path licences) throws IOException {
        for (String owner : owners) {
            Path licence = packages.licence(owner).orElseThrow();
            copy(licence, licences.resolve(owner).resolve("copyright"));
            for (Path text : packages.commonTexts(licence)) {
                copy(text, licences.resolve("common-licenses").resolve(text.getFileName()));
            }
        }
    }

    /** The content; what a link points to becomes a file. */
    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
}
