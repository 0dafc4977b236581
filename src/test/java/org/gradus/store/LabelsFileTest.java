package org.gradus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LabelsFileTest {
    private static final List<String> LABELS =
            List.of("u1", "Garden, The", "The \"Red\" House", "two\nlines", "Käse", "#1");

    @TempDir
    Path folder;

    @Test
    void commasQuotesAndLineEndsAreQuoted() throws IOException {
        Path path = folder.resolve("rows.csv");
        LabelsFile.write(path, LABELS);
        assertEquals("""
                index,id
                0,u1
                1,"Garden, The"
                2,"The ""Red"" House"
                3,"two
                lines"
                4,Käse
                5,#1
                """, Files.readString(path));
    }

    @Test
    void whatIsWrittenReadsBack() throws IOException {
        Path path = folder.resolve("rows.csv");
        LabelsFile.write(path, LABELS);
        try (CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(path)) {
            List<NamedCsvRecord> rows = records.stream().toList();
            assertEquals(LABELS, rows.stream().map(row -> row.getField("id")).toList());
            assertEquals("5", rows.get(5).getField("index"));
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenIsRefused() throws IOException {
        Path path = Files.createDirectory(folder.resolve("rows.csv"));
        assertThrows(StoreException.class, () -> LabelsFile.write(path, LABELS));
    }
}
