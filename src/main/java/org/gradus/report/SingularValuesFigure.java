package org.gradus.report;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * σ_i(W(k)) against the step. The largest, at most twelve and as many as the target's rank, have colours and the
 * target's values as dashed lines in the same colours; the rest is a group of thin grey lines, of which a line that
 * stays within half a point of the one before is left out.
 *
 * <p>The vertical axis is linear, or logarithmic where the smallest coloured target value is less than 1/20 of the
 * largest and would lie on the bottom of a linear one. It then begins at the power of ten at or below 1/100 of that
 * smallest value; what lies below is clipped, and zeros are gaps.
 */
final class SingularValuesFigure {
    private static final int MOST_COLOURED = 12;
    private static final int MOST_GREY = 300;
    private static final int MOST_GREY_POINTS = 15_000;
    private static final double LINEAR_SPAN = 20;

    /** In points of paper: the width of the grey lines. */
    private static final double DISTINCT = 0.5;

    private static final String CROSSINGS = "; circles: the steps, predicted before the run, at which the values reach"
            + " one half of the target's; bars: bounds of these steps";

    private SingularValuesFigure() {}

    static Figure of(Columns columns, RunCurves curves) {
        double[] reference = curves.referenceSpectrum();
        int count = curves.singularValues().length;
        int coloured = Math.min(Math.min(MOST_COLOURED, count), Math.max(1, RunCurves.numericalRank(reference)));
        StepScale steps = StepScale.of(curves.steps());
        Scale scale = scale(curves, reference, coloured);
        String description = "singular values of the product against the step, step 0 at the left end; dashed: those"
                + " of the target; grey: the remaining ones"
                + (scale instanceof LogScale ? "; logarithmic, values below the axis are clipped" : "")
                + (curves.predicted().crossings().isEmpty() ? "" : CROSSINGS);
        Figure figure = new Figure(
                columns, curves.title(), description, StepScale.LABEL, steps, "singular values of W(k)", scale);
        double[] x = steps.positions(curves.steps());
        addGrey(figure, scale, x, Arrays.asList(curves.singularValues()).subList(coloured, count));
        double[] target = curves.targetSingularValues();
        for (int i = 0; i < Math.min(coloured, target.length); i++) {
            double level = scale.position(target[i]);
            if (level >= scale.lower()) {
                figure.addLevel(level, Palette.of(i, coloured));
            }
        }
        for (int i = coloured - 1; i >= 0; i--) {
            double[] y = scale.positions(curves.singularValues()[i]);
            figure.add(x, List.of(y), Palette.of(i, coloured), Figure.SOLID, CurveFigure.MOST_POINTS);
        }
        addLegend(figure, coloured, count, target.length > 0);
        addCrossings(figure, curves.predicted(), steps, scale, coloured);
        return figure;
    }

    private static void addLegend(Figure figure, int coloured, int count, boolean target) {
        for (int i = 0; i < coloured; i++) {
            figure.addLegend("σ" + Numerals.subscript(i + 1), Palette.of(i, coloured), Figure.SOLID);
        }
        if (count > coloured) {
            String first = "σ" + Numerals.subscript(coloured + 1);
            String last = "σ" + Numerals.subscript(count);
            figure.addLegend(count == coloured + 1 ? first : first + "–" + last, Palette.CROWD, Figure.THIN);
        }
        if (target) {
            figure.addLegend("target", Palette.REFERENCE, Figure.DASHED);
        }
    }

    private static void addCrossings(Figure figure, Predicted predicted, StepScale steps, Scale scale, int coloured) {
        int drawn = 0;
        for (Predicted.Crossing crossing : predicted.crossings()) {
            double y = scale.position(crossing.level());
            if (crossing.index() <= coloured && y >= scale.lower() && drawn < Predicted.MOST) {
                boolean bounded = crossing.isBounded();
                double lower = bounded ? steps.within(crossing.lower()) : Double.NaN;
                double upper = bounded ? steps.within(crossing.upper()) : Double.NaN;
                Color colour = Palette.of(crossing.index() - 1, coloured);
                figure.addErrorBar(steps.within((double) crossing.step()), y, lower, upper, colour);
                drawn++;
            }
        }
        boolean bounded = predicted.crossings().stream().anyMatch(Predicted.Crossing::isBounded);
        if (drawn > 0) {
            figure.addNote(Legends.errorBar(bounded ? "predicted ½λ (bounds)" : "predicted ½λ", bounded));
        }
    }

    private static void addGrey(Figure figure, Scale scale, double[] x, List<double[]> values) {
        List<double[]> distinct = new ArrayList<>();
        double[] before = null;
        for (double[] row : values) {
            double[] y = scale.positions(row);
            boolean visible = Arrays.stream(y).anyMatch(v -> v >= scale.lower());
            if (visible && (before == null || differ(y, before, DISTINCT / figure.pointsUp()))) {
                distinct.add(y);
                before = y;
            }
        }
        int stride = (distinct.size() + MOST_GREY - 1) / MOST_GREY;
        List<double[]> drawn = new ArrayList<>();
        for (int i = 0; i < distinct.size(); i += stride) {
            drawn.add(distinct.get(i));
        }
        figure.add(x, drawn, Palette.CROWD, Figure.THIN, MOST_GREY_POINTS);
    }

    private static boolean differ(double[] y, double[] other, double distance) {
        for (int j = 0; j < y.length; j++) {
            boolean gap = Double.isNaN(y[j]);
            if (gap != Double.isNaN(other[j]) || (!gap && Math.abs(y[j] - other[j]) > distance)) {
                return true;
            }
        }
        return false;
    }

    private static Scale scale(RunCurves curves, double[] reference, int coloured) {
        double greatest = 0;
        for (double[] row : curves.singularValues()) {
            for (double value : row) {
                greatest = Double.isFinite(value) ? Math.max(greatest, value) : greatest;
            }
        }
        greatest = Math.max(greatest, reference.length > 0 ? reference[0] : 0);
        double smallest = reference.length >= coloured ? reference[coloured - 1] : 0;
        if (smallest > 0 && reference[0] > LINEAR_SPAN * smallest) {
            double floor = Math.floor(Math.log10(smallest / 100));
            double top = Math.log10(greatest);
            return new LogScale(floor, top + 0.04 * (top - floor));
        }
        return greatest > 0 ? LinearScale.of(-0.02 * greatest, 1.05 * greatest) : LinearScale.of(0, 1);
    }
}
