package org.gradus.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import org.jfree.chart.annotations.AbstractXYAnnotation;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;

/** An open circle at (x, y), and a horizontal bar with end caps from lower to upper in front of it. */
final class ErrorBar extends AbstractXYAnnotation {
    private static final long serialVersionUID = 1L;

    static final BasicStroke STROKE = new BasicStroke(0.6f);

    /** In points. */
    static final double RADIUS = 1.7;

    static final double CAP = 3;

    private final double x;
    private final double y;
    private final double lower;
    private final double upper;
    private final Color colour;

    /** @param lower NaN, as upper, for no bar */
    ErrorBar(double x, double y, double lower, double upper, Color colour) {
        this.x = x;
        this.y = y;
        this.lower = lower;
        this.upper = upper;
        this.colour = colour;
    }

    @Override
    public void draw(
            Graphics2D graphics,
            XYPlot plot,
            Rectangle2D area,
            ValueAxis horizontal,
            ValueAxis vertical,
            int rendererIndex,
            PlotRenderingInfo info) {
        double across = horizontal.valueToJava2D(x, area, plot.getDomainAxisEdge());
        double up = vertical.valueToJava2D(y, area, plot.getRangeAxisEdge());
        Ellipse2D circle = new Ellipse2D.Double(across - RADIUS, up - RADIUS, 2 * RADIUS, 2 * RADIUS);
        graphics.setPaint(Color.WHITE);
        graphics.fill(circle);
        graphics.setPaint(colour);
        graphics.setStroke(STROKE);
        graphics.draw(circle);
        if (lower <= upper) {
            double left = horizontal.valueToJava2D(lower, area, plot.getDomainAxisEdge());
            double right = horizontal.valueToJava2D(upper, area, plot.getDomainAxisEdge());
            graphics.draw(new Line2D.Double(left, up, right, up));
            graphics.draw(new Line2D.Double(left, up - CAP, left, up + CAP));
            graphics.draw(new Line2D.Double(right, up - CAP, right, up + CAP));
        }
    }
}
