package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoadingProgressTest {
    @Test
    void theFirstPassIsToldInPercentWithWhatIsLeftLaterOnesByTheirNumber() {
        assertEquals("making operators, 25 %, 0:06 left", LoadingProgress.text("making operators", 0.25, 0.25, 2));
        assertEquals("making operators, 25 %", LoadingProgress.text("making operators", 0.25, 0, 0));
        assertEquals("finding the norm, pass 7", LoadingProgress.text("finding the norm", 7, 6, 3));
    }

    @Test
    void nothingIsShownInTheFirstSecondOrAfterTheEnd() {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        AtomicLong clock = new AtomicLong();
        TerminalLine line = new TerminalLine(new PrintStream(shown, true, StandardCharsets.UTF_8), 80);
        try (LoadingProgress progress = new LoadingProgress(line, clock::get)) {
            clock.set(900_000_000);
            progress.at("reading", 0.1);
            assertEquals(0, shown.size());
            clock.set(1_100_000_000);
            progress.at("reading", 0.2);
            assertEquals("\rreading, 20 %, 0:02 left", shown.toString(StandardCharsets.UTF_8));
            close(progress);
            int size = shown.size();
            clock.set(9_000_000_000L);
            progress.at("reading", 0.9);
            assertEquals(size, shown.size());
        }
    }

    private static void close(LoadingProgress progress) {
        progress.close();
    }
}
