package org.gradus.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Curves against the step or another quantity, one panel below another, with one horizontal axis. */
final class PanelsFigure {
    /** Of a panel, in points. */
    private static final double HEIGHT = 42 * SvgFile.MILLIMETRE;

    /** A logarithmic axis shows at most so many decades, the uppermost. */
    private static final double DECADES = 12;

    private static final BasicStroke OVERLAY =
            new BasicStroke(0.9f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {3, 3}, 0);

    private PanelsFigure() {}

    /** Against the step, logarithmic. */
    static Stack overSteps(String title, List<Panel> panels) {
        return of(title, "step k", StepScale.ofAll(places(panels)), panels);
    }

    /** Against what the label says, linear. */
    static Stack over(String label, String title, List<Panel> panels) {
        double[] all = places(panels).stream().flatMapToDouble(Arrays::stream).toArray();
        LinearScale scale = LinearScale.of(
                Arrays.stream(all).min().orElse(0), Arrays.stream(all).max().orElse(1));
        return of(title, label, scale, panels);
    }

    private static List<double[]> places(List<Panel> panels) {
        return panels.stream()
                .flatMap(panel -> panel.lines().stream())
                .map(Panel.Line::x)
                .toList();
    }

    private static Stack of(String title, String across, Scale horizontal, List<Panel> panels) {
        int colours = 1
                + panels.stream()
                        .flatMap(panel -> panel.lines().stream())
                        .mapToInt(Panel.Line::colour)
                        .max()
                        .orElse(0);
        Map<String, Figure> figures = new LinkedHashMap<>();
        for (Panel panel : panels) {
            figures.put(panel.name(), figure(title, across, horizontal, panel, colours));
        }
        return new Stack(title, HEIGHT, figures);
    }

    private static Figure figure(String title, String across, Scale horizontal, Panel panel, int colours) {
        Scale vertical = vertical(panel);
        String description = panel.label() + (panel.logarithmic() ? ", logarithmic" : "");
        Figure figure = new Figure(title, description, across, horizontal, panel.label(), vertical);
        for (Panel.Line line : panel.lines()) {
            double[] x = horizontal.positions(line.x());
            double[] y = vertical.positions(line.y());
            Color colour = colour(line, colours);
            figure.add(x, List.of(y), colour, stroke(line.style()), CurveFigure.MOST_POINTS);
            if (!line.label().isEmpty()) {
                figure.addNote(Legends.line(line.label(), colour, stroke(line.style())));
            }
        }
        return figure;
    }

    private static Scale vertical(Panel panel) {
        double[] shown = panel.shown();
        if (!panel.logarithmic()) {
            double least = Math.min(0, Arrays.stream(shown).min().orElse(0));
            double greatest = Arrays.stream(shown).max().orElse(1);
            double margin = 0.04 * (greatest - least);
            return LinearScale.of(least - margin / 2, greatest + margin);
        }
        double top = Math.log10(Arrays.stream(shown).max().orElse(1));
        double floor = Math.max(Math.log10(Arrays.stream(shown).min().orElse(1)), top - DECADES);
        double margin = 0.04 * Math.max(top - floor, 1);
        return new LogScale(floor - margin, top + margin);
    }

    private static Color colour(Panel.Line line, int colours) {
        return switch (line.style()) {
            case SOLID -> Palette.of(line.colour(), colours);
            case CROWD -> Palette.CROWD;
            case REFERENCE -> Palette.REFERENCE;
            case OVERLAY -> Palette.TEXT;
        };
    }

    private static BasicStroke stroke(Panel.Style style) {
        return switch (style) {
            case SOLID -> Figure.SOLID;
            case CROWD -> Figure.THIN;
            case REFERENCE -> Figure.DASHED;
            case OVERLAY -> OVERLAY;
        };
    }
}
