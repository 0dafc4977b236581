package org.gradus.report;

import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A measure against a swept key, with a line for each value of a second one: told apart by colour, by dashes and by marks.
 * Crosses at the upper end stand for lost runs, a row of them for each line.
 */
final class SweepLinesFigure {
    /** That a reader can follow. */
    static final int MOST_LINES = 10;

    /** With bands from the least to the greatest value behind them. */
    private static final int MOST_BANDS = 4;

    private static final float WIDTH = 1.1f;
    private static final int BAND_ALPHA = 50;

    /** In points. */
    private static final double PANEL = 48 * SvgFile.MILLIMETRE;

    /** Of the plot's height: for one line's crosses, and for all at most. */
    private static final double CROSS_ROW = 0.035;

    private static final double MOST_CROSSES = 0.18;

    private final Columns columns;
    private final SweepView view;
    private final Scale horizontal;
    private final Scale vertical;
    private final int lines;

    private SweepLinesFigure(Columns columns, SweepView view) {
        this.columns = columns;
        this.view = view;
        horizontal = view.across().scale();
        lines = view.up().size();
        Scale plain = CurveFigure.scale(
                view.cells()
                        .flatMapToDouble(cell -> DoubleStream.of(cell.mean(), cell.least(), cell.greatest()))
                        .filter(Double::isFinite)
                        .toArray(),
                view.logarithmic());
        vertical = view.cells().anyMatch(SweepCell::isLost) ? withRoom(plain, lines) : plain;
    }

    static Drawing of(Columns columns, SweepView view) {
        SweepLinesFigure made = new SweepLinesFigure(columns, view);
        if (view.panels().size() == 1) {
            return made.figure(view.panels().get(0));
        }
        Map<String, Figure> figures = new LinkedHashMap<>();
        view.panels().forEach(panel -> figures.put(panel.heading(), made.figure(panel)));
        return new Stack(view.title(), PANEL, figures);
    }

    /** Above, for the crosses. */
    private static Scale withRoom(Scale scale, int rows) {
        double upper = scale.upper() + (rows + 1) * row(rows) * (scale.upper() - scale.lower());
        return scale instanceof LogScale ? new LogScale(scale.lower(), upper) : new LinearScale(scale.lower(), upper);
    }

    private static double row(int lines) {
        return Math.min(CROSS_ROW, MOST_CROSSES / lines);
    }

    private Figure figure(SweepView.Panel panel) {
        String description = view.label() + " against " + view.across().name()
                + (lines > 1 ? ", a line for each " + view.up().name() : "")
                + (view.remark().isEmpty() ? "" : "; " + view.remark());
        Figure figure =
                new Figure(columns, view.title(), description, view.across().name(), horizontal, label(), vertical);
        double[] x = horizontal.positions(view.across().positions());
        boolean spread = lines <= MOST_BANDS && view.cells().anyMatch(cell -> cell.greatest() > cell.least());
        for (int i = 0; spread && i < lines; i++) {
            SweepCell[] row = panel.cells()[i];
            figure.addBand(
                    x,
                    up(row, SweepCell::least),
                    up(row, SweepCell::greatest),
                    Palette.translucent(colour(i), BAND_ALPHA));
        }
        for (int i = 0; i < lines; i++) {
            double[] y = up(panel.cells()[i], SweepCell::mean);
            figure.add(x, List.of(y), colour(i), LineStyle.stroke(i, WIDTH), CurveFigure.MOST_POINTS);
            figure.addMarks(x, y, colour(i), LineStyle.mark(i));
        }
        addCrosses(figure, panel, x);
        explain(figure, spread);
        return figure;
    }

    private String label() {
        return view.label() + (view.remark().contains("means over") ? ", mean" : "");
    }

    private double[] up(SweepCell[] row, ToDoubleFunction<SweepCell> value) {
        return vertical.positions(IntStream.range(0, row.length)
                .mapToDouble(j -> value.applyAsDouble(row[j]))
                .toArray());
    }

    private void addCrosses(Figure figure, SweepView.Panel panel, double[] x) {
        double height = vertical.upper() - vertical.lower();
        for (int i = 0; i < lines; i++) {
            double y = vertical.upper() - (i + 1) * row(lines) * height;
            SweepCell[] row = panel.cells()[i];
            double[] places = IntStream.range(0, x.length)
                    .filter(j -> row[j].isLost())
                    .mapToDouble(j -> x[j])
                    .toArray();
            if (places.length > 0) {
                double[] level =
                        DoubleStream.generate(() -> y).limit(places.length).toArray();
                figure.addMarks(places, level, colour(i), LineStyle.cross());
            }
        }
    }

    private void explain(Figure figure, boolean spread) {
        List<String> labels = view.up().labels();
        for (int i = 0; lines > 1 && i < lines; i++) {
            String label = i == 0 ? view.up().name() + " " + labels.get(i) : labels.get(i);
            figure.addNote(Legends.marked(label, colour(i), LineStyle.stroke(i, WIDTH), LineStyle.mark(i)));
        }
        if (spread) {
            figure.addNote(Legends.band(
                    "least to greatest", Palette.translucent(lines == 1 ? colour(0) : Palette.REFERENCE, BAND_ALPHA)));
        }
        if (view.cells().anyMatch(SweepCell::isLost)) {
            figure.addNote(Legends.mark(view.lost(), Palette.REFERENCE, LineStyle.cross()));
        }
    }

    private Color colour(int line) {
        return Palette.of(line, lines);
    }
}
