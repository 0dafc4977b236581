package org.gradus.bundle;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.gradus.backend.BackendException;
import org.gradus.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InstallationTest {
    @TempDir
    Path home;

    /** HOME/target/gradus.jar and the libraries of its class path, all but those that begin with "no-". */
    static Path build(Path home, String... libraries) throws IOException {
        Path jar = Files.createDirectories(home.resolve("target")).resolve("gradus.jar");
        for (String library : libraries) {
            if (!library.startsWith("no-")) {
                StoredJarTest.jar(home.resolve("target/lib").resolve(library), "some/" + library);
            }
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (libraries.length > 0) {
            manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "lib/" + String.join(" lib/", libraries));
        }
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream file = new JarOutputStream(out, manifest)) {
            file.finish();
        }
        return jar;
    }

    private Path checkedOut(String... libraries) throws IOException {
        Files.writeString(home.resolve("LICENSE"), "");
        for (String folder : List.of("examples", "docs/gpu.md", "bundle")) {
            Files.createDirectories(home.resolve(folder));
        }
        return build(home, libraries);
    }

    @Test
    void itsLibrariesAreThoseOfTheManifestAndNoOthersThatLieThere() throws IOException {
        Path jar = checkedOut("a-1.jar", "cuda-12.6-linux-x86_64-redist.jar", "b-2.jar");
        StoredJarTest.jar(home.resolve("target/lib/of-another-build-1.jar"), "x");
        Installation installation = Installation.of(jar);
        assertEquals(home, installation.home());
        assertEquals(
                List.of(home.resolve("target/lib/a-1.jar"), home.resolve("target/lib/b-2.jar")),
                installation.libraries());
    }

    @Test
    void aBuildWithBenchmarksIsRefused() throws IOException {
        Path jar = checkedOut("a-1.jar", "jmh-core-1.37.jar");
        String said =
                assertThrows(BackendException.class, () -> Installation.of(jar)).getMessage();
        assertTrue(said.contains("holds the benchmarks (-Pbench); build without: mvn "), said);
    }

    @Test
    void aMissingLibraryIsNamed() throws IOException {
        Path jar = checkedOut("a-1.jar", "no-b-2.jar");
        String said =
                assertThrows(StoreException.class, () -> Installation.of(jar)).getMessage();
        assertTrue(said.startsWith(home.resolve("target/lib/no-b-2.jar") + ": no such file, though "), said);
    }

    @Test
    void whatIsNoBuildInACheckoutIsRefused() throws IOException {
        String classes = assertThrows(BackendException.class, () -> Installation.of(home))
                .getMessage();
        assertTrue(
                classes.endsWith("is no jar; a bundle is made from a checkout: ./gradus bundle -o FILE.tar.xz"),
                classes);
        Path jar = build(home, "a-1.jar");
        String bare =
                assertThrows(BackendException.class, () -> Installation.of(jar)).getMessage();
        assertTrue(bare.startsWith("bundle: " + home + " holds no LICENSE; "), bare);
        Path old = checkedOut();
        String unnamed =
                assertThrows(BackendException.class, () -> Installation.of(old)).getMessage();
        assertTrue(unnamed.contains("names no Class-Path"), unnamed);
    }

    @ParameterizedTest
    @CsvSource({"Linux, aarch64", "Mac OS X, aarch64", "Windows 11, amd64"})
    void otherPlatformsAreRefused(String os, String architecture) {
        String said = assertThrows(BackendException.class, () -> Installation.requirePlatform(os, architecture))
                .getMessage();
        assertTrue(said.endsWith("this is " + os + " on " + architecture), said);
        assertDoesNotThrow(() -> Installation.requirePlatform("Linux", "amd64"));
    }
}
