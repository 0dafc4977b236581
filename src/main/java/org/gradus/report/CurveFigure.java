package org.gradus.report;

import java.util.Arrays;
import java.util.List;

/**
 * One curve against the step, both axes logarithmic: a zero is a gap. Where a column has negative values, or none above
 * zero, its axis is linear; the test error's also where it has zeros.
 */
final class CurveFigure {
    /** Points drawn of one curve at most: 12 such curves stay well below 500 KB. */
    static final int MOST_POINTS = 1_200;

    private CurveFigure() {}

    static Figure loss(Columns columns, RunCurves curves) {
        boolean log = Arrays.stream(curves.loss()).noneMatch(v -> v < 0);
        return of(columns, curves, curves.loss(), log, "loss");
    }

    static Figure testError(Columns columns, RunCurves curves) {
        boolean log = Arrays.stream(curves.testError()).noneMatch(v -> v <= 0);
        return of(columns, curves, curves.testError(), log, "relative test error");
    }

    private static Figure of(Columns columns, RunCurves curves, double[] values, boolean log, String label) {
        StepScale steps = StepScale.of(curves.steps());
        double[] shown = Arrays.stream(values)
                .filter(v -> Double.isFinite(v) && (!log || v > 0))
                .toArray();
        boolean logarithmic = log && shown.length > 0;
        Scale scale = scale(shown, logarithmic);
        String description = label + " against the step, step 0 at the left end; "
                + (logarithmic ? "logarithmic, zeros are gaps" : "linear");
        Figure figure = new Figure(columns, curves.title(), description, StepScale.LABEL, steps, label, scale);
        figure.add(
                steps.positions(curves.steps()),
                List.of(scale.positions(values)),
                Palette.CURVE,
                Figure.SOLID,
                MOST_POINTS);
        return figure;
    }

    static Scale scale(double[] shown, boolean logarithmic) {
        if (shown.length == 0) {
            return LinearScale.of(0, 1);
        }
        double least = Arrays.stream(shown).min().getAsDouble();
        double greatest = Arrays.stream(shown).max().getAsDouble();
        if (logarithmic) {
            double margin = Math.pow(greatest / least, 0.04);
            return LogScale.of(
                    Math.max(least / margin, Double.MIN_VALUE), Math.min(greatest * margin, Double.MAX_VALUE));
        }
        double margin = 0.04 * (greatest - least);
        return LinearScale.of(least - margin, greatest + margin);
    }
}
