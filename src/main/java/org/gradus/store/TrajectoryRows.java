package org.gradus.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** The lines of a table of a run, as {@link TrajectoryFile} writes them. */
final class TrajectoryRows {
    private static final int LONGEST_LINE = 1 << 24;

    private TrajectoryRows() {}

    static Trajectory read(Path path) {
        InputFiles.requireRegular(path);
        try (BoundedLines lines = new BoundedLines(path, LONGEST_LINE)) {
            List<String> columns = columns(path, lines);
            List<double[]> rows = new ArrayList<>();
            for (String line = lines.next(); line != null; line = lines.next()) {
                InputFiles.requireHolds(path, rows.size() + 1L, columns.size(), 2 * Double.BYTES);
                double[] row = row(path, lines, line, columns.size());
                if (!rows.isEmpty() && row[0] <= rows.get(rows.size() - 1)[0]) {
                    throw InputFiles.refused(path, lines.number(), "steps do not increase");
                }
                rows.add(row);
            }
            double[][] values = new double[columns.size()][rows.size()];
            for (int i = 0; i < rows.size(); i++) {
                for (int j = 0; j < values.length; j++) {
                    values[j][i] = rows.get(i)[j];
                }
            }
            return new Trajectory(columns, values);
        } catch (IOException e) {
            throw InputFiles.unreadable(path, e);
        }
    }

    /**
     * Bytes of the header and of the rows of steps up to and including {@code lastStep}, the last of which must be that of
     * {@code lastStep} itself.
     */
    static long lengthUpTo(Path path, String header, long lastStep) {
        try (BoundedLines lines = new BoundedLines(path, LONGEST_LINE)) {
            String first = lines.next();
            if (first == null || !lines.terminated() || !header.equals(first + "\n")) {
                throw InputFiles.refused(path, 1, "expected the columns " + header.strip());
            }
            long length = lines.consumed();
            long step = -1;
            for (String line = lines.next(); line != null && lines.terminated(); line = lines.next()) {
                long next = step(path, lines, line.substring(0, (line + ",").indexOf(',')));
                if (next > lastStep) {
                    break;
                }
                step = next;
                length = lines.consumed();
            }
            if (step != lastStep) {
                throw InputFiles.refused(path, "has no whole row for step " + lastStep + " to go on from");
            }
            return length;
        } catch (IOException e) {
            throw InputFiles.unreadable(path, e);
        }
    }

    private static List<String> columns(Path path, BoundedLines lines) throws IOException {
        String header = lines.next();
        if (header == null) {
            throw InputFiles.refused(path, 1, "expected a header that begins with step");
        }
        List<String> columns = List.of(header.split(",", -1));
        if (!columns.get(0).equals("step") || columns.contains("") || !lines.terminated()) {
            throw InputFiles.refused(
                    path, 1, "expected a header that begins with step, not " + InputFiles.quoted(header));
        }
        if (new HashSet<>(columns).size() < columns.size()) {
            throw InputFiles.refused(path, 1, "two columns of one name");
        }
        return columns;
    }

    private static double[] row(Path path, BoundedLines lines, String line, int columns) {
        if (!lines.terminated()) {
            throw InputFiles.refused(path, lines.number(), "the row is cut short: it does not end in a line feed");
        }
        String[] cells = line.split(",", -1);
        if (cells.length != columns) {
            throw InputFiles.refused(
                    path, lines.number(), "has " + cells.length + " cells, the header " + columns + " columns");
        }
        double[] row = new double[columns];
        row[0] = step(path, lines, cells[0]);
        for (int j = 1; j < columns; j++) {
            try {
                row[j] = NumberText.parse(cells[j]);
            } catch (NumberFormatException e) {
                throw new StoreException(
                        path + ", line " + lines.number() + ", column " + (j + 1) + ": " + InputFiles.quoted(cells[j])
                                + " is not a number",
                        e);
            }
        }
        return row;
    }

    private static long step(Path path, BoundedLines lines, String cell) {
        if (!cell.matches("\\d{1,18}")) {
            throw InputFiles.refused(path, lines.number(), InputFiles.quoted(cell) + " is not a step");
        }
        return Long.parseLong(cell);
    }
}
