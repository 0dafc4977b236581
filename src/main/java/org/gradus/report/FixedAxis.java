package org.gradus.report;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;

/** An axis with given range and marks: JFreeChart's own logarithmic labels are outlines, its decimals the locale's. */
final class FixedAxis extends NumberAxis {
    private static final long serialVersionUID = 1L;

    static final BasicStroke LINE = new BasicStroke(0.8f);

    private final transient List<Mark> marks;

    FixedAxis(String label, double lower, double upper, List<Mark> marks) {
        super(label);
        this.marks = marks;
        setAutoRange(false);
        setRange(lower, upper);
        setLabelFont(Typeface.AXIS);
        setTickLabelFont(Typeface.TICK);
        setLabelPaint(Palette.TEXT);
        setTickLabelPaint(Palette.TEXT);
        setAxisLinePaint(Palette.TEXT);
        setTickMarkPaint(Palette.TEXT);
        setAxisLineStroke(LINE);
        setTickMarkStroke(LINE);
        setTickMarkOutsideLength(3);
        setMinorTickMarkOutsideLength(1.5f);
        setMinorTickMarksVisible(true);
        setTickLabelInsets(
                new RectangleInsets(4, 5, 2, 5)); // clear of the tick marks: JFreeChart measures from the axis
        setLabelInsets(new RectangleInsets(1, 1, 1, 1));
    }

    /** An axis of bare labels, without line and tick marks, for what stands beside the plot. */
    static FixedAxis ofLabels(double lower, double upper, List<Mark> marks) {
        FixedAxis axis = new FixedAxis(null, lower, upper, marks);
        axis.setAxisLineVisible(false);
        axis.setTickMarksVisible(false);
        return axis;
    }

    @Override
    public List<NumberTick> refreshTicks(
            Graphics2D graphics, AxisState state, Rectangle2D dataArea, RectangleEdge edge) {
        TextAnchor anchor = RectangleEdge.LEFT.equals(edge)
                ? TextAnchor.CENTER_RIGHT
                : RectangleEdge.RIGHT.equals(edge) ? TextAnchor.CENTER_LEFT : TextAnchor.TOP_CENTER;
        List<NumberTick> ticks = new ArrayList<>();
        for (Mark mark : marks) {
            TickType type = mark.isMinor() ? TickType.MINOR : TickType.MAJOR;
            ticks.add(new NumberTick(type, mark.position(), mark.label(), anchor, TextAnchor.CENTER, 0));
        }
        return ticks;
    }
}
