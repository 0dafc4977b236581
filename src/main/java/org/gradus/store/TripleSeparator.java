package org.gradus.store;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What stands between user, item and value. */
enum TripleSeparator {
    DOUBLE_COLON("::"),
    TAB("\t"),
    COMMA(","),
    SEMICOLON(";"),
    BLANKS(" ");

    private static final int LONGEST_CELL = 4096;
    private static final int LONGEST_RECORD = 1 << 16;
    private static final int MOST_CELLS = 1 << 10;

    private final String text;

    TripleSeparator(String text) {
        this.text = text;
    }

    /**
     * That which makes the third cell of the first line of data a number; failing that, one which makes three cells;
     * failing that, the comma. The first line may be one of names, so the second decides if there is one.
     */
    static TripleSeparator of(Path path) throws IOException {
        List<String> lines = firstTwo(path);
        for (int k = lines.size() - 1; k >= 0; k--) {
            String line = lines.get(k);
            List<TripleSeparator> fitting = Arrays.stream(values())
                    .filter(separator -> separator.cells(line).size() >= 3)
                    .toList();
            if (!fitting.isEmpty()) {
                return fitting.stream()
                        .filter(separator ->
                                NumberText.isNumber(separator.cells(line).get(2)))
                        .findFirst()
                        .orElse(fitting.get(0));
            }
        }
        return COMMA;
    }

    private List<String> cells(String line) {
        try (CsvReader<CsvRecord> records = builder().build(handler(), line)) {
            return records.stream().findFirst().map(this::cells).orElse(List.of());
        } catch (CsvParseException e) {
            return List.of();
        } catch (IOException e) {
            throw new IllegalStateException("text in memory cannot fail to be read", e);
        }
    }

    /** The cells of a record; several blanks are one separator, and none at a line's ends. */
    List<String> cells(CsvRecord triple) {
        List<String> cells = triple.getFields();
        return this == BLANKS ? cells.stream().filter(cell -> !cell.isEmpty()).toList() : cells;
    }

    CsvReader<CsvRecord> open(Reader reader) {
        return builder().build(handler(), reader);
    }

    private CsvReaderBuilder builder() {
        CsvReaderBuilder builder = CsvReader.builder()
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE);
        return text.length() == 1 ? builder.fieldSeparator(text.charAt(0)) : builder.fieldSeparator(text);
    }

    private static CsvRecordHandler handler() {
        return CsvRecordHandler.builder()
                .maxFieldSize(LONGEST_CELL)
                .maxRecordSize(LONGEST_RECORD)
                .maxFields(MOST_CELLS)
                .build();
    }

    /** The first two lines that are neither blank nor leading comments, each cut after the longest record. */
    private static List<String> firstTwo(Path path) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c >= 0 && lines.size() < 2; ) {
                line.setLength(0);
                for (c = reader.read(); c >= 0 && c != '\n' && c != '\r'; c = reader.read()) {
                    if (line.length() < LONGEST_RECORD) {
                        line.append((char) c);
                    }
                }
                boolean comment = lines.isEmpty() && !line.isEmpty() && line.charAt(0) == '#';
                if (!comment && !line.toString().isBlank()) {
                    lines.add(line.toString());
                }
            }
        }
        return lines;
    }
}
