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

    /** In points, on either side of a label. */
    private static final double ROOM = 1.5;

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
            for (double end : new double[] {shade.from(), shade.to()}) {
                graphics.draw(new Line2D.Double(across(end, area), area.getMinY(), across(end, area), area.getMaxY()));
            }
        }
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
        for (int i = 0; i < shades.size(); i++) {
            drawLabel(graphics, area, i);
        }
    }

    /** Where the interval is alone, in the longer or the shorter form, if either fits. */
    private void drawLabel(Graphics2D graphics, Rectangle2D area, int i) {
        Shade shade = shades.get(i);
        double from =
                i == 0 ? shade.from() : Math.max(shade.from(), shades.get(i - 1).to());
        double to = i == shades.size() - 1
                ? shade.to()
                : Math.min(shade.to(), shades.get(i + 1).from());
        double left = across(from, area);
        double right = across(to, area);
        for (String text : List.of(shade.label(), shade.brief())) {
            if (graphics.getFontMetrics().stringWidth(text) + 2 * ROOM <= right - left) {
                float x = (float) ((left + right) / 2);
                TextUtils.drawAlignedString(text, graphics, x, (float) area.getMaxY() - 1, TextAnchor.BOTTOM_CENTER);
                return;
            }
        }
    }

    private double across(double position, Rectangle2D area) {
        return getDomainAxis().valueToJava2D(position, area, getDomainAxisEdge());
    }
}
