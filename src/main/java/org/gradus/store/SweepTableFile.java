package org.gradus.store;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of a sweep, {@code sweep.csv}, read again. */
public final class SweepTableFile {
    private static final int LONGEST_CELL = 1 << 16;
    private static final int LONGEST_ROW = 1 << 20;
    private static final int MOST_COLUMNS = 4096;

    private SweepTableFile() {}

    /**
     * @return the rows, in the table's order, each as cells by the name of their column; the first is {@code run}
     * @throws StoreException if the file is missing or no such table
     */
    public static List<Map<String, String>> read(Path path) {
        InputFiles.requireRegular(path);
        CsvRecordHandler handler = CsvRecordHandler.builder()
                .maxFieldSize(LONGEST_CELL)
                .maxRecordSize(LONGEST_ROW)
                .maxFields(MOST_COLUMNS)
                .build();
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(handler, path)) {
            List<String> header = null;
            List<Map<String, String>> rows = new ArrayList<>();
            for (CsvRecord record : records) {
                List<String> cells = record.getFields();
                if (header == null) {
                    header = cells;
                    if (!header.get(0).equals("run") || !header.contains("outcome")) {
                        throw InputFiles.refused(path, 1, "expected the header of a sweep, which begins with run");
                    }
                    continue;
                }
                InputFiles.requireHolds(path, rows.size() + 1L, header.size(), 128);
                rows.add(row(path, record, header));
            }
            return rows;
        } catch (CsvParseException e) {
            throw new StoreException(path + ": " + DelimitedReader.reason(e), e);
        } catch (UncheckedIOException e) {
            throw InputFiles.unreadable(path, e.getCause());
        } catch (IOException e) {
            throw InputFiles.unreadable(path, e);
        }
    }

    private static Map<String, String> row(Path path, CsvRecord record, List<String> header) {
        List<String> cells = record.getFields();
        if (cells.size() != header.size()) {
            throw InputFiles.refused(
                    path,
                    record.getStartingLineNumber(),
                    "has " + cells.size() + " cells, the header " + header.size());
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int j = 0; j < header.size(); j++) {
            row.put(header.get(j), cells.get(j));
        }
        return row;
    }
}
