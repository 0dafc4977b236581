package org.gradus.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.gradus.report.Ensemble.Curve;
import org.gradus.report.Ensemble.Group;

/**
 * Effective rank and loss of several runs against the step, one panel below the other: every run as a thin line, mean and
 * quartiles of each group over them.
 */
final class EnsembleFigure {
    /** Single runs drawn of all; mean and quartiles are over all runs whatever their number. */
    static final int MOST_LINES = 200;

    /** Of single runs in a panel. */
    private static final int MOST_POINTS = 8_000;

    /** A band of quartiles wants some values to lie between. */
    private static final int LEAST_FOR_BAND = 4;

    /** In points. */
    private static final double PANEL = 55 * SvgFile.MILLIMETRE;

    private static final BasicStroke RUN = new BasicStroke(0.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final float MEAN = 1.4f;
    private static final int RUN_ALPHA = 120;
    private static final int BAND_ALPHA = 120;

    private final Columns columns;
    private final Ensemble ensemble;
    private final StepScale steps;
    private final int total;
    private final int stride;

    private EnsembleFigure(Columns columns, Ensemble ensemble) {
        this.columns = columns;
        this.ensemble = ensemble;
        List<Curve> all = curves();
        steps = StepScale.ofAll(all.stream().map(Curve::steps).toList());
        total = all.size();
        stride = (total + MOST_LINES - 1) / MOST_LINES;
    }

    static Stack of(Columns columns, Ensemble ensemble) {
        EnsembleFigure figure = new EnsembleFigure(columns, ensemble);
        Map<String, Figure> panels = new LinkedHashMap<>();
        panels.put(figure.heading(), figure.ranks());
        panels.put("loss", figure.losses());
        return new Stack(ensemble.title(), PANEL, panels);
    }

    private List<Curve> curves() {
        return ensemble.groups().stream()
                .flatMap(group -> group.runs().stream())
                .toList();
    }

    private Figure ranks() {
        double least = Math.min(1, finite(Curve::effectiveRank).min().orElse(1));
        double greatest = greatestShown();
        LinearScale scale = EffectiveRankFigure.scale(least, greatest, false, 0, 0);
        Figure figure = new Figure(
                columns,
                ensemble.title(),
                "effective rank against the step; dashed: effective ranks of the target's truncations" + conventions(),
                StepScale.LABEL,
                steps,
                "r(W(k))",
                scale);
        List<Mark> levels = EffectiveRankFigure.levels(ensemble.targetSingularValues(), scale);
        levels.forEach(level -> figure.addLevel(level.position(), Palette.REFERENCE));
        draw(figure, scale, Curve::effectiveRank);
        if (!levels.isEmpty()) {
            figure.labelRight(EffectiveRankFigure.labels(levels, scale));
        }
        return figure;
    }

    private double greatestShown() {
        List<Double> target = EffectiveRankFigure.levels(ensemble.targetSingularValues());
        return curves().stream()
                .mapToDouble(run -> EffectiveRankFigure.shownUpTo(run.effectiveRank(), target))
                .max()
                .orElseThrow();
    }

    /** With where the curves come from, if that is above the axis. */
    private String heading() {
        DoubleSummaryStatistics starts = curves().stream()
                .mapToDouble(run -> EffectiveRankFigure.first(run.effectiveRank()))
                .summaryStatistics();
        if (starts.getMax() <= greatestShown()) {
            return "effective rank";
        }
        String least = brief(starts.getMin());
        String most = brief(starts.getMax());
        return "effective rank, which begins above, at " + (least.equals(most) ? most : least + " to " + most);
    }

    private static String brief(double rank) {
        return String.format(Locale.ROOT, rank < 10 ? "%.1f" : "%.0f", rank);
    }

    private Figure losses() {
        double[] values = finite(Curve::loss).toArray();
        boolean logarithmic = Arrays.stream(values).noneMatch(value -> value < 0)
                && Arrays.stream(values).anyMatch(value -> value > 0);
        Scale scale = CurveFigure.scale(
                logarithmic ? Arrays.stream(values).filter(value -> value > 0).toArray() : values, logarithmic);
        Figure figure = new Figure(
                columns,
                ensemble.title(),
                "loss against the step, " + (logarithmic ? "logarithmic" : "linear") + conventions(),
                StepScale.LABEL,
                steps,
                "loss",
                scale);
        draw(figure, scale, Curve::loss);
        return figure;
    }

    private DoubleStream finite(Function<Curve, double[]> column) {
        return curves().stream()
                .flatMapToDouble(run -> Arrays.stream(column.apply(run)))
                .filter(Double::isFinite);
    }

    private String conventions() {
        return "; thin: single runs" + (stride > 1 ? ", every " + stride + "th of " + total : "")
                + "; thick: their arithmetic mean, shaded: their quartiles, at the steps that all have recorded";
    }

    private void draw(Figure figure, Scale scale, Function<Curve, double[]> column) {
        boolean single = ensemble.groups().size() == 1;
        drawRuns(figure, scale, column);
        for (int i = 0; i < ensemble.groups().size(); i++) {
            List<Curve> counted = ensemble.groups().get(i).runs().stream()
                    .filter(Curve::counted)
                    .toList();
            if (counted.size() > 1) {
                drawStatistics(figure, scale, Quartiles.of(counted, column), counted.size(), i);
            }
        }
        List<Integer> sizes =
                ensemble.groups().stream().map(group -> group.runs().size()).toList();
        if (single) {
            figure.addNote(Legends.line(total + (total == 1 ? " run" : " runs"), runColour(0), RUN));
        } else {
            for (int i = 0; i < sizes.size(); i++) {
                figure.addNote(Legends.line(ensemble.groups().get(i).label(), colour(i), LineStyle.stroke(i, MEAN)));
            }
        }
        int most = sizes.stream().max(Integer::compare).orElse(0);
        if (most > 1 && single) {
            figure.addNote(Legends.line("mean", colour(0), LineStyle.stroke(0, MEAN)));
        }
        if (most >= LEAST_FOR_BAND) {
            figure.addNote(Legends.band("25–75 %", shade(single ? colour(0) : Palette.REFERENCE)));
        }
    }

    private void drawRuns(Figure figure, Scale scale, Function<Curve, double[]> column) {
        int most = MOST_POINTS / Math.min(total, MOST_LINES);
        int number = 0;
        for (int i = 0; i < ensemble.groups().size(); i++) {
            Group group = ensemble.groups().get(i);
            boolean alone = group.runs().size() == 1 && ensemble.groups().size() > 1;
            for (Curve run : group.runs()) {
                if (number++ % stride == 0) {
                    figure.add(
                            steps.positions(run.steps()),
                            List.of(scale.positions(column.apply(run))),
                            alone ? colour(i) : runColour(i),
                            alone ? LineStyle.stroke(i, MEAN) : RUN,
                            Math.max(most, 16));
                }
            }
        }
    }

    private void drawStatistics(Figure figure, Scale scale, Quartiles statistics, int runs, int group) {
        double[] x = steps.positions(statistics.steps());
        if (runs >= LEAST_FOR_BAND) {
            figure.addBand(
                    x, scale.positions(statistics.lower()), scale.positions(statistics.upper()), shade(colour(group)));
        }
        figure.add(
                x,
                List.of(scale.positions(statistics.mean())),
                colour(group),
                LineStyle.stroke(group, MEAN),
                CurveFigure.MOST_POINTS);
    }

    private Color colour(int group) {
        return Palette.of(group, ensemble.groups().size());
    }

    /** Grey where there is one group, whose mean then has the colour to itself. */
    private Color runColour(int group) {
        return ensemble.groups().size() == 1 ? Palette.CROWD : Palette.translucent(colour(group), RUN_ALPHA);
    }

    private static Color shade(Color colour) {
        return Palette.translucent(colour, BAND_ALPHA);
    }
}
