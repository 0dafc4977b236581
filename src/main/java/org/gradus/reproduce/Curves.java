package org.gradus.reproduce;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    /**
     * The effective rank, with the truncations' as levels and the predicted plateaus shaded.
     *
     * @param greatest rank shown; a start of equal singular values lies far above
     */
    static Chart.Panel ranks(String heading, FinishedRun run, double greatest) {
        Chart.Line line = new Chart.Line("", run.steps(), run.effectiveRank(), Chart.Style.SOLID, 0);
        return Chart.Panel.of(heading, Chart.Axis.linear("r(W(k))").between(0.85, greatest), List.of(line))
                .with(
                        levels(run.targetSingularValues()),
                        List.of(),
                        run.predicted().plateaus());
    }

    /** r(Ŵ_L) of each truncation. */
    static List<Chart.Level> levels(double[] target) {
        List<Chart.Level> levels = new ArrayList<>();
        double sum = 0;
        for (int i = 0; i < target.length && target[i] > ZERO * target[0]; i++) {
            sum += target[i];
            levels.add(new Chart.Level(
                    String.format(Locale.ROOT, "r(Ŵ%s) = %.2f", (char) ('₁' + i), sum / target[0]),
                    sum / target[0],
                    -1));
        }
        return levels;
    }
}
