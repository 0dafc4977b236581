package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ReportProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();

    private ReportProgress progress() {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new ReportProgress(200, new TerminalLine(stream, 80), clock::get);
    }

    @Test
    void theLineTellsRunsAndTheTimeLeft() {
        String line = progress().text(10, 50, 79);
        assertTrue(line.startsWith("read 50 of 200 runs  [####"), line);
        assertTrue(line.endsWith("0:30 left"), line);
        assertTrue(line.length() <= 79, line);
    }

    @Test
    void nothingIsShownOfWhatIsSoonDone() {
        try (ReportProgress progress = progress()) {
            clock.set(100_000_000);
            progress.read(100);
            assertEquals("", out.toString(StandardCharsets.UTF_8));
            clock.set(300_000_000);
            progress.read(120);
        }
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("read 120 of 200 runs"));
    }
}
