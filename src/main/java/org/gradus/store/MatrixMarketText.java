package org.gradus.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The Matrix Market exchange format (math.nist.gov/MatrixMarket/formats.html) as far as it does not matter where the
 * entries go: banner, sizes, then entry after entry. Coordinate or array; real, integer or pattern; general, symmetric
 * or skew-symmetric. Indices count from 1 in the file, from 0 here.
 */
final class MatrixMarketText implements AutoCloseable {
    private static final int LONGEST_LINE = 64 * 1024;
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+");

    private enum Field {
        REAL,
        INTEGER,
        PATTERN
    }

    enum Symmetry {
        GENERAL,
        SYMMETRIC,
        SKEW
    }

    private final Path path;
    private final BoundedLines lines;
    private Field field = Field.REAL;
    private Symmetry symmetry = Symmetry.GENERAL;
    private boolean coordinate;
    private long rows;
    private long cols;
    private long entries;
    private int row;
    private int col;
    private double value;

    private MatrixMarketText(Path path) throws IOException {
        this.path = path;
        this.lines = new BoundedLines(path, LONGEST_LINE);
    }

    /** Reads banner and sizes. */
    static MatrixMarketText open(Path path) throws IOException {
        MatrixMarketText text = new MatrixMarketText(path);
        try {
            text.banner();
            text.sizes();
            return text;
        } catch (IOException | StoreException e) {
            text.close();
            throw e;
        }
    }

    /** Whether the banner says coordinate; the rest is not looked at. */
    static boolean isCoordinate(Path path) throws IOException {
        try (MatrixMarketText text = new MatrixMarketText(path)) {
            text.banner();
            return text.coordinate;
        }
    }

    /** {@code %%MatrixMarket matrix coordinate|array field symmetry}, in any case. */
    private void banner() throws IOException {
        String first = lines.next();
        String[] words = BLANKS.split((first == null ? "" : first).strip().toLowerCase(Locale.ROOT), -1);
        if (words.length != 5 || !words[0].equals("%%matrixmarket") || !words[1].equals("matrix")) {
            throw InputFiles.refused(
                    path, 1, "expected '%%MatrixMarket matrix coordinate|array real|integer|pattern general|…'");
        }
        coordinate = switch (words[2]) {
            case "coordinate" -> true;
            case "array" -> false;
            default -> throw refused("format " + InputFiles.quoted(words[2]) + "; coordinate or array is read");
        };
        field = switch (words[3]) {
            case "real", "double" -> Field.REAL;
            case "integer" -> Field.INTEGER;
            case "pattern" -> Field.PATTERN;
            default -> throw refused("field " + InputFiles.quoted(words[3]) + "; real, integer and pattern are read");
        };
        symmetry = switch (words[4]) {
            case "general" -> Symmetry.GENERAL;
            case "symmetric" -> Symmetry.SYMMETRIC;
            case "skew-symmetric" -> Symmetry.SKEW;
            default ->
                throw refused(
                        "symmetry " + InputFiles.quoted(words[4]) + "; general, symmetric and skew-symmetric are read");
        };
        if (field == Field.PATTERN && (!coordinate || symmetry == Symmetry.SKEW)) {
            throw refused("a pattern is a coordinate list, general or symmetric");
        }
    }

    private void sizes() throws IOException {
        String[] words = words("the line of sizes");
        if (words.length != (coordinate ? 3 : 2)) {
            throw refused(coordinate ? "expected 'rows columns entries'" : "expected 'rows columns'");
        }
        rows = count(words[0]);
        cols = count(words[1]);
        entries = coordinate ? count(words[2]) : 0;
        if (symmetry != Symmetry.GENERAL && rows != cols) {
            throw refused("a symmetric matrix cannot be " + rows + "×" + cols);
        }
    }

    boolean coordinate() {
        return coordinate;
    }

    boolean pattern() {
        return field == Field.PATTERN;
    }

    Symmetry symmetry() {
        return symmetry;
    }

    long rows() {
        return rows;
    }

    long cols() {
        return cols;
    }

    /** As the file announces; 0 for an array. */
    long entries() {
        return entries;
    }

    /** Reads entry n of a coordinate list, counted from 0, into {@link #row}, {@link #col} and {@link #value}. */
    void readEntry(long n) throws IOException {
        String[] words = words("entry " + (n + 1) + " of " + entries);
        if (words.length != (pattern() ? 2 : 3)) {
            throw refused("expected 'row column" + (pattern() ? "'" : " value'"));
        }
        row = index(words[0], rows, "row");
        col = index(words[1], cols, "column");
        if (symmetry == Symmetry.SKEW && row == col) {
            throw refused("a skew-symmetric matrix has no diagonal entries");
        }
        value = pattern() ? 1 : value(words[2]);
    }

    /** Reads the next value of an array, which is to be entry (i, j), counted from 0. */
    double readValue(int i, int j) throws IOException {
        String[] words = words("entry (" + (i + 1) + ", " + (j + 1) + ")");
        if (words.length != 1) {
            throw refused("expected one value");
        }
        return value(words[0]);
    }

    void requireEnd() throws IOException {
        if (wordsOrNull() != null) {
            throw refused("more entries than announced");
        }
    }

    int row() {
        return row;
    }

    int col() {
        return col;
    }

    double value() {
        return value;
    }

    /** Of the line last read. */
    long lineNumber() {
        return lines.number();
    }

    /** Names the line last read. */
    StoreException refused(String reason) {
        return InputFiles.refused(path, lines.number(), reason);
    }

    private double value(String word) {
        double number;
        try {
            number = NumberText.parse(word);
        } catch (NumberFormatException e) {
            throw new StoreException(
                    path + ", line " + lines.number() + ": " + InputFiles.quoted(word) + " is not a number", e);
        }
        if (!Double.isFinite(number)) {
            throw refused(InputFiles.quoted(word) + " is not finite");
        }
        if (field == Field.INTEGER && !INTEGER.matcher(word).matches()) {
            throw refused(InputFiles.quoted(word) + " is not an integer");
        }
        return number;
    }

    private long count(String word) {
        boolean digits = !word.isEmpty() && word.length() <= 18;
        for (int k = 0; digits && k < word.length(); k++) {
            digits = word.charAt(k) >= '0' && word.charAt(k) <= '9';
        }
        if (!digits) {
            throw refused(InputFiles.quoted(word) + " is not a count");
        }
        return Long.parseLong(word);
    }

    private int index(String word, long length, String axis) {
        long index = count(word);
        if (index < 1 || index > length) {
            throw refused(axis + " " + index + " is outside 1 to " + length);
        }
        return Math.toIntExact(index - 1);
    }

    private String[] words(String wanted) throws IOException {
        String[] words = wordsOrNull();
        if (words == null) {
            throw refused("the file ends before " + wanted);
        }
        return words;
    }

    /** The words of the next line that is neither blank nor a comment. */
    private String[] wordsOrNull() throws IOException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            String text = line.strip();
            if (!text.isEmpty() && text.charAt(0) != '%') {
                return BLANKS.split(text, -1);
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
