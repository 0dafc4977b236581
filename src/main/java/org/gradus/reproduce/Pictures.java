package org.gradus.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gradus.report.Chart;
import org.gradus.report.Chart.Axis;
import org.gradus.report.Chart.Level;
import org.gradus.report.Chart.Line;
import org.gradus.report.Chart.Panel;
import org.gradus.report.Chart.Style;
import org.gradus.report.Plots;

/** Panels and curves that several experiments of the literature have. */
final class Pictures {
    /** Not a colour of a curve. */
    static final int GREY = -1;

    /** For half of the last label. */
    private static final double MARGIN = 1.04;

    private Pictures() {}

    /** Against the step, on a linear axis: what the literature shows happens late. */
    static void linear(Path figure, Card card, double last, Panel... panels) {
        Axis steps = Axis.linear("step k").between(0, MARGIN * last);
        Plots.chart(figure, new Chart(card.name(), steps, List.of(panels)));
    }

    /** σ_1 … σ_rank in colours over the others, on a linear axis with the target's values. */
    static Panel spectrum(String heading, FinishedRun run, int rank) {
        double[] target = run.targetSingularValues();
        List<Level> levels = new ArrayList<>();
        for (int i = 0; i < Math.min(rank, target.length); i++) {
            levels.add(new Level("", target[i], i));
        }
        Panel plain = Panel.of(heading, Axis.linear("σᵢ(W(k))"), curves(run, rank));
        return plain.with(levels, List.of(), List.of());
    }

    /** The same on a logarithmic axis, without the target's. */
    static Panel decades(String heading, FinishedRun run, int rank) {
        return Panel.of(heading, Axis.logarithmic("σᵢ(W(k))"), curves(run, rank));
    }

    private static List<Line> curves(FinishedRun run, int rank) {
        double[][] values = run.singularValues();
        List<Line> lines = new ArrayList<>();
        for (int i = rank; i < values.length; i++) {
            lines.add(new Line("σ" + subscript(rank + 1) + " …", run.steps(), values[i], Style.THIN, GREY));
        }
        for (int i = 0; i < Math.min(rank, values.length); i++) {
            lines.add(solid("σ" + subscript(i + 1), run.steps(), values[i], i));
        }
        return lines;
    }

    static Line solid(String label, double[] x, double[] y, int colour) {
        return new Line(label, x, y, Style.SOLID, colour);
    }

    static String subscript(int number) {
        StringBuilder text = new StringBuilder();
        String.valueOf(number).chars().forEach(digit -> text.append((char) ('₀' + digit - '0')));
        return text.toString();
    }

    /** x + by. */
    static double[] shifted(double[] x, double by) {
        return Arrays.stream(x).map(value -> value + by).toArray();
    }
}
