package org.gradus.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.LegendItemSource;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.VerticalAlignment;

/** Legends and their entries: above a plot and to its right, never within it. */
final class Legends {
    private static final BasicStroke HAIRLINE = new BasicStroke(0.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);

    /** A line so wide that it is the right half of a field: an entry has one shape that is filled, and one line. */
    private static final BasicStroke HALF_FIELD = new BasicStroke(6, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);

    private Legends() {}

    static LegendItem line(String label, Color colour, BasicStroke stroke) {
        return lettered(new LegendItem(label, null, null, null, new Line2D.Double(-6, 0, 6, 0), stroke, colour));
    }

    /** A line with its mark. */
    static LegendItem marked(String label, Color colour, BasicStroke stroke, Shape mark) {
        LegendItem item = new LegendItem(label, null, null, null, mark, colour);
        item.setLine(new Line2D.Double(-8, 0, 8, 0));
        item.setLineStroke(stroke);
        item.setLinePaint(colour);
        item.setLineVisible(true);
        return lettered(item);
    }

    /** A mark alone. */
    static LegendItem mark(String label, Color colour, Shape mark) {
        return lettered(new LegendItem(label, null, null, null, mark, colour));
    }

    /** An open circle, with a bar and its caps where there are bounds. */
    static LegendItem errorBar(String label, boolean bounded) {
        Path2D.Double bar = new Path2D.Double();
        double[][] lines = {{-6, 0, 6, 0}, {-6, -2.5, -6, 2.5}, {6, -2.5, 6, 2.5}};
        for (double[] end : bounded ? lines : new double[0][]) {
            bar.moveTo(end[0], end[1]);
            bar.lineTo(end[2], end[3]);
        }
        double radius = ErrorBar.RADIUS;
        bar.append(new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius), false);
        return lettered(new LegendItem(label, null, null, null, bar, ErrorBar.STROKE, Palette.REFERENCE));
    }

    /**
     * A shaded field as plateaus have it, once and, where certain, twice.
     *
     * @param both whether plateaus of both tints are there: the left half then has one, the right half the other
     */
    static LegendItem shade(String label, boolean certain, boolean both) {
        Path2D.Double field = new Path2D.Double(new Rectangle2D.Double(-5, -3, both ? 5 : 10, 6));
        reach(field, 5);
        Path2D.Double line = new Path2D.Double(new Line2D.Double(0, 0, 5, 0));
        reach(line, -5);
        return lettered(new LegendItem(
                label,
                null,
                null,
                null,
                true,
                field,
                true,
                tint(true, certain),
                true,
                Palette.edge(true),
                HAIRLINE,
                both,
                line,
                HALF_FIELD,
                tint(false, certain)));
    }

    /** JFreeChart centres what it draws: a line of no length, which is not seen, widens the bounds up to x. */
    private static void reach(Path2D path, double x) {
        path.moveTo(x, 0);
        path.lineTo(x, 0);
    }

    private static Color tint(boolean odd, boolean certain) {
        return certain ? Palette.twice(Palette.shade(odd)) : Palette.shade(odd);
    }

    /** A field of one colour. */
    static LegendItem band(String label, Color colour) {
        Shape field = new Rectangle2D.Double(-5, -3, 10, 6);
        return lettered(new LegendItem(label, null, null, null, field, colour, HAIRLINE, colour));
    }

    private static LegendItem lettered(LegendItem item) {
        item.setLabelFont(Typeface.TICK);
        item.setLabelPaint(Palette.TEXT);
        return item;
    }

    static LegendTitle beside(LegendItemSource source) {
        LegendTitle box = titled(source);
        box.setPosition(RectangleEdge.RIGHT);
        box.setVerticalAlignment(VerticalAlignment.TOP);
        return box;
    }

    static LegendTitle above(List<LegendItem> items) {
        LegendItemCollection entries = new LegendItemCollection();
        items.forEach(entries::add);
        LegendTitle box = titled(() -> entries);
        box.setPosition(RectangleEdge.TOP);
        box.setMargin(0, 8, 2, 0);
        box.setItemLabelPadding(new RectangleInsets(1, 2, 1, 6));
        return box;
    }

    private static LegendTitle titled(LegendItemSource source) {
        LegendTitle box = new LegendTitle(source);
        box.setHorizontalAlignment(HorizontalAlignment.LEFT);
        box.setLegendItemGraphicPadding(new RectangleInsets(1, 4, 1, 2));
        box.setItemLabelPadding(new RectangleInsets(1, 2, 1, 0));
        box.setItemFont(Typeface.TICK);
        return box;
    }
}
