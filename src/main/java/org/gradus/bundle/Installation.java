package org.gradus.bundle;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.gradus.backend.BackendException;
import org.gradus.store.StoreException;

/**
 * A checkout in which Gradus was built.
 *
 * @param home with LICENSE, examples, docs and bundle
 * @param jar the program's
 * @param libraries the jars that it needs, of the platform at hand, in the order of the class path
 */
public record Installation(Path home, Path jar, List<Path> libraries) {
    /** Below the home, what a bundle takes along; the last is the bundle's own launcher, README and licences. */
    static final List<String> SOURCES = List.of("LICENSE", "examples", "docs/gpu.md", "bundle");

    private static final String BUILD = "; a bundle is made from a checkout: ./gradus bundle -o FILE.tar.xz";

    /**
     * The one that runs.
     *
     * @param program any class of it
     * @throws BackendException if it runs from a bundle, from class files, or was built for benchmarks
     */
    public static Installation of(Class<?> program) {
        if (System.getProperty("gradus.bundle") != null) {
            throw new BackendException("bundle: this is a bundle (" + System.getProperty("gradus.bundle")
                    + "), and its parts are not those of a build" + BUILD + "; or copy the archive that it came from");
        }
        CodeSource source = program.getProtectionDomain().getCodeSource();
        try {
            return of(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException e) {
            throw new BackendException("bundle: the program's own place is no file: " + source.getLocation(), e);
        }
    }

    /**
     * @param jar HOME/target/gradus.jar, whose manifest's Class-Path names its libraries
     * @throws BackendException if it is no such jar
     */
    static Installation of(Path jar) {
        if (!Files.isRegularFile(jar) || jar.getParent().getParent() == null) {
            throw new BackendException("bundle: " + jar + " is no jar" + BUILD);
        }
        Path home = jar.getParent().getParent();
        for (String source : SOURCES) {
            if (!Files.exists(home.resolve(source))) {
                throw new BackendException("bundle: " + home + " holds no " + source + BUILD);
            }
        }
        return new Installation(home, jar, libraries(jar));
    }

    private static List<Path> libraries(Path jar) {
        List<Path> libraries = new ArrayList<>();
        for (String name : classPath(jar).split(" +", -1)) {
            Path library = jar.resolveSibling(name);
            String file = library.getFileName().toString();
            if (file.startsWith("jmh-")) {
                throw new BackendException("bundle: " + jar + " holds the benchmarks (-Pbench); build without:"
                        + " mvn -Dquick=true -Dmaven.test.skip=true clean package");
            }
            if (file.endsWith("-redist.jar")) {
                continue; // NVIDIA's libraries, 2 GB: the machine that the bundle runs on has its own
            }
            if (!Files.isRegularFile(library)) {
                throw new StoreException(library + ": no such file, though " + jar
                        + " needs it; build again: mvn -Dquick=true" + " -Dmaven.test.skip=true clean package");
            }
            libraries.add(library);
        }
        return List.copyOf(libraries);
    }

    private static String classPath(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String path = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (path == null || path.isBlank()) {
                throw new BackendException("bundle: the manifest of " + jar + " names no Class-Path" + BUILD);
            }
            return path.strip();
        } catch (IOException e) {
            throw new StoreException(jar + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * @param os as in os.name
     * @param architecture as in os.arch
     * @throws BackendException unless a bundle for this platform can be made
     */
    static void requirePlatform(String os, String architecture) {
        boolean here = os.toLowerCase(Locale.ROOT).equals("linux") && architecture.equals("amd64");
        if (!here) {
            throw new BackendException(
                    "bundle: bundles are for Linux on x86-64 and made there, since they take this machine's"
                            + " Java along; this is " + os + " on " + architecture);
        }
    }
}
