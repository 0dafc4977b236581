package org.gradus.bundle;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.gradus.backend.BackendException;

/** A Java runtime with the modules that Gradus needs and no others, linked from the JDK that runs. */
final class JavaRuntime {
    /** What jdeps finds below the program and its libraries; a test asks it. */
    static final List<String> MODULES =
            List.of("java.base", "java.desktop", "java.management", "java.naming", "java.sql", "jdk.unsupported");

    /** Windows, splash screens and sound, and the libraries of X11 and ALSA that they need; and programs other than java. */
    private static final List<String> UNUSED = List.of(
            "bin/keytool",
            "bin/rmiregistry",
            "bin/jrunscript",
            "lib/libawt_xawt.so",
            "lib/libjawt.so",
            "lib/libsplashscreen.so",
            "lib/libjsound.so");

    private JavaRuntime() {}

    /** @throws BackendException if this Java has no jlink */
    static ToolProvider jlink() {
        String home = System.getProperty("java.home");
        return ToolProvider.findFirst("jlink")
                .orElseThrow(
                        () -> new BackendException(
                                "bundle: the Java in " + home
                                        + " has no jlink: it is a runtime and no JDK; let JAVA_HOME name a JDK of version 17 or newer"));
    }

    /**
     * Not compressed: the archive's compression does better on the whole.
     *
     * @param folder is made
     * @throws BackendException if jlink fails, with its words
     */
    static void link(ToolProvider jlink, Path folder) throws IOException {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int status = jlink.run(
                out,
                out,
                "--add-modules",
                String.join(",", MODULES),
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                folder.toString());
        if (status != 0) {
            String words = said.toString().strip().replaceAll("\\s*\\R\\s*", " ");
            throw new BackendException("bundle: jlink of " + System.getProperty("java.home") + " failed: " + words);
        }
        for (String file : UNUSED) {
            Files.deleteIfExists(folder.resolve(file));
        }
    }

    /** The runtime's native libraries. */
    static List<Path> natives(Path runtime) throws IOException {
        try (Stream<Path> files = Files.walk(runtime.resolve("lib"))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".so"))
                    .sorted()
                    .toList();
        }
    }
}
