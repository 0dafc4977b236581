package org.gradus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunFormatTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("manifest.json"), text);
    }

    @Test
    void aFileWithoutTheKeyIsOfTheFirstFormat() throws IOException {
        assertEquals(Map.of("a", 1), RunFormat.read(file("{\"a\": 1}")));
        assertEquals(1, RunFormat.read(file("{\"format\": 1}")).get("format"));
    }

    @Test
    void aNewerFormatIsRefusedWithWhoWroteIt() throws IOException {
        Path newer = file("{\"format\": 2, \"versions\": {\"gradus\": \"9.1\"}}");
        String said =
                assertThrows(StoreException.class, () -> RunFormat.read(newer)).getMessage();
        assertTrue(
                said.contains("manifest.json") && said.contains("format 2") && said.contains("newer Gradus (9.1)"),
                said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "\"1\"", "null", "[1]", "99999999999"})
    void aFormatThatIsNoWholeNumberIsRefused(String format) throws IOException {
        Path file = file("{\"format\": " + format + "}");
        String said =
                assertThrows(StoreException.class, () -> RunFormat.read(file)).getMessage();
        assertTrue(said.contains("format must be a whole number from 1 on"), said);
    }
}
