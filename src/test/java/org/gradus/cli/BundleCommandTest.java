package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleCommandTest {
    @TempDir
    Path folder;

    @Test
    void anotherEndingAndNoTargetAreWrongUsage() {
        String said = Cli.execute("bundle", "-o", "bundle.zip").refused(ExitCode.USAGE);
        assertTrue(said.contains("-o bundle.zip: the archive's name must end in .tar.xz"), said);
        assertTrue(Cli.execute("bundle").refused(ExitCode.USAGE).contains("--output=FILE.tar.xz"));
    }

    @Test
    void aBundleMakesNoBundle() {
        Path target = folder.resolve("again.tar.xz");
        System.setProperty("gradus.bundle", "/opt/gradus");
        try {
            String said = Cli.execute("bundle", "-o", target.toString()).refused(ExitCode.DEVICE);
            assertTrue(said.contains("this is a bundle (/opt/gradus)"), said);
            assertTrue(said.contains("a bundle is made from a checkout: ./gradus bundle -o FILE.tar.xz"), said);
        } finally {
            System.clearProperty("gradus.bundle");
        }
        assertFalse(Files.exists(target));
    }

    /** These tests run from class files. */
    @Test
    void aProgramThatIsNoJarMakesNoBundle() {
        String target = folder.resolve("a.tar.xz").toString();
        String said = Cli.execute("bundle", "-o", target).refused(ExitCode.DEVICE);
        assertTrue(said.contains("classes is no jar; a bundle is made from a checkout"), said);
    }

    @Test
    void progressTellsBytesAndTheTimeThatIsLeft() {
        String text = BundleProgress.text(45_000_000, 180_000_000, 12);
        assertEquals("compressing 45/180 MB  [#######-----------------------]  0:36 left", text);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long[] now = {0};
        TerminalLine line = new TerminalLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), 40);
        try (BundleProgress progress = new BundleProgress(line, () -> now[0])) {
            progress.begins("linking the Java runtime");
            progress.compressed(10_000_000, 100_000_000);
            now[0] = 100_000_000; // too soon for another line
            progress.compressed(11_000_000, 100_000_000);
            now[0] = 1_000_000_000;
            progress.compressed(20_000_000, 100_000_000);
        }
        String written = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(written.contains("linking the Java runtime"), written);
        assertTrue(written.contains("compressing 20/100 MB"), written);
        assertFalse(written.contains("11/100"), written);
        for (String each : written.split("\r", -1)) {
            assertTrue(each.length() < 40, each);
        }
    }
}
