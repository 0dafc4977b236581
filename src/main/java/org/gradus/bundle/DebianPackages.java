package org.gradus.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which package a file of this machine belongs to, and under which licence it is: /var/lib/dpkg/info/PACKAGE.list or
 * PACKAGE:ARCHITECTURE.list names a package's files, one a line, and /usr/share/doc/PACKAGE/copyright has its licence, which
 * may refer to a text in /usr/share/common-licenses.
 *
 * @param root of the file system, "/" but in tests
 */
record DebianPackages(Path root) {
    private static final Pattern COMMON = Pattern.compile("/usr/share/common-licenses/([A-Za-z0-9.+-]*[A-Za-z0-9+])");

    /** The package that installed {@code file}; empty where none did or the machine has no such packages. */
    Optional<String> owner(Path file) throws IOException {
        String inside = "/" + root.relativize(file);
        Set<String> names = Set.of(inside, inside.replaceFirst("^/usr/", "/"), "/usr" + inside);
        Path lists = root.resolve("var/lib/dpkg/info");
        if (!Files.isDirectory(lists)) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(lists, "*.list")) {
            for (Path list : all) {
                List<String> lines = Files.readAllLines(list, StandardCharsets.UTF_8);
                if (lines.stream().anyMatch(names::contains)) {
                    return Optional.of(list.getFileName().toString().replaceFirst("(:[^:]*)?\\.list$", ""));
                }
            }
        }
        return Optional.empty();
    }

    /** The licence of a package; empty where its file is missing. */
    Optional<Path> licence(String name) {
        return Optional.of(root.resolve("usr/share/doc/" + name + "/copyright")).filter(Files::isRegularFile);
    }

    /** The texts that a licence refers to, as far as they are here. */
    Set<Path> commonTexts(Path licence) throws IOException {
        Set<Path> texts = new TreeSet<>();
        Matcher named = COMMON.matcher(Files.readString(licence, StandardCharsets.UTF_8));
        while (named.find()) {
            Path text = root.resolve("usr/share/common-licenses").resolve(named.group(1));
            if (Files.isRegularFile(text)) {
                texts.add(text);
            }
        }
        return texts;
    }
}
