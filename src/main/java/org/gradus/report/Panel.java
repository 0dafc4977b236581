package org.gradus.report;

import java.util.Arrays;
import java.util.List;

/**
 * A plot of curves, one of several below another.
 *
 * @param name written above it
 * @param label of its vertical axis
 * @param logarithmic whether that axis is; what is not positive is then a gap
 * @param lines drawn in their order, at least one of them with a value that can be shown
 */
public record Panel(String name, String label, boolean logarithmic, List<Line> lines) {

    /** How a curve is drawn. */
    public enum Style {
        SOLID,
        /** Grey and thin: one of a crowd, whose colour does not count. */
        CROWD,
        /** Grey and dashed: what a curve is compared with. */
        REFERENCE,
        /** Black and dashed, to lie over another curve. */
        OVERLAY
    }

    /**
     * A curve.
     *
     * @param label in the legend, where lines of the same label stand once; empty for none
     * @param x finite, ascending
     * @param y as many; NaN for gaps
     * @param colour from 0, of curves that have one
     */
    public record Line(String label, double[] x, double[] y, Style style, int colour) {
        /** @throws IllegalArgumentException if the lengths differ */
        public Line {
            if (x.length != y.length || x.length == 0) {
                throw new IllegalArgumentException("a line of " + x.length + " places and " + y.length + " values");
            }
        }

        public static Line coloured(String label, double[] x, double[] y, int colour) {
            return new Line(label, x, y, Style.SOLID, colour);
        }

        public static Line of(String label, double[] x, double[] y, Style style) {
            return new Line(label, x, y, style, 0);
        }
    }

    public Panel {
        lines = List.copyOf(lines);
    }

    /** The values that the axis has to show. */
    double[] shown() {
        return lines.stream()
                .flatMapToDouble(line -> Arrays.stream(line.y()))
                .filter(value -> Double.isFinite(value) && (!logarithmic || value > 0))
                .toArray();
    }
}
