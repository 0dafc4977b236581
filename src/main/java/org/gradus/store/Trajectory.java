package org.gradus.store;

import java.nio.file.Path;
import java.util.List;

/**
 * The table of a run: row k of every column describes the same recorded step.
 *
 * @param columns the names, {@code step} first
 * @param values one array per column, all of the same length
 */
public record Trajectory(List<String> columns, double[][] values) {

    public Trajectory {
        columns = List.copyOf(columns);
        if (columns.size() != values.length) {
            throw new IllegalArgumentException(columns.size() + " names for " + values.length + " columns");
        }
    }

    /** @throws StoreException if the file is missing or malformed, with the line */
    public static Trajectory read(Path path) {
        return TrajectoryRows.read(path);
    }

    public int rows() {
        return values[0].length;
    }

    public boolean has(String column) {
        return columns.contains(column);
    }

    /** @throws IllegalArgumentException if there is no such column */
    public double[] column(String name) {
        int j = columns.indexOf(name);
        if (j < 0) {
            throw new IllegalArgumentException("no column " + name + " among " + columns);
        }
        return values[j];
    }
}
