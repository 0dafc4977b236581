package org.gradus.store;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * User, item and value, a triple a line, as ratings come; what follows the value is ignored. Before the first triple may
 * stand comments, which begin with #, and one line of names, known by a third cell that is no number.
 */
final class TripleReader {
    private static final int BETWEEN_CHECKS = 1 << 14;

    /** Takes the triples of a file, one by one; false ends the reading. */
    private interface Sink {
        boolean accept(long line, List<String> cells);
    }

    private final Path path;
    private final TripleSeparator separator;
    private final EntryList entries;
    private final Ids users = new Ids();
    private final Ids items = new Ids();

    private TripleReader(Path path, TripleSeparator separator) {
        this.path = path;
        this.separator = separator;
        this.entries = new EntryList(path);
    }

    static Coordinates read(Path path) throws IOException {
        TripleReader reader = new TripleReader(path, TripleSeparator.of(path));
        reader.triples(reader::add);
        return reader.coordinates();
    }

    private Coordinates coordinates() throws IOException {
        if (entries.count() == 0) {
            throw InputFiles.refused(path, "holds no triple of user, item and value");
        }
        int[] repeated = entries.repeated(false);
        if (repeated != null) {
            throw repeated(repeated);
        }
        List<String> rowLabels = users.ordered();
        List<String> columnLabels = items.ordered();
        entries.renumber(users.placesIn(rowLabels), items.placesIn(columnLabels));
        return new Coordinates(
                entries.toMatrix(rowLabels.size(), columnLabels.size()),
                false,
                Optional.of(rowLabels),
                Optional.of(columnLabels));
    }

    private void triples(Sink sink) throws IOException {
        try (BufferedReader text = Files.newBufferedReader(path, StandardCharsets.UTF_8);
                CsvReader<CsvRecord> records = separator.open(skipByteOrderMark(text))) {
            boolean leading = true;
            int width = 0;
            for (CsvRecord triple : records) {
                long line = triple.getStartingLineNumber();
                List<String> cells = separator.cells(triple);
                if (cells.stream().allMatch(String::isBlank)) {
                    continue;
                }
                boolean header = leading && (cells.size() < 3 || !NumberText.isNumber(cells.get(2)));
                if (header && cells.get(0).startsWith("#")) {
                    continue;
                }
                requireWidth(line, cells.size(), width);
                width = cells.size();
                leading = false;
                if (!header && !sink.accept(line, cells)) {
                    return;
                }
            }
        } catch (CsvParseException e) {
            throw new StoreException(path + ": " + DelimitedReader.reason(e), e);
        } catch (UncheckedIOException e) {
            throw unreadable(e.getCause());
        } catch (CharacterCodingException e) {
            throw unreadable(e);
        }
    }

    private static BufferedReader skipByteOrderMark(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != '\uFEFF') {
            text.reset();
        }
        return text;
    }

    private void requireWidth(long line, int cells, int width) {
        if (cells < 3) {
            throw InputFiles.refused(path, line, "has " + cells + " cells; user, item and value are needed");
        }
        if (width > 0 && cells != width) {
            throw InputFiles.refused(path, line, "has " + cells + " cells, the lines before it " + width);
        }
    }

    private boolean add(long line, List<String> cells) {
        int user = users.numberOf(id(line, "user", cells.get(0)));
        int item = items.numberOf(id(line, "item", cells.get(1)));
        entries.add(user, item, value(line, cells.get(2)));
        if (entries.count() % BETWEEN_CHECKS == 0) {
            double bytes = (double) entries.count() * EntryList.BYTES_PER_ENTRY + users.bytes() + items.bytes();
            InputFiles.requireRoom(
                    path,
                    entries.count() + " triples of " + users.count() + " users and " + items.count() + " items",
                    bytes);
        }
        return true;
    }

    private String id(long line, String column, String cell) {
        String id = cell.strip();
        if (id.isEmpty()) {
            throw InputFiles.refused(path, line, "the " + column + " is empty");
        }
        return id;
    }

    private double value(long line, String cell) {
        double value;
        try {
            value = NumberText.parse(cell);
        } catch (NumberFormatException e) {
            throw new StoreException(
                    path + ", line " + line + ", column 3: " + InputFiles.quoted(cell) + " is not a number", e);
        }
        if (!Double.isFinite(value)) {
            throw new StoreException(
                    path + ", line " + line + ", column 3: " + InputFiles.quoted(cell) + " is not finite");
        }
        return value;
    }

    /** Reads the file again for the numbers of the two lines: they are not worth keeping otherwise. */
    private StoreException repeated(int[] numbers) throws IOException {
        long[] lines = new long[2];
        int[] seen = {0};
        triples((line, cells) -> {
            lines[0] = seen[0] == numbers[0] ? line : lines[0];
            lines[1] = line;
            return seen[0]++ < numbers[1];
        });
        String user = InputFiles.quoted(users.byNumber()[entries.row(numbers[1])]);
        String item = InputFiles.quoted(items.byNumber()[entries.col(numbers[1])]);
        return InputFiles.refused(
                path, lines[1], "user " + user + " and item " + item + " stand on line " + lines[0] + " already");
    }

    private StoreException unreadable(IOException cause) {
        return cause instanceof CharacterCodingException
                ? new StoreException(path + ": is not UTF-8 text", cause)
                : InputFiles.unreadable(path, cause);
    }
}
