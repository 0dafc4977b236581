package org.gradus.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Keeps of a curve what can be seen. Coordinates are points of paper (1/72 inch), x ascending; NaN in y is a gap. */
public final class Thinning {
    /** A tenth of a point, 0.035 mm: finer than a printer's dot. */
    static final double TOLERANCE = 0.1;

    private Thinning() {}

    /**
     * The rows of one curve to keep, ascending, so that the line through them passes those left out within the tolerance; the
     * units are the caller's.
     *
     * @param x ascending
     * @param y as long; NaN is a gap, of which a row is kept too
     * @param tolerance positive
     */
    public static int[] rows(double[] x, double[] y, double tolerance) {
        return pieces(x, y, tolerance).stream()
                .flatMapToInt(piece -> IntStream.concat(
                        Arrays.stream(cone(x, y, extremes(x, y, piece[0], piece[1], tolerance), tolerance)),
                        IntStream.of(Math.min(piece[1] + 1, y.length - 1))))
                .distinct()
                .sorted()
                .toArray();
    }

    /**
     * All curves as one path, with NaN between its pieces.
     *
     * @param most bound on the points kept; where the tolerance asks for more, it is doubled until they are few enough.
     *     At least 16 for each curve.
     * @return {x, y}
     */
    static double[][] path(double[] x, List<double[]> curves, int most) {
        if (most < 16 * curves.size()) {
            throw new IllegalArgumentException(most + " points are too few for " + curves.size() + " curves");
        }
        for (double tolerance = TOLERANCE; ; tolerance *= 2) {
            double[][] path = path(x, curves, tolerance);
            if (path[0].length <= most) {
                return path;
            }
        }
    }

    private static double[][] path(double[] x, List<double[]> curves, double tolerance) {
        double[][] path = new double[2][64];
        int length = 0;
        for (double[] y : curves) {
            for (int[] piece : pieces(x, y, tolerance)) {
                int[] kept = cone(x, y, extremes(x, y, piece[0], piece[1], tolerance), tolerance);
                if (length + kept.length + 2 > path[0].length) {
                    int room = 2 * (length + kept.length + 2);
                    path = new double[][] {Arrays.copyOf(path[0], room), Arrays.copyOf(path[1], room)};
                }
                for (int j : kept) {
                    path[0][length] = x[j];
                    path[1][length++] = y[j];
                }
                if (kept.length == 1) { // a line of no length: its round caps are a dot
                    path[0][length] = x[kept[0]];
                    path[1][length++] = y[kept[0]];
                }
                path[0][length] = x[piece[1]];
                path[1][length++] = Double.NaN;
            }
        }
        return new double[][] {Arrays.copyOf(path[0], length), Arrays.copyOf(path[1], length)};
    }

    /** First and last index of each piece between gaps; a gap narrower than the tolerance does not show and is none. */
    static List<int[]> pieces(double[] x, double[] y, double tolerance) {
        List<int[]> pieces = new ArrayList<>();
        int[] current = null;
        for (int j = 0; j < y.length; j++) {
            if (Double.isNaN(y[j])) {
                continue;
            }
            if (current == null || (current[1] < j - 1 && x[j] - x[current[1]] >= tolerance)) {
                current = new int[] {j, j};
                pieces.add(current);
            }
            current[1] = j;
        }
        return pieces;
    }

    /** Of the points in a strip as wide as the tolerance, the first, the last, the lowest and the highest. */
    private static int[] extremes(double[] x, double[] y, int from, int to, double tolerance) {
        int[] kept = new int[to - from + 1];
        int count = 0;
        for (int j = from; j <= to; ) {
            if (Double.isNaN(y[j])) {
                j++;
                continue;
            }
            double strip = Math.floor(x[j] / tolerance);
            int lowest = j;
            int highest = j;
            int last = j;
            int next = j;
            for (; next <= to && (next == j || Math.floor(x[next] / tolerance) == strip); next++) {
                if (!Double.isNaN(y[next])) {
                    lowest = y[next] < y[lowest] ? next : lowest;
                    highest = y[next] > y[highest] ? next : highest;
                    last = next;
                }
            }
            for (int index : new int[] {j, Math.min(lowest, highest), Math.max(lowest, highest), last}) {
                if (count == 0 || kept[count - 1] < index) {
                    kept[count++] = index;
                }
            }
            j = next;
        }
        return Arrays.copyOf(kept, count);
    }

    /**
     * The indices to keep so that the line through them passes those left out within the tolerance, vertically. Greedy,
     * one pass: the slopes that pass all points since the last one kept form a cone; the first point outside it ends
     * the segment at its predecessor.
     */
    static int[] cone(double[] x, double[] y, int[] indices, double tolerance) {
        int[] kept = new int[indices.length];
        kept[0] = indices[0];
        int count = 1;
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        for (int i = 1; i < indices.length; i++) {
            int anchor = kept[count - 1];
            double slope = (y[indices[i]] - y[anchor]) / (x[indices[i]] - x[anchor]);
            if (slope < low || slope > high) {
                anchor = indices[i - 1];
                kept[count++] = anchor;
                low = Double.NEGATIVE_INFINITY;
                high = Double.POSITIVE_INFINITY;
            }
            double run = x[indices[i]] - x[anchor];
            double rise = y[indices[i]] - y[anchor];
            low = Math.max(low, (rise - tolerance) / run);
            high = Math.min(high, (rise + tolerance) / run);
        }
        if (kept[count - 1] != indices[indices.length - 1]) {
            kept[count++] = indices[indices.length - 1];
        }
        return Arrays.copyOf(kept, count);
    }
}
