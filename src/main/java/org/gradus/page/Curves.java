package org.gradus.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.gradus.report.Thinning;

/**
 * Columns of a run's table that share their steps.
 *
 * @param steps whole numbers, ascending, at least one
 * @param columns by name, as long as steps; NaN and infinite entries are gaps
 */
public record Curves(double[] steps, Map<String, double[]> columns) {
    /** Pixels of a large chart; a curve that is thinned passes the rows left out within {@link #TOLERANCE} of them. */
    private static final double WIDTH = 1600;

    private static final double HEIGHT = 800;
    private static final double TOLERANCE = 0.5;

    /** At which the curve's shape is gone, and rows are rather taken evenly. */
    private static final double COARSEST = 60;

    /** @throws IllegalArgumentException if there is no row, or a column has not one entry per step */
    public Curves {
        columns = new LinkedHashMap<>(columns);
        int rows = steps.length;
        if (rows == 0 || columns.values().stream().anyMatch(column -> column.length != rows)) {
            throw new IllegalArgumentException("columns of one length, with at least one row, are needed");
        }
    }

    /**
     * At most {@code most} rows, chosen so that every curve keeps its shape with linear axes and with logarithmic ones.
     *
     * @param most at least 2
     */
    public Curves thinned(int most) {
        int rows = steps.length;
        if (rows <= most) {
            return this;
        }
        BitSet kept = new BitSet(rows);
        for (double tolerance = TOLERANCE; tolerance <= COARSEST; tolerance *= 1.5) {
            kept = kept(tolerance);
            if (kept.cardinality() <= most) {
                return at(kept.stream().toArray());
            }
        }
        int[] indices = kept.stream().toArray();
        int[] evenly = new int[most];
        for (int i = 0; i < most; i++) {
            evenly[i] = indices[(int) ((long) i * (indices.length - 1) / (most - 1))];
        }
        return at(evenly);
    }

    private BitSet kept(double tolerance) {
        BitSet kept = new BitSet(steps.length);
        kept.set(0);
        kept.set(steps.length - 1);
        List<double[]> across = new ArrayList<>();
        across.add(scaled(steps, WIDTH));
        across.add(scaled(logarithms(steps, 0.5), WIDTH));
        for (double[] column : columns.values()) {
            keep(kept, across.get(0), scaled(column, HEIGHT), tolerance);
            keep(kept, across.get(1), scaled(logarithms(column, Double.NaN), HEIGHT), tolerance);
        }
        return kept;
    }

    private static void keep(BitSet kept, double[] x, double[] y, double tolerance) {
        for (int row : Thinning.rows(x, y, tolerance)) {
            kept.set(row);
        }
    }

    /** @param ofNone what stands for values that are not positive */
    private static double[] logarithms(double[] values, double ofNone) {
        return Arrays.stream(values).map(v -> Math.log(v > 0 ? v : ofNone)).toArray();
    }

    /** So that finite values lie from 0 to {@code length}; others are NaN. */
    private static double[] scaled(double[] values, double length) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            low = Double.isFinite(value) ? Math.min(low, value) : low;
            high = Double.isFinite(value) ? Math.max(high, value) : high;
        }
        double from = low;
        double range = high > low ? high - low : 1;
        return Arrays.stream(values)
                .map(v -> Double.isFinite(v) ? (v - from) / range * length : Double.NaN)
                .toArray();
    }

    private Curves at(int[] rows) {
        Map<String, double[]> thinned = new LinkedHashMap<>();
        columns.forEach((name, column) -> thinned.put(
                name, Arrays.stream(rows).mapToDouble(row -> column[row]).toArray()));
        return new Curves(Arrays.stream(rows).mapToDouble(row -> steps[row]).toArray(), thinned);
    }
}
