package org.gradus.report;

import java.util.List;

/**
 * A figure made up of curves, for what the figures of single runs do not show. The arrays are not copied.
 *
 * @param title for the metadata
 * @param across the horizontal axis, the same for all panels
 * @param panels one below another, at least one
 */
public record Chart(String title, Axis across, List<Panel> panels) {
    public Chart {
        panels = List.copyOf(panels);
        if (panels.isEmpty()) {
            throw new IllegalArgumentException("a chart needs a panel");
        }
    }

    /** How an axis runs. */
    public enum Kind {
        LINEAR,
        /** Linear, with a mark at every whole number; across only. */
        WHOLE,
        /** Zeros and negative values are gaps. */
        LOGARITHMIC,
        /** Logarithmic, with step 0 at its left end; across only. */
        STEPS
    }

    /**
     * An axis.
     *
     * @param lower NaN, as upper, for the range of what is drawn
     */
    public record Axis(String label, Kind kind, double lower, double upper) {
        public static Axis steps() {
            return new Axis("step k", Kind.STEPS, Double.NaN, Double.NaN);
        }

        public static Axis linear(String label) {
            return new Axis(label, Kind.LINEAR, Double.NaN, Double.NaN);
        }

        public static Axis whole(String label) {
            return new Axis(label, Kind.WHOLE, Double.NaN, Double.NaN);
        }

        public static Axis logarithmic(String label) {
            return new Axis(label, Kind.LOGARITHMIC, Double.NaN, Double.NaN);
        }

        /** The same with a range; what lies beyond is clipped. */
        public Axis between(double least, double greatest) {
            return new Axis(label, kind, least, greatest);
        }

        boolean isRanged() {
            return lower < upper;
        }
    }

    /**
     * One plot.
     *
     * @param heading above it; empty where there is one panel only
     * @param bands shaded intervals of the steps
     */
    public record Panel(
            String heading,
            Axis up,
            List<Line> lines,
            List<Level> levels,
            List<Point> points,
            List<Predicted.Band> bands) {
        public Panel {
            lines = List.copyOf(lines);
            levels = List.copyOf(levels);
            points = List.copyOf(points);
            bands = List.copyOf(bands);
        }

        /** Of curves only. */
        public static Panel of(String heading, Axis up, List<Line> lines) {
            return new Panel(heading, up, lines, List.of(), List.of(), List.of());
        }

        public Panel with(List<Level> all, List<Point> marks, List<Predicted.Band> shaded) {
            return new Panel(heading, up, lines, all, marks, shaded);
        }
    }

    public enum Style {
        SOLID,
        DASHED,
        THIN
    }

    /**
     * A curve.
     *
     * @param label in the legend, once for all curves of that label; empty for none
     * @param x ascending
     * @param y as many, NaN for gaps
     * @param colour from 0, each another; negative for grey
     */
    public record Line(String label, double[] x, double[] y, Style style, int colour) {
        public Line {
            if (x.length == 0 || x.length != y.length) {
                throw new IllegalArgumentException(x.length + " places with " + y.length + " values");
            }
        }
    }

    /**
     * A dashed line across.
     *
     * @param label to the right of the plot; empty for none
     */
    public record Level(String label, double y, int colour) {}

    /**
     * An open circle, with a bar where there are bounds of its x.
     *
     * @param lower NaN, as upper, for no bar
     */
    public record Point(String label, double x, double y, double lower, double upper, int colour) {
        public static Point bare(String label, double x, double y, int colour) {
            return new Point(label, x, y, Double.NaN, Double.NaN, colour);
        }
    }
}
