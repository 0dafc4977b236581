package org.gradus.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.ui.TextAnchor;

/**
 * r(W(k)) against the step, with dashed lines at the plateaus r(Ŵ_L) = (σ_1 + … + σ_L) / σ_1 of the target's
 * truncations, L = 1 … min(12, rank of the target), but for those too close above another to tell apart.
 *
 * <p>Equal singular values at the start give r = n, far above the plateaus. The axis ends a little above the highest of
 * the dashed lines and of the curve from its minimum on; where the curve begins above that, the figure says so. A run
 * that ended on its way down is shown whole.
 */
final class EffectiveRankFigure {
    private static final int MOST_LEVELS = 12;

    /** Distance of labels beside the plot, as a share of its height: a line of 7-point text in about 150 points. */
    private static final double LABEL_DISTANCE = 0.062;

    /** Distance of dashed lines, which must not merge: about two points. */
    private static final double LINE_DISTANCE = 0.015;

    /** A start that leaves the later ranks at least the lower half of the axis is shown whole. */
    private static final double TOLERATED_START = 2;

    /** Room for the plateaus' labels, as a share of the height above it. */
    private static final double LABELS_BELOW = 0.1;

    /** Room for a remark, likewise. */
    private static final double REMARK_ABOVE = 0.1;

    private static final String SHADES = "; shaded: steps at which, as predicted before the run, the effective rank is"
            + " within 5 % of that of the rank-L truncation of what the start recovers, darker where that is certain"
            + " without simulation; a plateau that lies mostly in those of lower ranks is left out";

    private static final String FOUND =
            "; shaded: plateaus found in the run, along which the effective rank hardly" + " changes, by their number";

    /** In ranks; where nothing has risen above 1. */
    private static final double LEAST_HEIGHT = 0.5;

    /** What a plateau's label needs, in points. */
    private static final double SHADE_ROOM = 10;

    private EffectiveRankFigure() {}

    static Figure of(Columns columns, RunCurves curves) {
        return of(columns, curves, StepScale.of(curves.steps()), 1, "effective rank r(W(k))");
    }

    /**
     * @param share of the usual height that the plot has
     * @param label of the axis
     */
    static Figure of(Columns columns, RunCurves curves, StepScale steps, double share, String label) {
        List<Double> levels = levels(curves.targetSingularValues());
        double[] ranks = curves.effectiveRank();
        double start = first(ranks);
        double bottom = Math.min(1, least(ranks));
        double greatest = shownUpTo(ranks, levels);
        boolean clipped = start > greatest;
        boolean predicted = !curves.predicted().plateaus().isEmpty();
        boolean shaded = predicted || !curves.found().isEmpty();
        LinearScale scale = scale(bottom, greatest, clipped, shaded ? LABELS_BELOW / share : 0, REMARK_ABOVE / share);
        String description = description(clipped, start) + (predicted ? SHADES : shaded ? FOUND : "");
        Figure figure = new Figure(columns, curves.title(), description, StepScale.LABEL, steps, label, scale);
        addShades(figure, curves, steps);
        List<Mark> lines = spaced(marks(levels), LINE_DISTANCE / share * (scale.upper() - scale.lower()));
        lines.forEach(line -> figure.addLevel(line.position(), Palette.REFERENCE));
        double[] x = steps.positions(curves.steps());
        double[] y = scale.positions(ranks);
        figure.add(x, List.of(y), Palette.CURVE, Figure.SOLID, CurveFigure.MOST_POINTS);
        if (!levels.isEmpty()) {
            figure.labelRight(spaced(lines, LABEL_DISTANCE / share * (scale.upper() - scale.lower())));
        }
        if (clipped) {
            remarkStart(figure, steps, x, y, scale, start);
        }
        return figure;
    }

    /** The greatest rank that is shown: of the whole run, or where its start would flatten what follows, of what follows. */
    static double shownUpTo(double[] ranks, List<Double> levels) {
        double later = later(ranks, levels);
        double bottom = Math.min(1, least(ranks));
        boolean clipped = first(ranks) - bottom > TOLERATED_START * Math.max(later - bottom, LEAST_HEIGHT)
                && hasFallen(ranks, levels);
        return clipped ? later : Math.max(later, greatest(ranks));
    }

    private static void addShades(Figure figure, RunCurves curves, StepScale steps) {
        boolean predicted = !curves.predicted().plateaus().isEmpty();
        double room = SHADE_ROOM / figure.pointsAcross();
        List<Shade> shades = predicted
                ? Shade.of(curves.predicted().plateaus(), steps, room)
                : Shade.found(curves.found(), steps, room);
        figure.addShades(shades);
        if (!shades.isEmpty()) {
            figure.addNote(Legends.shade(
                    predicted ? "predicted plateau" : "plateau found in the run", false, Shade.haveBothTints(shades)));
        }
        List<Shade> certain = shades.stream().filter(Shade::isCertain).toList();
        if (!certain.isEmpty()) {
            figure.addNote(Legends.shade("certified", true, Shade.haveBothTints(certain)));
        }
    }

    private static String description(boolean clipped, double start) {
        return "effective rank against the step, step 0 at the left end; dashed: effective ranks of the target's"
                + " truncations" + (clipped ? "; the curve begins above the axis, at " + Numerals.rounded(start) : "");
    }

    /** r(Ŵ_1), r(Ŵ_2), … */
    static List<Double> levels(double[] target) {
        List<Double> levels = new ArrayList<>();
        double sum = 0;
        for (int i = 0; i < Math.min(MOST_LEVELS, RunCurves.numericalRank(target)); i++) {
            sum += target[i];
            levels.add(sum / target[0]);
        }
        return levels;
    }

    /** Those within the axis that can be told apart. */
    static List<Mark> levels(double[] target, LinearScale scale) {
        List<Mark> within = marks(levels(target)).stream()
                .filter(mark -> mark.position() <= scale.upper())
                .toList();
        return spaced(within, LINE_DISTANCE * (scale.upper() - scale.lower()));
    }

    /** Those of the levels that have room for a label. */
    static List<Mark> labels(List<Mark> levels, LinearScale scale) {
        return spaced(levels, LABEL_DISTANCE * (scale.upper() - scale.lower()));
    }

    static double first(double[] ranks) {
        for (double rank : ranks) {
            if (Double.isFinite(rank)) {
                return rank;
            }
        }
        return 1;
    }

    private static double greatest(double[] ranks) {
        return Arrays.stream(ranks).filter(Double::isFinite).max().orElse(1);
    }

    private static double least(double[] ranks) {
        return Arrays.stream(ranks).filter(Double::isFinite).min().orElse(1);
    }

    /** Whether the first descent, from n to the plateaus, is over: within the levels' range, or climbing again. */
    private static boolean hasFallen(double[] ranks, List<Double> levels) {
        double top = levels.isEmpty() ? 1.01 : levels.get(levels.size() - 1);
        return least(ranks) <= top || later(ranks, List.of()) > 1.1 * least(ranks);
    }

    /** The largest of the levels and of the ranks from the smallest one on; 1 where there are neither. */
    private static double later(double[] ranks, List<Double> levels) {
        double least = least(ranks);
        double later = levels.isEmpty() ? 1 : levels.get(levels.size() - 1);
        boolean reached = false;
        for (double rank : ranks) {
            reached |= rank == least;
            later = reached && Double.isFinite(rank) ? Math.max(later, rank) : later;
        }
        return later;
    }

    /** From a little below 1, or the smallest rank, to a little above the greatest, with room for labels and the remark. */
    static LinearScale scale(double bottom, double greatest, boolean remark, double below, double above) {
        double height = Math.max(greatest - bottom, LEAST_HEIGHT);
        return new LinearScale(
                bottom - Math.max(0.07, below) * height,
                bottom + (1 + (remark ? Math.max(0.15, above) : 0.05)) * height);
    }

    /** A labelled mark at each level. */
    static List<Mark> marks(List<Double> levels) {
        List<Mark> marks = new ArrayList<>();
        for (double level : levels) {
            String name = "r(Ŵ" + Numerals.subscript(marks.size() + 1) + ")";
            marks.add(new Mark(level, name + " = " + Numerals.rounded(level)));
        }
        return marks;
    }

    /** From the lowest mark on, those that stand at least {@code distance} above the last one taken. */
    static List<Mark> spaced(List<Mark> marks, double distance) {
        List<Mark> taken = new ArrayList<>();
        for (Mark mark : marks) {
            if (taken.isEmpty() || mark.position() - taken.get(taken.size() - 1).position() >= distance) {
                taken.add(mark);
            }
        }
        return taken;
    }

    /** "↑ from r = 100" beside the place where the curve comes in from above, on the roomier side. */
    private static void remarkStart(
            Figure figure, Scale steps, double[] x, double[] y, LinearScale scale, double start) {
        int entry = 0;
        while (!(y[entry] <= scale.upper())) { // the curve has fallen, so there is such a row
            entry++;
        }
        double share = (y[entry - 1] - scale.upper()) / (y[entry - 1] - y[entry]);
        double place = Double.isNaN(share) ? x[entry] : x[entry - 1] + share * (x[entry] - x[entry - 1]);
        String from = "from r = " + Numerals.rounded(start).replaceFirst("\\.00$", "");
        double room = 4 / figure.pointsAcross();
        if (place < steps.lower() + 0.55 * (steps.upper() - steps.lower())) {
            figure.remark("↑ " + from, place + room, scale.upper(), TextAnchor.TOP_LEFT);
        } else {
            figure.remark(from + " ↑", place - room, scale.upper(), TextAnchor.TOP_RIGHT);
        }
    }
}
