package org.gradus.reproduce;

import java.util.ArrayList;
import java.util.List;
import org.gradus.report.Chart;
import org.gradus.report.Predicted;

/** Panels that several experiments draw. */
final class Curves {
    private static final double ZERO = 1e-9;

    private Curves() {}

    /** Singular values of a run that theory covers, with the predicted steps at which each is half there. */
    static Chart.Panel spectrum(FinishedRun run) {
        List<Chart.Line> lines = new ArrayList<>();
        List<Chart.Level> levels = new ArrayList<>();
        List<Chart.Point> points = new ArrayList<>();
        double[][] values = run.singularValues();
        double[] target = run.targetSingularValues();
        for (int i = 0; i < values.length && target[i] > ZERO * target[0]; i++) {
            lines.add(new Chart.Line("σ" + (char) ('₁' + i), run.steps(), values[i], Chart.Style.SOLID, i));
            levels.add(new Chart.Level("", target[i], i));
        }
        for (Predicted.Crossing crossing : run.predicted().crossings()) {
            points.add(new Chart.Point(
                    "predicted ½λ (bounds)",
                    crossing.step(),
                    crossing.level(),
                    crossing.lower(),
                    crossing.upper(),
                    crossing.index() - 1));
        }
        return new Chart.Panel("N = " + run.depth(), Chart.Axis.linear("σᵢ(W(k))"), lines, levels, points, List.of());
    }
}
