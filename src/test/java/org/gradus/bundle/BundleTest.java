package org.gradus.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.gradus.backend.BackendException;
import org.gradus.bundle.Bundle.Identity;
import org.gradus.bundle.Bundle.Linker;
import org.gradus.bundle.Bundle.Summary;
import org.gradus.store.StoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.XZInputStream;

/** Bundles of this checkout's own launcher, README and licences, with a small jar and a runtime that is none. */
@DisabledOnOs(OS.WINDOWS)
final class BundleTest {
    private static final String TOP = "gradus-1.2-linux-x86_64/";

    @TempDir
    Path folder;

    private Path root;
    private Path home;
    private Path target;

    @BeforeEach
    void checkOut() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        home = Files.createDirectory(folder.resolve("home"));
        target = folder.resolve("out").resolve("bundle.tar.xz");
        for (String source : Installation.SOURCES) {
            copy(Path.of(source), home.resolve(source));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** A runtime with a java that cannot run and a native that needs GLIBC_2.4 and libnvrtc.so.12. */
    private static void runtime(Path runtime) throws IOException {
        Path java = Files.createDirectories(runtime.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n");
        assertTrue(java.toFile().setExecutable(true));
        Files.createDirectories(runtime.resolve("lib"));
        Files.write(runtime.resolve("lib/libjava.so"), nativeLibrary("JNvrtc"));
    }

    private static byte[] nativeLibrary(String name) throws IOException {
        try (InputStream in = Bundle.class.getResourceAsStream("/lib/lib" + name + "-12.6.0-linux-x86_64.so")) {
            assumeTrue(in != null, "JCuda has no natives for this platform");
            return in.readAllBytes();
        }
    }

    private Summary bundle(Watcher watcher, Linker linker, String... libraries) throws IOException {
        Installation installation = Installation.of(InstallationTest.build(home, libraries));
        return Bundle.write(
                target, installation, new Identity("1.2", "abc"), new DebianPackages(root), watcher, linker);
    }

    private Map<String, String> content() throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (TarArchiveInputStream in =
                new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(Files.readAllBytes(target))))) {
            for (TarArchiveEntry each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
                assertTrue(each.getName().startsWith(TOP), each.getName());
                String mode = Integer.toOctalString(each.getMode()) + " ";
                content.put(
                        each.getName().substring(TOP.length()),
                        mode + new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return content;
    }

    /** Packages with the font and, in place of NVRTC, another library of which nothing is missing. */
    private void installPackages() throws IOException {
        write("usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "letters");
        write("var/lib/dpkg/info/fonts-dejavu-core.list", "/.\n/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf\n");
        write("usr/share/doc/fonts-dejavu-core/copyright", "free");
        Path library = write("usr/lib/x86_64-linux-gnu/libnvrtc.so.12", "");
        Files.write(library, nativeLibrary("JNvrtc"));
        write(
                "var/lib/dpkg/info/nvrtc:amd64.list",
                "/usr/lib/x86_64-linux-gnu\n/lib/x86_64-linux-gnu/libnvrtc.so.12\n");
        write("usr/share/doc/nvrtc/copyright", "see /usr/share/common-licenses/GPL-2.");
        write("usr/share/common-licenses/GPL-2", "the text");
    }

    private Path write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void itHoldsLauncherRuntimeJarsExamplesAndLicences() throws IOException {
        installPackages();
        Summary summary = bundle(new ArchiveTest.Listener(), BundleTest::runtime, "picocli-4.7.7.jar");
        assertEquals("2.4", summary.glibc());
        assertEquals(Files.size(target), summary.bytes());
        assertTrue(summary.drawsNothing().isEmpty(), () -> "" + summary);
        Map<String, String> content = content();
        assertTrue(content.get("gradus").startsWith("755 #!/bin/sh\n"), content.get("gradus"));
        assertTrue(content.get("gradus").contains("the bundle needs glibc 2.4 or newer"), content.get("gradus"));
        assertTrue(content.get("gradus").contains("-Dgradus.commit=\"abc\""), content.get("gradus"));
        assertTrue(content.get("README.md").contains("# Gradus 1.2"), content.get("README.md"));
        for (String file : content.keySet()) {
            assertFalse(file.matches("gradus|README\\.md") && content.get(file).matches("(?s).*@[A-Z_]+@.*"), file);
        }
        assertTrue(content.get("runtime/bin/java").startsWith("755 "));
        assertEquals("644 letters", content.get("runtime/lib/fonts/DejaVuSans.ttf"));
        assertTrue(content.containsKey("runtime/lib/fonts/fontconfig.properties"));
        assertTrue(content.containsKey("runtime/lib/libnvrtc.so.12"), () -> "" + content.keySet());
        assertEquals("644 free", content.get("licenses/packages/fonts-dejavu-core/copyright"));
        assertEquals("644 the text", content.get("licenses/packages/common-licenses/GPL-2"));
        for (String file : new String[] {
            "LICENSE",
            "licenses/LGPL-2.1.txt",
            "examples/staircase.yaml",
            "docs/gpu.md",
            "lib/gradus.jar",
            "lib/picocli-4.7.7.jar"
        }) {
            assertTrue(content.containsKey(file), file);
        }
    }

    @Test
    void aSecondBundleHasTheSameBytes() throws IOException {
        bundle(new ArchiveTest.Listener(), BundleTest::runtime, "picocli-4.7.7.jar");
        byte[] first = Files.readAllBytes(target);
        bundle(new ArchiveTest.Listener(), BundleTest::runtime, "picocli-4.7.7.jar");
        assertEquals(java.util.Arrays.hashCode(first), java.util.Arrays.hashCode(Files.readAllBytes(target)));
    }

    @Test
    void withoutALibraryOrAFontOrALicenceItDrawsNothingAndSaysWhy() throws IOException {
        assertEquals(
                "there is no libnvrtc.so.12, which libjava.so needs",
                bundle(new ArchiveTest.Listener(), BundleTest::runtime, "picocli-4.7.7.jar")
                        .drawsNothing()
                        .orElseThrow());
        assertTrue(content().keySet().stream().noneMatch(name -> name.contains("font")), () -> "" + target);
        installPackages();
        Files.delete(root.resolve("usr/share/doc/nvrtc/copyright"));
        assertTrue(bundle(new ArchiveTest.Listener(), BundleTest::runtime, "picocli-4.7.7.jar")
                .drawsNothing()
                .orElseThrow()
                .contains("libnvrtc.so.12, of the package nvrtc, is not installed"));
        Files.delete(root.resolve("usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"));
        assertTrue(bundle(new ArchiveTest.Listener(), BundleTest::runtime, "picocli-4.7.7.jar")
                .drawsNothing()
                .orElseThrow()
                .endsWith("DejaVuSans.ttf (Debian's package fonts-dejavu-core)"));
    }

    @Test
    void aLibraryWithoutALicenceIsRefusedBeforeAnythingIsMade() {
        Linker never = runtime -> {
            throw new AssertionError("linked");
        };
        String said = assertThrows(
                        StoreException.class,
                        () -> bundle(new ArchiveTest.Listener(), never, "picocli-4.7.7.jar", "new-thing-2.0-beta.jar"))
                .getMessage();
        assertTrue(
                said.endsWith("README.md: names no licence for new-thing (new-thing-2.0-beta.jar); add a row"), said);
        assertTrue(Files.notExists(target));
    }

    @Test
    void whatFailsOrIsInterruptedLeavesTheArchiveOfBefore() throws IOException {
        Files.createDirectories(target.getParent());
        Files.writeString(target, "before");
        Linker failing = runtime -> {
            throw new BackendException("bundle: jlink failed");
        };
        assertThrows(BackendException.class, () -> bundle(new ArchiveTest.Listener(), failing, "picocli-4.7.7.jar"));
        ArchiveTest.Listener interrupted = new ArchiveTest.Listener();
        Linker slow = runtime -> {
            runtime(runtime);
            interrupted.interrupted = true;
        };
        assertThrows(CancellationException.class, () -> bundle(interrupted, slow, "picocli-4.7.7.jar"));
        assertEquals("before", Files.readString(target));
        try (Stream<Path> files = Files.list(target.getParent())) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void aTargetThatCannotBeWrittenIsRefusedBeforeAnythingIsMade() {
        Linker never = runtime -> {
            throw new AssertionError("linked");
        };
        target = folder.resolve("no/such/folder/bundle.tar.xz");
        String said = assertThrows(
                        StoreException.class, () -> bundle(new ArchiveTest.Listener(), never, "picocli-4.7.7.jar"))
                .getMessage();
        assertTrue(said.startsWith(target + ": cannot be written: there is no folder "), said);
    }
}
