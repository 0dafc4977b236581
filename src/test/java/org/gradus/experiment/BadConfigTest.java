package org.gradus.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class BadConfigTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvFileSource(
            resources = "bad-configurations.csv",
            numLinesToSkip = 1,
            delimiter = '|',
            quoteCharacter = '`',
            emptyValue = "",
            ignoreLeadingAndTrailingWhitespace = false)
    void aWrongConfigurationIsRefusedWithLineKeyAndRemedy(int number, String line, int place, String key, String words)
            throws IOException {
        String replacement = line == null ? "" : line.replace("⏎", "\n");
        Path file = ConfigFiles.minimalWith(folder, number, replacement);
        String message = refusal(file);
        assertEquals(file + ":" + place + ": " + key + ": " + words, message);
        assertEquals(1, message.lines().count());
        assertTrue(message.length() < file.toString().length() + 250, message);
    }

    @ParameterizedTest
    @CsvSource({"1, 3, problem.target", "4, 6, factors.depth", "7, 8, descent.steps"})
    void aMissingSectionIsRefusedWithTheFileAndItsFirstMissingKey(int from, int to, String key) throws IOException {
        List<String> lines = new ArrayList<>(ConfigFiles.MINIMAL);
        lines.subList(from - 1, to).clear();
        Path file = ConfigFiles.write(folder, String.join("\n", lines));
        String message = refusal(file);
        assertTrue(message.startsWith(file + ": " + key + ": is missing; it must be "), message);
    }

    @Test
    void aKeyGivenTwiceIsRefusedWithBothPlaces() throws IOException {
        Path file = ConfigFiles.minimalWith(folder, 8, "  steps: 1\n  solver: auto\n  steps: 2");
        assertEquals(
                file + ":10: descent.steps: is given twice; the first one stands at " + file + ":8", refusal(file));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "' '|: is empty; `gradus init` writes a configuration to start from",
                "# only a comment|: is empty; `gradus init` writes a configuration to start from",
                "~|: is empty; `gradus init` writes a configuration to start from",
                "[1, 2]|:1: a configuration is a mapping such as 'problem: …', not a list",
                "text|:1: a configuration is a mapping such as 'problem: …', not 'text'",
            })
    void aFileWithoutAMappingIsRefused(String text, String words) throws IOException {
        Path file = ConfigFiles.write(folder, text);
        assertEquals(file + words, refusal(file));
    }

    @Test
    void foreignTextOfAnyLengthIsCutInTheMessage() throws IOException {
        Path file = ConfigFiles.minimalWith(folder, 8, "  steps: " + "x".repeat(4000));
        assertTrue(refusal(file).endsWith(", not '" + "x".repeat(80) + "…'"));
        Path key = ConfigFiles.minimalWith(folder, 8, "  steps: 1\n  " + "y".repeat(1000) + ": 1");
        assertTrue(refusal(key).startsWith(key + ":9: descent.yyy"));
        assertTrue(refusal(key).length() < key.toString().length() + 250);
    }

    private static String refusal(Path file) {
        return assertThrows(ConfigException.class, () -> ConfigFiles.read(file)).getMessage();
    }
}
