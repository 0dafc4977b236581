package org.gradus.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.axis.ValueTick;
import org.jfree.chart.plot.PlotRenderingInfo;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.XYDataset;

/** A plot with shaded intervals of its horizontal axis, behind grid and curves; their labels stand at the bottom. */
final class ShadedPlot extends XYPlot {
    private static final long serialVersionUID = 1L;

    private static final BasicStroke EDGE = new BasicStroke(0.5f);

    /** In points, on either side of a label of several signs; a digit's own blank sides are enough. */
    private static final double ROOM = 1;

    private transient List<Shade> shades = List.of();

    ShadedPlot(XYDataset dataset, ValueAxis horizontal, ValueAxis vertical, XYItemRenderer renderer) {
        super(dataset, horizontal, vertical, renderer);
    }

    void setShades(List<Shade> shades) {
        this.shades = List.copyOf(shades);
    }

    /** JFreeChart's place for what lies behind the grid. */
    @Override
    public void drawDomainTickBands(Graphics2D graphics, Rectangle2D area, List<ValueTick> ticks) {
        for (Shade shade : shades) {
            Color tint = Palette.shade(shade.odd());
            fill(graphics, area, shade.from(), shade.to(), tint);
            if (shade.isCertain()) {
                fill(graphics, area, shade.certainFrom(), shade.certainTo(), tint);
            }
        }
        graphics.setStroke(EDGE);
        for (Shade shade : shades) {
            graphics.setPaint(Palette.edge(shade.odd()));
            drawEdge(graphics, area, shade.from());
            if (!shade.open()) {
                drawEdge(graphics, area, shade.to());
            }
        }
    }

    private void drawEdge(Graphics2D graphics, Rectangle2D area, double position) {
        double x = across(position, area);
        graphics.draw(new Line2D.Double(x, area.getMinY(), x, area.getMaxY()));
    }

    private void fill(Graphics2D graphics, Rectangle2D area, double from, double to, Color tint) {
        double left = across(from, area);
        graphics.setPaint(tint);
        graphics.fill(new Rectangle2D.Double(left, area.getMinY(), across(to, area) - left, area.getHeight()));
    }

    @Override
    public void drawAnnotations(Graphics2D graphics, Rectangle2D area, PlotRenderingInfo info) {
        super.drawAnnotations(graphics, area, info);
        graphics.setFont(Typeface.TICK);
        graphics.setPaint(Palette.TEXT);
        double free = area.getMinX();
        for (int i = 0; i < shades.size(); i++) {
            free = drawLabel(graphics, area, i, free);
        }
    }

    /** Where the interval is alone, in the longer or the shorter form; else the shorter one in all of it; else not at all. */
    private double drawLabel(Graphics2D graphics, Rectangle2D area, int i, double free) {
        Shade shade = shades.get(i);
        double left = across(shade.from(), area);
        double right = across(shade.to(), area);
        double ownLeft = i == 0 ? left : Math.max(left, across(shades.get(i - 1).to(), area));
        double ownRight = i == shades.size() - 1
                ? right
                : Math.min(right, across(shades.get(i + 1).from(), area));
        double end = draw(graphics, area, shade.label(), Math.max(free, ownLeft), ownRight, ROOM);
        end = end > 0 ? end : draw(graphics, area, shade.brief(), Math.max(free, ownLeft), ownRight, 0);
        end = end > 0 ? end : draw(graphics, area, shade.brief(), Math.max(free, left), right, 0);
        return Math.max(end, free);
    }

    /** In the middle, if it fits with room on either side: its right end, otherwise 0. */
    private static double draw(
            Graphics2D graphics, Rectangle2D area, String text, double left, double right, double room) {
        double width = graphics.getFontMetrics().stringWidth(text);
        if (width + 2 * room > right - left) {
            return 0;
        }
        float middle = (float) ((left + right) / 2);
        TextUtils.drawAlignedString(text, graphics, middle, (float) area.getMaxY() - 1, TextAnchor.BOTTOM_CENTER);
        return middle + width / 2;
    }

    private double across(double position, Rectangle2D area) {
        return getDomainAxis().valueToJava2D(position, area, getDomainAxisEdge());
    }
}
