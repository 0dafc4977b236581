package org.gradus.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gradus.experiment.Manifest;
import org.gradus.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers against bounds, in words and on disk. */
final class VerdictTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"0.5, 1, true, false", "1, 1, true, true", "2, 1, false, true", "NaN, 1, false, false"})
    void aNumberHoldsOnItsSideOfTheBoundAndNoNumberNever(double value, double bound, boolean most, boolean least) {
        assertEquals(most, Measure.atMost("q", value, bound, "").holds());
        assertEquals(least, Measure.atLeast("q", value, bound, "").holds());
    }

    @ParameterizedTest
    @CsvSource({"36, 36", "0.04531, 0.0453", "1.0004, 1.00", "3.1e-15, 3.10e-15", "-2, -2", "NaN, NaN"})
    void numbersHaveThreeDigits(double value, String text) {
        assertEquals(text, Numbers.text(value));
    }

    @ParameterizedTest
    @CsvSource({"0.001, 0.001", "1.5, 1.5", "2, 2", "1e-15, 1e-15", "100, 100", "0.0001, 0.0001"})
    void boundsAreWrittenBriefly(double value, String text) {
        assertEquals(text, Numbers.brief(value));
    }

    @Test
    void theSentenceNamesWhatFails() {
        Measure good = Measure.atMost("good", 1, 2, "reason");
        Measure bad = Measure.atLeast("bad", 1, 2, "reason");
        assertEquals("holds: good 1 (≤ 2)", Verdict.of(good).sentence());
        assertEquals("does not hold: bad 1 (not ≥ 2)", Verdict.of(good, bad).sentence());
        assertThrows(IllegalArgumentException.class, () -> new Verdict(List.of(), ""));
    }

    @Test
    void aResultIsReadBackAsItWasWritten() {
        Verdict verdict = Verdict.of(
                        Measure.atMost("error", Double.NaN, 2, "reason"),
                        Measure.atLeast("ratio", 0.1 + 0.2, 0.3, "why"))
                .remarking("found instead");
        Card card = Card.of("some-name", "A claim.", "a source", 1, "part");
        Result written = Result.of(card, "--set a=b", verdict, 1.5, new Manifest.Origin("1", "abc", "command"));
        written.write(folder);
        assertEquals(written, Result.read(folder).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"measures\": []}", "{\"measures\": [3]}", "[]", "{\"format\": 99}"})
    void aForeignVerdictIsRefused(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("verdict.json"), text);
        StoreException refused = assertThrows(StoreException.class, () -> Result.read(folder));
        assertTrue(refused.getMessage().startsWith(file.toString()), refused.getMessage());
    }

    @Test
    void whatStandsInAPageCannotBeMarkup() {
        assertEquals("&lt;b a=&quot;&#39;&amp;\uFFFD", OverviewPage.escaped("<b a=\"'&\u0001"));
    }
}
