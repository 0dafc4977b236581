package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long now;

    private RunProgress progress(long steps, int columns) {
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return new RunProgress(steps, new TerminalLine(out, columns), () -> now);
    }

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void withoutATerminalNothingIsWritten() {
        try (RunProgress progress = progress(100, 0)) {
            for (int step = 0; step <= 100; step++) {
                now += 1_000_000_000;
                progress.row(step, 1, 1);
            }
        }
        assertEquals("", written());
    }

    @Test
    void theLineIsWrittenOverFourTimesASecondAndWipedAtTheEnd() {
        try (RunProgress progress = progress(1000, 60)) {
            for (int step = 0; step <= 100; step++) {
                progress.row(step, 2.5, 1.25);
                now += 10_000_000;
            }
        }
        String[] lines = written().split("\r", -1);
        assertEquals(4 + 3, lines.length, written());
        assertTrue(lines[1].startsWith("step 25/1000"), lines[1]);
        assertTrue(lines[4].startsWith("step 100/1000  loss 2.50, "), lines[4]);
        assertTrue(lines[4].contains("rank 1.250, 100/s, 0:09 left"), lines[4]);
        assertEquals(" ".repeat(59), lines[5]);
        assertEquals("", lines[6]);
    }

    @Test
    void aRunShorterThanTheFirstUpdateShowsNothing() {
        try (RunProgress progress = progress(3, 80)) {
            now += 200_000_000;
            progress.row(3, 1, 1);
        }
        assertEquals("", written());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 40, 60, 73, 79, 80, 100, 200})
    void theLineNeverFillsMoreThanItsWidth(int width) {
        ProgressText text = new ProgressText(1_000_000_000_000L);
        text.line(0, 0, Double.NaN, Double.NaN, width);
        for (long step = 1; step < 1_000_000_000_000L; step *= 7) {
            String line = text.line(1.5, step, 1.23456e-300, 123.456, width);
            assertTrue(line.length() <= width, line);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "79  | step 500/10000  loss 4.58e+04, effective rank 411.000, 50 steps/s, 3:10 left",
                "120 | step 500/10000  [#---------------------------]  loss 4.58e+04, effective rank 411.000, 50 steps/s, 3:10 left",
                "70  | step 500/10000  loss 4.58e+04, effective rank 411.000, 50/s, 3:10 left",
                "60  | step 500/10000  loss 4.58e+04, rank 411.000, 50/s, 3:10 left",
                "30  | step 500/10000  loss 4.58e+04,",
            })
    void aNarrowTerminalGetsTheSameInFewerWords(int width, String expected) {
        ProgressText text = new ProgressText(10_000);
        text.line(0, 0, 1, 1, width);
        String line = text.line(10, 500, 45_800, 411, width);
        assertEquals(expected, line.strip());
    }

    @Test
    void theFirstLineHasNoSpeedYet() {
        assertEquals("step 0/10  loss 1.00, effective rank 1.000", first().replaceAll(" *\\[.*\\] *", "  "));
    }

    private static String first() {
        return new ProgressText(10).line(5, 0, 1, 1, 100);
    }

    @ParameterizedTest
    @CsvSource({"59, 0:59", "61, 1:01", "3599, 59:59", "3600, 1:00:00", "172799, 47:59:59", "259200, 3 days"})
    void remainingTimeIsInUnitsThatPeopleRead(long seconds, String expected) {
        ProgressText text = new ProgressText(seconds + 1);
        text.line(0, 0, 1, 1, 200);
        String line = text.line(1, 1, 1, 1, 200);
        assertTrue(line.endsWith(" 1.0 steps/s, " + expected + " left"), line);
    }

    @Test
    void theSpeedIsThatOfTheLastSeconds() {
        ProgressText text = new ProgressText(1_000_000);
        text.line(0, 0, 1, 1, 200);
        for (int second = 1; second <= 20; second++) {
            text.line(second, second, 1, 1, 200);
        }
        String line = "";
        for (int second = 21; second <= 40; second++) {
            line = text.line(second, 20 + 100L * (second - 20), 1, 1, 200);
        }
        assertTrue(line.contains(" 100 steps/s"), line);
    }
}
