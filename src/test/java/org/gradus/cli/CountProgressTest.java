package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class CountProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();

    private CountProgress progress() {
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        return new CountProgress("reading runs", new TerminalLine(stream, 80), clock::get);
    }

    @Test
    void theLineTellsHowManyAreDoneAndTheTimeLeft() {
        String line = progress().text(10, 50, 200, 79);
        assertTrue(line.startsWith("reading runs: 50 of 200  [####"), line);
        assertTrue(line.endsWith("0:30 left"), line);
        assertTrue(line.length() <= 79, line);
    }

    @Test
    void nothingIsShownOfWhatIsSoonDone() {
        try (CountProgress progress = progress()) {
            clock.set(900_000_000);
            progress.at(100, 200);
            assertEquals("", out.toString(StandardCharsets.UTF_8));
            clock.set(1_100_000_000);
            progress.at(120, 200);
        }
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("reading runs: 120 of 200"));
    }
}
