package org.gradus.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Locale;
import org.gradus.linalg.Matrix;

/**
 * The Matrix Market exchange format (math.nist.gov/MatrixMarket/formats.html), made dense: coordinate or array; real,
 * integer or pattern; general, symmetric or skew-symmetric. Indices count from 1; an array runs down the columns, below
 * the diagonal only where the matrix is symmetric.
 */
final class MatrixMarketReader {
    private static final int LONGEST_LINE = 64 * 1024;

    private enum Field {
        REAL,
        INTEGER,
        PATTERN
    }

    private enum Symmetry {
        GENERAL,
        SYMMETRIC,
        SKEW
    }

    private final Path path;
    private final BoundedLines lines;
    private Field field = Field.REAL;
    private Symmetry symmetry = Symmetry.GENERAL;
    private boolean coordinate;

    private MatrixMarketReader(Path path, BoundedLines lines) {
        this.path = path;
        this.lines = lines;
    }

    static Matrix read(Path path) throws IOException {
        try (BoundedLines lines = new BoundedLines(path, LONGEST_LINE)) {
            return new MatrixMarketReader(path, lines).read();
        }
    }

    private Matrix read() throws IOException {
        banner();
        String[] size = words("the line of sizes");
        if (size.length != (coordinate ? 3 : 2)) {
            throw refused(coordinate ? "expected 'rows columns entries'" : "expected 'rows columns'");
        }
        long rows = count(size[0]);
        long cols = count(size[1]);
        InputFiles.requireHolds(path, rows, cols, Double.BYTES);
        if (symmetry != Symmetry.GENERAL && rows != cols) {
            throw refused("a symmetric matrix cannot be " + rows + "×" + cols);
        }
        Matrix matrix = Matrix.zeros((int) rows, (int) cols);
        if (coordinate) {
            readCoordinates(matrix, count(size[2]));
        } else {
            readArray(matrix);
        }
        String[] more = wordsOrNull();
        if (more != null) {
            throw refused("more entries than announced");
        }
        return matrix;
    }

    /** {@code %%MatrixMarket matrix coordinate|array field symmetry}, in any case. */
    private void banner() throws IOException {
        String first = lines.next();
        String[] words =
                (first == null ? "" : first).strip().toLowerCase(Locale.ROOT).split("\\s+", -1);
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

    private void readCoordinates(Matrix matrix, long entries) throws IOException {
        long most = (long) matrix.rows() * matrix.cols();
        if (entries > most) {
            throw refused(entries + " entries in a matrix that has " + most);
        }
        BitSet seen = new BitSet(matrix.data().length);
        for (long n = 0; n < entries; n++) {
            String[] words = words("entry " + (n + 1) + " of " + entries);
            if (words.length != (field == Field.PATTERN ? 2 : 3)) {
                throw refused("expected 'row column" + (field == Field.PATTERN ? "'" : " value'"));
            }
            int i = index(words[0], matrix.rows(), "row");
            int j = index(words[1], matrix.cols(), "column");
            if (seen.get(i + j * matrix.rows())) {
                throw refused("entry (" + (i + 1) + ", " + (j + 1) + ") is given twice");
            }
            if (symmetry == Symmetry.SKEW && i == j) {
                throw refused("a skew-symmetric matrix has no diagonal entries");
            }
            seen.set(i + j * matrix.rows());
            if (symmetry != Symmetry.GENERAL) {
                seen.set(j + i * matrix.rows());
            }
            put(matrix, i, j, field == Field.PATTERN ? 1 : value(words[2]));
        }
    }

    private void readArray(Matrix matrix) throws IOException {
        for (int j = 0; j < matrix.cols(); j++) {
            int top = symmetry == Symmetry.GENERAL ? 0 : symmetry == Symmetry.SYMMETRIC ? j : j + 1;
            for (int i = top; i < matrix.rows(); i++) {
                String[] words = words("entry (" + (i + 1) + ", " + (j + 1) + ")");
                if (words.length != 1) {
                    throw refused("expected one value");
                }
                put(matrix, i, j, value(words[0]));
            }
        }
    }

    private void put(Matrix matrix, int i, int j, double value) {
        matrix.set(i, j, value);
        if (symmetry != Symmetry.GENERAL && i != j) {
            matrix.set(j, i, symmetry == Symmetry.SKEW ? -value : value);
        }
    }

    private double value(String word) {
        try {
            double value = NumberText.parse(word);
            if (!Double.isFinite(value)) {
                throw refused(InputFiles.quoted(word) + " is not finite");
            }
            if (field == Field.INTEGER && !word.matches("[+-]?\\d+")) {
                throw refused(InputFiles.quoted(word) + " is not an integer");
            }
            return value;
        } catch (NumberFormatException e) {
            throw notANumber(word, e);
        }
    }

    private long count(String word) {
        if (!word.matches("\\d{1,18}")) {
            throw refused(InputFiles.quoted(word) + " is not a count");
        }
        return Long.parseLong(word);
    }

    private int index(String word, int length, String axis) {
        long index = count(word);
        if (index < 1 || index > length) {
            throw refused(axis + " " + index + " is outside 1 to " + length);
        }
        return (int) index - 1;
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
                return text.split("\\s+", -1);
            }
        }
        return null;
    }

    private StoreException refused(String reason) {
        return InputFiles.refused(path, lines.number(), reason);
    }

    private StoreException notANumber(String word, NumberFormatException cause) {
        return new StoreException(
                path + ", line " + lines.number() + ": " + InputFiles.quoted(word) + " is not a number", cause);
    }
}
