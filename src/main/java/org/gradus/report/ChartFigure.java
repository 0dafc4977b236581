package org.gradus.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.gradus.report.Chart.Axis;
import org.gradus.report.Chart.Kind;
import org.gradus.report.Chart.Line;
import org.gradus.report.Chart.Panel;
import org.gradus.report.Chart.Point;
import org.gradus.report.Chart.Style;

/** From a chart to its drawing. */
final class ChartFigure {
    /** Of the height of a plot that fills a figure of its own. */
    private static final double SHARE = 0.65;

    /** In points. */
    private static final double PANEL = 42 * SvgFile.MILLIMETRE;

    /** What a plateau's label needs, in points. */
    private static final double SHADE_ROOM = 10;

    /** Distance of labels beside a plot as high as the figure, as a share of its height. */
    private static final double LABEL_DISTANCE = 0.062;

    private final Chart chart;
    private final Scale across;

    private ChartFigure(Chart chart) {
        this.chart = chart;
        across = across(chart);
    }

    static Drawing of(Chart chart) {
        ChartFigure made = new ChartFigure(chart);
        if (chart.panels().size() == 1) {
            return made.figure(chart.panels().get(0), 1);
        }
        Map<String, Figure> figures = new LinkedHashMap<>();
        chart.panels().forEach(panel -> figures.put(panel.heading(), made.figure(panel, SHARE)));
        if (figures.size() < chart.panels().size()) {
            throw new IllegalArgumentException("panels of the same heading among " + figures.keySet());
        }
        return new Stack(chart.title(), PANEL, figures);
    }

    private static Scale across(Chart chart) {
        Axis axis = chart.across();
        if (axis.kind() == Kind.STEPS && !axis.isRanged()) {
            return StepScale.ofAll(chart.panels().stream()
                    .flatMap(panel -> panel.lines().stream())
                    .map(Line::x)
                    .toList());
        }
        if (axis.kind() == Kind.STEPS) {
            return new StepScale(false, Math.log10(axis.lower()), Math.log10(axis.upper()));
        }
        Scale scale = scale(
                axis,
                chart.panels().stream()
                        .flatMapToDouble(panel -> DoubleStream.concat(
                                panel.lines().stream().flatMapToDouble(line -> Arrays.stream(line.x())),
                                panel.points().stream().mapToDouble(Point::x))));
        return axis.kind() == Kind.WHOLE ? new WholeScale(scale.lower(), scale.upper()) : scale;
    }

    private static Scale scale(Axis axis, DoubleStream values) {
        boolean logarithmic = axis.kind() == Kind.LOGARITHMIC;
        if (axis.isRanged()) {
            return logarithmic ? LogScale.of(axis.lower(), axis.upper()) : LinearScale.of(axis.lower(), axis.upper());
        }
        double[] shown = values.filter(v -> Double.isFinite(v) && (!logarithmic || v > 0))
                .toArray();
        return CurveFigure.scale(shown, logarithmic && shown.length > 0);
    }

    private static Scale up(Panel panel) {
        DoubleStream curves = panel.lines().stream().flatMapToDouble(line -> Arrays.stream(line.y()));
        DoubleStream marks = DoubleStream.concat(
                panel.levels().stream().mapToDouble(Chart.Level::y),
                panel.points().stream().mapToDouble(Point::y));
        return scale(panel.up(), DoubleStream.concat(curves, marks));
    }

    private Figure figure(Panel panel, double share) {
        Scale up = up(panel);
        String description = panel.up().label() + " against " + chart.across().label();
        Figure figure = new Figure(
                Columns.ONE,
                chart.title(),
                description,
                chart.across().label(),
                across,
                panel.up().label(),
                up);
        shade(figure, panel);
        for (Chart.Level level : panel.levels()) {
            figure.addLevel(up.position(level.y()), colour(level.colour(), panel));
        }
        for (Line whole : panel.lines()) {
            Line line = from(whole);
            figure.add(
                    across.positions(line.x()),
                    List.of(up.positions(line.y())),
                    colour(line.colour(), panel),
                    stroke(line.style()),
                    CurveFigure.MOST_POINTS);
        }
        for (Point point : panel.points()) {
            figure.addErrorBar(
                    across.position(point.x()),
                    up.position(point.y()),
                    bound(point.lower()),
                    bound(point.upper()),
                    colour(point.colour(), panel));
        }
        explain(figure, panel);
        label(figure, panel, up, LABEL_DISTANCE / share * (up.upper() - up.lower()));
        return figure;
    }

    /** Without what lies before an axis of steps that does not begin at 0, where step 0 has no place. */
    private Line from(Line line) {
        if (chart.across().kind() != Kind.STEPS || !chart.across().isRanged()) {
            return line;
        }
        int first = 0;
        while (first < line.x().length - 1
                && line.x()[first + 1] <= chart.across().lower()) {
            first++;
        }
        first += line.x()[first] == 0 ? 1 : 0;
        int end = line.x().length;
        return new Line(
                line.label(),
                Arrays.copyOfRange(line.x(), Math.min(first, end - 1), end),
                Arrays.copyOfRange(line.y(), Math.min(first, end - 1), end),
                line.style(),
                line.colour());
    }

    /** Within the axis. */
    private double bound(double value) {
        double position = across.position(value);
        return Double.isNaN(value) ? value : Math.max(across.lower(), Math.min(across.upper(), position));
    }

    private void shade(Figure figure, Panel panel) {
        if (!panel.bands().isEmpty() && across instanceof StepScale steps) {
            List<Shade> shades = Shade.of(panel.bands(), steps, SHADE_ROOM / figure.pointsAcross());
            figure.addShades(shades);
            if (!shades.isEmpty()) {
                figure.addNote(Legends.shade("predicted plateau", false, Shade.haveBothTints(shades)));
            }
            List<Shade> certain = shades.stream().filter(Shade::isCertain).toList();
            if (!certain.isEmpty()) {
                figure.addNote(Legends.shade("certified", true, Shade.haveBothTints(certain)));
            }
        }
    }

    private void explain(Figure figure, Panel panel) {
        Set<String> told = new LinkedHashSet<>();
        for (Line line : panel.lines()) {
            if (!line.label().isEmpty() && told.add(line.label())) {
                figure.addNote(Legends.line(line.label(), colour(line.colour(), panel), stroke(line.style())));
            }
        }
        for (Point point : panel.points()) {
            if (!point.label().isEmpty() && told.add(point.label())) {
                figure.addNote(Legends.errorBar(point.label(), point.lower() <= point.upper()));
            }
        }
    }

    private static void label(Figure figure, Panel panel, Scale up, double distance) {
        List<Mark> marks = panel.levels().stream()
                .filter(level -> !level.label().isEmpty())
                .map(level -> new Mark(up.position(level.y()), level.label()))
                .filter(mark -> mark.position() >= up.lower() && mark.position() <= up.upper())
                .sorted((a, b) -> Double.compare(a.position(), b.position()))
                .toList();
        if (!marks.isEmpty()) {
            figure.labelRight(EffectiveRankFigure.spaced(marks, distance));
        }
    }

    private static Color colour(int index, Panel panel) {
        int count = 1
                + Stream.concat(
                                panel.lines().stream().map(Line::colour),
                                panel.points().stream().map(Point::colour))
                        .mapToInt(i -> i)
                        .max()
                        .orElse(0);
        return index < 0 ? Palette.REFERENCE : Palette.of(index, Math.max(count, index + 1));
    }

    private static BasicStroke stroke(Style style) {
        return switch (style) {
            case SOLID -> Figure.SOLID;
            case DASHED -> Figure.DASHED;
            case THIN -> Figure.THIN;
        };
    }
}
