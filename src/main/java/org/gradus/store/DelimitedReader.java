package org.gradus.store;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.gradus.linalg.Matrix;

/** Numbers separated by commas, semicolons or tabs, a row a line; comments begin with #, one line of names may lead. */
final class DelimitedReader {
    private static final int LONGEST_CELL = 4096;
    private static final int LONGEST_ROW = 1 << 28;
    private static final int MOST_COLUMNS = 1 << 20;

    private final Path path;
    private final List<double[]> rows = new ArrayList<>();
    private int cols = -1;
    private long blankLine;

    private DelimitedReader(Path path) {
        this.path = path;
    }

    static Matrix read(Path path, boolean tabs) throws IOException {
        char separator = tabs ? '\t' : separator(path);
        DelimitedReader reader = new DelimitedReader(path);
        CsvRecordHandler handler = CsvRecordHandler.builder()
                .maxFieldSize(LONGEST_CELL)
                .maxRecordSize(LONGEST_ROW)
                .maxFields(MOST_COLUMNS)
                .build();
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .fieldSeparator(separator)
                .commentStrategy(CommentStrategy.SKIP)
                .commentCharacter('#')
                .skipEmptyLines(false)
                .detectBomHeader(true)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(handler, path)) {
            records.forEach(reader::accept);
        } catch (CsvParseException e) {
            throw new StoreException(path + ": " + reason(e), e);
        } catch (UncheckedIOException e) {
            throw InputFiles.unreadable(path, e.getCause());
        }
        return reader.matrix();
    }

    /** The parser's own words come wrapped in one more exception. */
    static String reason(CsvParseException e) {
        String outer = String.valueOf(e.getMessage());
        return e.getCause() == null ? outer : outer + " " + e.getCause().getMessage();
    }

    private void accept(CsvRecord row) {
        long line = row.getStartingLineNumber();
        List<String> cells = row.getFields();
        if (cells.size() == 1 && cells.get(0).isBlank()) {
            blankLine = line;
            return;
        }
        boolean first = cols < 0;
        if (first) {
            cols = cells.size();
        } else if (blankLine > 0) {
            throw InputFiles.refused(path, blankLine, "is blank, with rows before and after it");
        }
        blankLine = 0;
        if (cells.size() != cols) {
            throw InputFiles.refused(path, line, "has " + cells.size() + " cells, the lines before it " + cols);
        }
        if (first && cells.stream().noneMatch(NumberText::isNumber)) {
            return;
        }
        InputFiles.requireHolds(path, rows.size() + 1L, cols, 2 * Double.BYTES);
        rows.add(IntStream.range(0, cols)
                .mapToDouble(j -> number(line, j, cells.get(j)))
                .toArray());
    }

    private double number(long line, int j, String cell) {
        String where = "column " + (j + 1) + ": " + InputFiles.quoted(cell);
        double value;
        try {
            value = NumberText.parse(cell);
        } catch (NumberFormatException e) {
            throw new StoreException(path + ", line " + line + ", " + where + " is not a number", e);
        }
        if (!Double.isFinite(value)) {
            throw new StoreException(path + ", line " + line + ", " + where + " is not finite");
        }
        return value;
    }

    private Matrix matrix() {
        if (rows.isEmpty()) {
            throw InputFiles.refused(path, "holds no row of numbers");
        }
        Matrix matrix = Matrix.zeros(rows.size(), cols);
        for (int i = 0; i < matrix.rows(); i++) {
            double[] row = rows.get(i);
            for (int j = 0; j < cols; j++) {
                matrix.set(i, j, row[j]);
            }
        }
        return matrix;
    }

    /**
     * A semicolon where the first line of data has one and no comma. The first line may be one of names, so the second
     * decides if there is one.
     */
    private static char separator(Path path) throws IOException {
        boolean semicolons = false;
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
            int c = 0;
            for (int line = 0; line < 2 && c >= 0; ) {
                boolean comment = false;
                boolean blank = true;
                boolean comma = false;
                boolean semicolon = false;
                for (c = reader.read(); c >= 0 && c != '\n' && c != '\r'; c = reader.read()) {
                    comment |= blank && c == '#';
                    blank = false;
                    comma |= c == ',';
                    semicolon |= c == ';';
                }
                if (!comment && !blank) {
                    semicolons = semicolon && !comma;
                    line++;
                }
            }
        }
        return semicolons ? ';' : ',';
    }
}
