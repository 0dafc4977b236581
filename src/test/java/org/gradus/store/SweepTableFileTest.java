package org.gradus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SweepTableFileTest {
    @TempDir
    Path folder;

    private Path table(String text) throws IOException {
        return Files.writeString(folder.resolve("sweep.csv"), text);
    }

    @Test
    void rowsAreReadByColumnAlsoQuotedOnes() throws IOException {
        Path file = table("run,factors.widths,outcome\n0001,\"[3, 4]\",done\n0002,,failed\n");
        assertEquals(
                List.of(
                        Map.of("run", "0001", "factors.widths", "[3, 4]", "outcome", "done"),
                        Map.of("run", "0002", "factors.widths", "", "outcome", "failed")),
                SweepTableFile.read(file));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "step,loss\\n0,1\\n            | line 1: expected the header of a sweep",
                "run,outcome\\n0001\\n         | line 2: has 1 cells, the header 2",
            })
    void whatIsNoTableOfASweepIsRefused(String text, String message) throws IOException {
        Path file = table(text.replace("\\n", "\n"));
        StoreException refused = assertThrows(StoreException.class, () -> SweepTableFile.read(file));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }
}
