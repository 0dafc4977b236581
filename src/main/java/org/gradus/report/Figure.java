package org.gradus.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.chart.ui.VerticalAlignment;
import org.jfree.data.xy.DefaultXYDataset;

/** One plot while it is being made up: curves over the steps, drawn in the order in which they are added. */
final class Figure {
    /** 90 mm and 65 mm in points, 1/72 inch. */
    static final double WIDTH = 90 * 72 / 25.4;

    static final double HEIGHT = 65 * 72 / 25.4;

    static final BasicStroke SOLID = new BasicStroke(1.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    static final BasicStroke DASHED =
            new BasicStroke(0.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {4, 2.5f}, 0);
    static final BasicStroke THIN = new BasicStroke(0.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

    private final String title;
    private final String description;
    private final Scale horizontal;
    private final Scale vertical;
    private final DefaultXYDataset dataset = new DefaultXYDataset();
    private final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    private final LegendItemCollection legend = new LegendItemCollection();
    private final XYPlot plot;

    /**
     * @param title of the run, for the metadata
     * @param description of the conventions, for the metadata
     */
    Figure(String title, String description, Scale horizontal, String label, Scale vertical) {
        this.title = title;
        this.description = description;
        this.horizontal = horizontal;
        this.vertical = vertical;
        renderer.setDrawSeriesLineAsPath(true);
        plot = new XYPlot(dataset, axis("step k", horizontal), axis(label, vertical), renderer);
        plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        plot.setInsets(RectangleInsets.ZERO_INSETS);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinePaint(Palette.GRID);
        plot.setRangeGridlinePaint(Palette.GRID);
        plot.setDomainGridlineStroke(new BasicStroke(0.4f));
        plot.setRangeGridlineStroke(new BasicStroke(0.4f));
    }

    private static FixedAxis axis(String label, Scale scale) {
        return new FixedAxis(label, scale.lower(), scale.upper(), scale.marks());
    }

    String title() {
        return title;
    }

    String description() {
        return description;
    }

    /** Points of paper per unit of the axes' coordinates, from above: as if the plot filled the figure. */
    double pointsAcross() {
        return WIDTH / (horizontal.upper() - horizontal.lower());
    }

    double pointsUp() {
        return HEIGHT / (vertical.upper() - vertical.lower());
    }

    /**
     * Adds curves as one path.
     *
     * @param x coordinates on the horizontal axis, ascending
     * @param curves coordinates on the vertical axis, NaN for gaps
     * @param most bound on the points drawn
     */
    void add(double[] x, List<double[]> curves, Color colour, BasicStroke stroke, int most) {
        List<double[]> scaled = new ArrayList<>();
        curves.forEach(y -> scaled.add(times(y, pointsUp())));
        double[][] path = Thinning.path(times(x, pointsAcross()), scaled, most);
        path[0] = times(path[0], 1 / pointsAcross());
        path[1] = times(path[1], 1 / pointsUp());
        int series = dataset.getSeriesCount();
        dataset.addSeries(series, path);
        renderer.setSeriesPaint(series, colour);
        renderer.setSeriesStroke(series, stroke);
        boolean lonePoint = path[0].length == 3 && path[0][0] == path[0][1];
        renderer.setSeriesShapesVisible(series, lonePoint);
        renderer.setSeriesShape(series, new Ellipse2D.Double(-1.8, -1.8, 3.6, 3.6));
    }

    /** A dashed line across the figure. */
    void addLevel(double y, Color colour) {
        add(new double[] {horizontal.lower(), horizontal.upper()}, List.of(new double[] {y, y}), colour, DASHED, 16);
    }

    void addLegend(String label, Color colour, BasicStroke stroke) {
        LegendItem item = new LegendItem(label, null, null, null, new Line2D.Double(-6, 0, 6, 0), stroke, colour);
        item.setLabelFont(Typeface.TICK);
        item.setLabelPaint(Palette.TEXT);
        legend.add(item);
    }

    /** Labels to the right of the plot. */
    void labelRight(List<Mark> marks) {
        plot.setRangeAxis(1, FixedAxis.ofLabels(vertical.lower(), vertical.upper(), marks));
    }

    /** A remark within the plot; {@code anchor} is the point of the text that stands at (x, y). */
    void remark(String text, double x, double y, TextAnchor anchor) {
        XYTextAnnotation annotation = new XYTextAnnotation(text, x, y);
        annotation.setFont(Typeface.TICK);
        annotation.setPaint(Palette.TEXT);
        annotation.setTextAnchor(anchor);
        plot.addAnnotation(annotation);
    }

    /** The axes once more: the grid and the curves cover the inner half of their lines. */
    private void closeCorner() {
        double left = horizontal.lower();
        double bottom = vertical.lower();
        plot.addAnnotation(
                new XYLineAnnotation(left, bottom, left, vertical.upper(), FixedAxis.LINE, Palette.TEXT), false);
        plot.addAnnotation(
                new XYLineAnnotation(left, bottom, horizontal.upper(), bottom, FixedAxis.LINE, Palette.TEXT), false);
    }

    JFreeChart chart() {
        closeCorner();
        JFreeChart chart = new JFreeChart(null, null, plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        boolean beside = legend.getItemCount() > 0 || plot.getRangeAxis(1) != null;
        chart.setPadding(new RectangleInsets(5, 2, 2, beside ? 3 : 10)); // room for half a label at the axis's end
        if (legend.getItemCount() > 0) {
            plot.setFixedLegendItems(legend);
            LegendTitle box = new LegendTitle(plot);
            box.setPosition(RectangleEdge.RIGHT);
            box.setVerticalAlignment(VerticalAlignment.TOP);
            box.setHorizontalAlignment(HorizontalAlignment.LEFT);
            box.setLegendItemGraphicPadding(new RectangleInsets(1, 4, 1, 2));
            box.setItemLabelPadding(new RectangleInsets(1, 2, 1, 0));
            box.setItemFont(Typeface.TICK);
            chart.addSubtitle(box);
        }
        return chart;
    }

    private static double[] times(double[] values, double factor) {
        double[] product = new double[values.length];
        for (int j = 0; j < values.length; j++) {
            product[j] = factor * values[j];
        }
        return product;
    }
}
