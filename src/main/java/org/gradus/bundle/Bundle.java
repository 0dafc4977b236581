package org.gradus.bundle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.gradus.store.AtomicFile;
import org.gradus.store.Staging;
import org.gradus.store.StoreException;

/**
 * Lays out {@code gradus-VERSION-linux-x86_64/} with gradus, README.md, LICENSE, licenses, docs, examples, lib (jars) and
 * runtime (Java) in a temporary folder, and packs it.
 */
public final class Bundle {
    private static final String JARS = "lib";
    private static final String RUNTIME = "runtime";
    private static final String LICENCES = "licenses";
    private static final List<String> WITH_TOKENS = List.of("gradus", "README.md");

    private final Installation from;
    private final Identity identity;
    private final DebianPackages packages;
    private final Watcher watcher;

    /** What the bundle says of itself: the program's version and its commit. */
    public record Identity(String version, String commit) {}

    /**
     * What came of it.
     *
     * @param bytes of the archive
     * @param glibc the oldest with which it runs, such as 2.34
     * @param glibcxx the version of the C++ library, such as GLIBCXX_3.4.29
     * @param drawsNothing why the bundle draws no pictures by itself; empty if it does
     */
    public record Summary(long bytes, String glibc, String glibcxx, Optional<String> drawsNothing) {}

    private Bundle(Installation from, Identity identity, DebianPackages packages, Watcher watcher) {
        this.from = from;
        this.identity = identity;
        this.packages = packages;
        this.watcher = watcher;
    }

    /**
     * Writes the archive; it appears whole or not at all.
     *
     * @throws org.gradus.backend.BackendException if this Java or this machine cannot make one
     * @throws StoreException if a file cannot be read or written, or a library has no licence in bundle/licenses/README.md
     * @throws CancellationException if the watcher is interrupted
     */
    public static Summary write(Path target, Installation from, Identity identity, Watcher watcher) {
        Installation.requirePlatform(System.getProperty("os.name"), System.getProperty("os.arch"));
        ToolProvider jlink = JavaRuntime.jlink();
        return new Bundle(from, identity, new DebianPackages(Path.of("/")), watcher)
                .write(target, runtime -> JavaRuntime.link(jlink, runtime));
    }

    /** Makes a Java runtime in a folder that is not there yet. */
    @FunctionalInterface
    interface Linker {
        void link(Path folder) throws IOException;
    }

    static Summary write(
            Path target,
            Installation from,
            Identity identity,
            DebianPackages packages,
            Watcher watcher,
            Linker linker) {
        return new Bundle(from, identity, packages, watcher).write(target, linker);
    }

    /** The target is opened first: one that cannot be written is refused before anything takes time. */
    private Summary write(Path target, Linker linker) {
        Licences.require(from.libraries(), from.home().resolve("bundle/licenses/README.md"));
        Contents[] contents = new Contents[1];
        AtomicFile.write(target, out -> {
            try (Staging staging = Staging.open("gradus-bundle-")) {
                Path folder = staging.path().resolve("gradus-" + identity.version() + "-linux-x86_64");
                contents[0] = prepare(folder, linker);
                Archive.write(folder, out, watcher);
            }
        });
        Glibc glibc = contents[0].glibc();
        return new Summary(size(target), glibc.version(), glibc.cxxVersion(), contents[0].drawsNothing());
    }

    private record Contents(Glibc glibc, Optional<String> drawsNothing) {}

    private Contents prepare(Path folder, Linker linker) {
        try {
            Optional<String> drawsNothing = layOut(folder, linker);
            Glibc glibc = Glibc.neededBy(folder);
            fill(folder, glibc);
            return new Contents(glibc, drawsNothing);
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            throw new StoreException("bundle: " + e.getFile() + ": " + reason, e);
        } catch (IOException e) {
            throw new StoreException("bundle: what goes into it cannot be collected: " + e.getMessage(), e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new StoreException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private Optional<String> layOut(Path folder, Linker linker) throws IOException {
        Files.createDirectories(folder.resolve(JARS));
        goOnUnlessInterrupted();
        watcher.begins("linking the Java runtime");
        linker.link(folder.resolve(RUNTIME));
        goOnUnlessInterrupted();
        watcher.begins("collecting libraries");
        Optional<String> drawsNothing = new Drawing(packages)
                .bring(folder.resolve(RUNTIME), folder.resolve(LICENCES).resolve("packages"));
        StoredJar.write(from.jar(), folder.resolve(JARS).resolve(from.jar().getFileName()));
        for (Path library : from.libraries()) {
            StoredJar.write(library, folder.resolve(JARS).resolve(library.getFileName()));
        }
        for (String source : Installation.SOURCES) {
            Path to = source.equals("bundle") ? folder : folder.resolve(source);
            copy(from.home().resolve(source), to);
        }
        if (drawsNothing.isEmpty()) {
            Path fonts = folder.resolve(RUNTIME).resolve("lib/fonts");
            Files.move(folder.resolve("fontconfig.properties"), fonts.resolve("fontconfig.properties"));
        } else {
            Files.delete(folder.resolve("fontconfig.properties"));
        }
        goOnUnlessInterrupted();
        return drawsNothing;
    }

    private void goOnUnlessInterrupted() {
        if (watcher.interrupted()) {
            throw new CancellationException("the bundle was interrupted");
        }
    }

    /** A file, or a folder with all in it; what may be executed stays so. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private void fill(Path folder, Glibc glibc) throws IOException {
        Map<String, String> values = Map.of(
                "@GLIBC_MAJOR@", Integer.toString(glibc.major()),
                "@GLIBC_MINOR@", Integer.toString(glibc.minor()),
                "@GLIBC@", glibc.version(),
                "@GLIBCXX@", glibc.cxxVersion(),
                "@VERSION@", identity.version(),
                "@COMMIT@", identity.commit(),
                "@JAVA@", System.getProperty("java.runtime.version"));
        for (String name : WITH_TOKENS) {
            Path file = folder.resolve(name);
            String text = Files.readString(file, StandardCharsets.UTF_8);
            for (Map.Entry<String, String> each : values.entrySet()) {
                text = text.replace(each.getKey(), each.getValue());
            }
            Files.writeString(file, text, StandardCharsets.UTF_8); // keeps who may execute it
        }
    }
}
