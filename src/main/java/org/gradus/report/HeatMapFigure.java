package org.gradus.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A measure over two swept keys: a cell for each pair of values, as wide and as high as any other, so that geometric ranges
 * look logarithmic; colours by {@link ColourMap}, one scale for all panels. Cells of lost runs are hatched. Values stand in
 * the cells where they have room.
 */
final class HeatMapFigure implements Drawing {
    private static final double TITLE = 15;
    private static final double LINE = 10;
    private static final double GAP = 7;

    /** From the plots to the colour bar, and its width. */
    private static final double BAR_DISTANCE = 8;

    private static final double BAR = 7;
    private static final double TICK = 2.5;

    /** Height of a cell, and of a panel, alone and among others. */
    private static final double MOST_CELL = 26;

    private static final double MOST_PANEL = 165;
    private static final double MOST_SMALL_PANEL = 100;
    private static final double LEAST_PANEL = 44;

    /** Cells this large have white lines between them; smaller ones would be paled by these. */
    private static final double SEPARATE_FROM = 6;

    /** Steps of the colour bar. */
    private static final int SHADES = 128;

    private final SweepView view;
    private final double width;
    private final Scale scale;
    private final List<Mark> marks;
    private final List<String> across;
    private final List<String> up;
    private final int columns;
    private final HeatMapNotes notes;
    private final double left;
    private final double panelWidth;
    private final double panelHeight;

    HeatMapFigure(Columns paper, SweepView view) {
        this.view = view;
        width = paper.width();
        scale = scale(view);
        marks = scale.marks().stream().filter(mark -> !mark.isMinor()).toList();
        across = view.across().labels();
        up = view.up().labels();
        int panels = view.panels().size();
        columns = Math.min(panels, paper == Columns.ONE ? 2 : 3);
        left = LINE + 4 + widest(up) + TICK + 2;
        double right = BAR_DISTANCE
                + BAR
                + TICK
                + 2
                + widest(marks.stream().map(Mark::label).toList())
                + 2;
        panelWidth = (width - left - right - (columns - 1) * GAP) / columns;
        double most = panels == 1 ? MOST_PANEL : MOST_SMALL_PANEL;
        panelHeight = Math.max(LEAST_PANEL, Math.min(most, MOST_CELL * up.size()));
        notes = new HeatMapNotes(view, width - left);
    }

    private static Scale scale(SweepView view) {
        double[] values = view.cells()
                .mapToDouble(SweepCell::mean)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (values.length == 0) {
            return LinearScale.of(0, 1);
        }
        double greatest = values[values.length - 1];
        return view.logarithmic() ? LogScale.of(values[0], greatest) : LinearScale.of(values[0], greatest);
    }

    private static double widest(List<String> labels) {
        return labels.stream()
                .mapToDouble(label -> Typeface.width(Typeface.TICK, label))
                .max()
                .orElse(0);
    }

    @Override
    public String title() {
        return view.title();
    }

    @Override
    public String description() {
        return view.label() + " over " + view.across().name() + " and "
                + view.up().name() + (view.logarithmic() ? ", colours logarithmic" : "") + notes.description();
    }

    @Override
    public double width() {
        return width;
    }

    private int rows() {
        return (view.panels().size() + columns - 1) / columns;
    }

    /** Of a panel with its heading and the space below. */
    private double pitch() {
        return panelHeight + (view.panels().size() == 1 ? 0 : LINE + GAP);
    }

    @Override
    public double height() {
        return TITLE + rows() * pitch() + 2 * LINE + 6 + notes.height() + 3;
    }

    @Override
    public void draw(Graphics2D graphics) {
        Pen pen = new Pen(graphics);
        pen.fill(new Rectangle2D.Double(0, 0, width, height()), Color.WHITE);
        pen.write(view.label(), Typeface.AXIS, Palette.TEXT, left, 10, 0);
        for (int n = 0; n < view.panels().size(); n++) {
            drawPanel(pen, n, area(n));
        }
        double bottom = area(view.panels().size() - 1).getMaxY();
        double top = area(0).getMinY();
        drawBar(pen, width - (width - left - columns * panelWidth - (columns - 1) * GAP) + BAR_DISTANCE, top);
        pen.writeUp(view.up().name(), Typeface.AXIS, LINE, (top + bottom) / 2);
        double middle = left + (columns * (panelWidth + GAP) - GAP) / 2;
        pen.write(view.across().name(), Typeface.AXIS, Palette.TEXT, middle, bottom + 2 * LINE + 1, 0.5);
        notes.draw(pen, left, bottom + 2 * LINE + 6);
    }

    /** The cells' field of a panel. */
    private Rectangle2D area(int panel) {
        double heading = view.panels().size() == 1 ? 0 : LINE;
        int row = panel / columns;
        return new Rectangle2D.Double(
                left + panel % columns * (panelWidth + GAP), TITLE + row * pitch() + heading, panelWidth, panelHeight);
    }

    private void drawPanel(Pen pen, int n, Rectangle2D area) {
        SweepView.Panel panel = view.panels().get(n);
        pen.write(panel.heading(), Typeface.TICK, Palette.TEXT, area.getMinX(), area.getMinY() - 3, 0);
        boolean written = areWritten(area);
        for (int i = 0; i < up.size(); i++) {
            for (int j = 0; j < across.size(); j++) {
                drawCell(pen, panel.cells()[i][j], field(area, i, j), written);
            }
        }
        pen.outline(area, Palette.TEXT);
        if (n % columns == 0) {
            labelRows(pen, area);
        }
        boolean lowest = n + columns >= view.panels().size();
        labelColumns(pen, area, lowest);
    }

    /** The first value of the second key stands at the bottom, as on an axis. */
    private Rectangle2D field(Rectangle2D area, int i, int j) {
        double wide = area.getWidth() / across.size();
        double high = area.getHeight() / up.size();
        return new Rectangle2D.Double(area.getMinX() + j * wide, area.getMaxY() - (i + 1) * high, wide, high);
    }

    private void drawCell(Pen pen, SweepCell cell, Rectangle2D field, boolean written) {
        boolean separate = Math.min(field.getWidth(), field.getHeight()) >= SEPARATE_FROM;
        double inset = separate ? 0.3 : -0.15;
        Rectangle2D shown = new Rectangle2D.Double(
                field.getMinX() + inset,
                field.getMinY() + inset,
                field.getWidth() - 2 * inset,
                field.getHeight() - 2 * inset);
        if (cell.isLost()) {
            pen.hatch(shown);
            if (separate) {
                pen.outline(shown, Palette.REFERENCE);
            }
        } else if (cell.hasValue()) {
            Color ground = ColourMap.at(share(scale.position(cell.mean())));
            pen.fill(shown, ground);
            if (cell.isPartlyLost()) {
                pen.corner(shown, ColourMap.ink(ground));
            }
            if (written) {
                pen.write(
                        text(cell.mean()),
                        Typeface.TICK,
                        ColourMap.ink(ground),
                        field.getCenterX(),
                        field.getCenterY() + 2.5,
                        0.5);
            }
        }
    }

    private double share(double position) {
        return (position - scale.lower()) / (scale.upper() - scale.lower());
    }

    private boolean areWritten(Rectangle2D area) {
        List<String> texts = view.cells()
                .filter(SweepCell::hasValue)
                .map(cell -> text(cell.mean()))
                .toList();
        return area.getHeight() / up.size() >= 9 && widest(texts) + 3 <= area.getWidth() / across.size();
    }

    /** Two digits on a logarithmic scale, three or two decimals on a linear one. */
    private String text(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 100_000) {
            return Numerals.number((long) value, 0);
        }
        if (!view.logarithmic() && value > 0) {
            return Numerals.rounded(value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(view.logarithmic() ? 2 : 3));
        return Numerals.number(rounded.unscaledValue().longValueExact(), -rounded.scale());
    }

    private void labelRows(Pen pen, Rectangle2D area) {
        double high = area.getHeight() / up.size();
        int stride = Math.max(1, (int) Math.ceil(9 / high));
        for (int i = 0; i < up.size(); i += stride) {
            double y = area.getMaxY() - (i + 0.5) * high;
            pen.line(area.getMinX() - TICK, y, area.getMinX(), y);
            pen.write(up.get(i), Typeface.TICK, Palette.TEXT, area.getMinX() - TICK - 2, y + 2.5, 1);
        }
    }

    private void labelColumns(Pen pen, Rectangle2D area, boolean lettered) {
        double wide = area.getWidth() / across.size();
        int stride = Math.max(1, (int) Math.ceil((widest(across) + 4) / wide));
        for (int j = 0; j < across.size(); j += stride) {
            double x = area.getMinX() + (j + 0.5) * wide;
            pen.line(x, area.getMaxY(), x, area.getMaxY() + TICK);
            if (lettered) {
                pen.write(across.get(j), Typeface.TICK, Palette.TEXT, x, area.getMaxY() + TICK + 7.5, 0.5);
            }
        }
    }

    /** As high as the first row of panels; each shade reaches down to the end, so that no seams show between them. */
    private void drawBar(Pen pen, double x, double top) {
        IntStream.range(0, SHADES).forEach(i -> {
            double down = (double) i / SHADES * panelHeight;
            Color colour = ColourMap.at(1 - (i + 0.5) / SHADES);
            pen.fill(new Rectangle2D.Double(x, top + down, BAR, panelHeight - down), colour);
        });
        pen.outline(new Rectangle2D.Double(x, top, BAR, panelHeight), Palette.TEXT);
        double last = Double.POSITIVE_INFINITY;
        for (Mark mark : marks) {
            double y = top + (1 - share(mark.position())) * panelHeight;
            pen.line(x + BAR, y, x + BAR + TICK, y);
            if (last - y >= 8) {
                pen.write(mark.label(), Typeface.TICK, Palette.TEXT, x + BAR + TICK + 2, y + 2.5, 0);
                last = y;
            }
        }
    }
}
