package org.gradus.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.annotations.XYPolygonAnnotation;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.xy.DefaultXYDataset;

/** One plot while it is being made up: curves over the steps, drawn in the order in which they are added. */
final class Figure implements Drawing {
    /** Of panels, in points: for the axis and usual labels, and for the axis without its labels. */
    private static final double PANEL_LEFT = 34;

    private static final double AXIS_LEFT = 24;

    private static final double PANEL_RIGHT = 54;

    /** Along a line; more would hide it. */
    private static final int MOST_MARKS = 16;

    static final BasicStroke SOLID = new BasicStroke(1.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    static final BasicStroke DASHED =
            new BasicStroke(0.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {4, 2.5f}, 0);
    static final BasicStroke THIN = new BasicStroke(0.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

    private final Columns columns;
    private final String title;
    private final String description;
    private final Scale horizontal;
    private final Scale vertical;
    private final DefaultXYDataset dataset = new DefaultXYDataset();
    private final XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    private final LegendItemCollection legend = new LegendItemCollection();
    private final List<LegendItem> notes = new ArrayList<>();
    private Optional<TextTitle> name = Optional.empty();
    private boolean amongLabelled;
    private final ShadedPlot plot;

    /**
     * @param title of the run, for the metadata
     * @param description of the conventions, for the metadata
     * @param across label of the horizontal axis
     * @param up label of the vertical one
     */
    Figure(
            Columns columns,
            String title,
            String description,
            String across,
            Scale horizontal,
            String up,
            Scale vertical) {
        this.columns = columns;
        this.title = title;
        this.description = description;
        this.horizontal = horizontal;
        this.vertical = vertical;
        renderer.setDrawSeriesLineAsPath(true);
        plot = new ShadedPlot(dataset, axis(across, horizontal), axis(up, vertical), renderer);
        plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        plot.setInsets(RectangleInsets.ZERO_INSETS);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinePaint(Palette.GRID);
        plot.setRangeGridlinePaint(Palette.GRID);
        plot.setDomainGridlineStroke(THIN);
        plot.setRangeGridlineStroke(THIN);
    }

    private static FixedAxis axis(String label, Scale scale) {
        return new FixedAxis(label, scale.lower(), scale.upper(), scale.marks());
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public double width() {
        return columns.width();
    }

    @Override
    public double height() {
        return columns.height();
    }

    @Override
    public void draw(Graphics2D graphics) {
        draw(graphics, new Rectangle2D.Double(0, 0, width(), height()));
    }

    void draw(Graphics2D graphics, Rectangle2D area) {
        chart().draw(graphics, area);
    }

    /** Points of paper per unit of the axes' coordinates, from above: as if the plot filled the figure. */
    double pointsAcross() {
        return width() / (horizontal.upper() - horizontal.lower());
    }

    double pointsUp() {
        return height() / (vertical.upper() - vertical.lower());
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

    /** Adds marks without a line; where there are many, every m-th. */
    void addMarks(double[] x, double[] y, Color colour, Shape mark) {
        int stride = (x.length + MOST_MARKS - 1) / MOST_MARKS;
        int count = (x.length + stride - 1) / stride;
        double[][] marks = new double[2][count];
        for (int j = 0; j < count; j++) {
            marks[0][j] = x[j * stride];
            marks[1][j] = y[j * stride];
        }
        int series = dataset.getSeriesCount();
        dataset.addSeries(series, marks);
        renderer.setSeriesPaint(series, colour);
        renderer.setSeriesLinesVisible(series, false);
        renderer.setSeriesShapesVisible(series, true);
        renderer.setSeriesShapesFilled(series, true);
        renderer.setSeriesShape(series, mark);
    }

    /**
     * Tints what lies between two curves, over all curves: one of the same colour stays as it is.
     *
     * @param x coordinates on the horizontal axis, ascending
     * @param low coordinates on the vertical axis; NaN, in either, for gaps
     */
    void addBand(double[] x, double[] low, double[] high, Color colour) {
        int from = 0;
        for (int j = 0; j <= x.length; j++) {
            if (j == x.length || Double.isNaN(low[j]) || Double.isNaN(high[j])) {
                addPiece(x, low, high, from, j, colour);
                from = j + 1;
            }
        }
    }

    private void addPiece(double[] x, double[] low, double[] high, int from, int to, Color colour) {
        if (to - from < 2) {
            return;
        }
        double[] polygon = new double[4 * (to - from)];
        for (int j = from; j < to; j++) {
            int there = 2 * (j - from);
            int back = polygon.length - 2 - there;
            polygon[there] = x[j];
            polygon[there + 1] = low[j];
            polygon[back] = x[j];
            polygon[back + 1] = high[j];
        }
        renderer.addAnnotation(new XYPolygonAnnotation(polygon, null, null, colour), Layer.FOREGROUND);
    }

    /** A dashed line across the figure. */
    void addLevel(double y, Color colour) {
        add(new double[] {horizontal.lower(), horizontal.upper()}, List.of(new double[] {y, y}), colour, DASHED, 16);
    }

    /** Shaded intervals of the steps, behind the grid. */
    void addShades(List<Shade> shades) {
        plot.setShades(shades);
    }

    /** A mark on a curve with the bounds of its step, in coordinates of the axes; NaN for no bounds. */
    void addErrorBar(double x, double y, double lower, double upper, Color colour) {
        plot.addAnnotation(new ErrorBar(x, y, lower, upper, colour), false);
    }

    /** A line of the legend to the right of the plot. */
    void addLegend(String label, Color colour, BasicStroke stroke) {
        legend.add(Legends.line(label, colour, stroke));
    }

    /** An entry of the legend above the plot. */
    void addNote(LegendItem note) {
        notes.add(note);
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

    List<LegendItem> notes() {
        return List.copyOf(notes);
    }

    /** Room for the vertical axis with its labels, as a panel. */
    double left() {
        double widest = vertical.marks().stream()
                .mapToDouble(mark -> Typeface.width(Typeface.TICK, mark.label()))
                .max()
                .orElse(0);
        return Math.max(PANEL_LEFT, AXIS_LEFT + widest);
    }

    boolean isLabelledRight() {
        return plot.getRangeAxis(1) != null;
    }

    /**
     * One of several figures, one below another, with the same steps.
     *
     * @param legend of all of them; the notes of this one are given up
     * @param last whether the steps are written below
     * @param labelled whether some of the figures have labels to the right
     * @param left where all plots begin, at least {@link #left}
     */
    void becomePanel(String heading, List<LegendItem> legend, boolean last, boolean labelled, double left) {
        notes.clear();
        notes.addAll(legend);
        TextTitle title = new TextTitle(heading, Typeface.TICK);
        title.setHorizontalAlignment(HorizontalAlignment.LEFT);
        title.setMargin(0, left, 1, 0);
        name = Optional.of(title);
        AxisSpace space = new AxisSpace();
        space.setLeft(left);
        space.setRight(labelled ? PANEL_RIGHT : 0);
        amongLabelled = labelled;
        plot.setFixedRangeAxisSpace(space);
        if (!last) {
            plot.getDomainAxis().setLabel(null);
            plot.getDomainAxis().setTickLabelsVisible(false);
        }
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

    private JFreeChart chart() {
        closeCorner();
        JFreeChart chart = new JFreeChart(null, null, plot, false);
        chart.setBackgroundPaint(Color.WHITE);
        boolean beside = legend.getItemCount() > 0 || plot.getRangeAxis(1) != null || amongLabelled;
        chart.setPadding(new RectangleInsets(5, 2, 2, beside ? 3 : 10)); // room for half a label at the axis's end
        if (!notes.isEmpty()) {
            chart.addSubtitle(Legends.above(notes));
        }
        name.ifPresent(chart::addSubtitle);
        if (legend.getItemCount() > 0) {
            plot.setFixedLegendItems(legend);
            chart.addSubtitle(Legends.beside(plot));
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
