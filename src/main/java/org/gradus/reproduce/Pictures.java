package org.gradus.reproduce;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gradus.report.Panel;
import org.gradus.report.Panel.Line;
import org.gradus.report.Panel.Style;

/** Panels that several experiments have. */
final class Pictures {
    private Pictures() {}

    /** σ_1 … σ_rank in colours over the others, and the target's values where a linear axis shows them apart. */
    static Panel singularValues(String name, FinishedRun run, int rank, boolean logarithmic) {
        double[] steps = run.steps();
        double[][] values = run.singularValues();
        List<Line> lines = new ArrayList<>();
        if (!logarithmic) {
            double[] target = run.targetSingularValues();
            for (int i = 0; i < Math.min(rank, target.length); i++) {
                lines.add(level("target", steps, target[i]));
            }
        }
        for (int i = rank; i < values.length; i++) {
            String label = "σ" + subscript(rank + 1) + " …";
            lines.add(Line.of(label, steps, values[i], Style.CROWD));
        }
        for (int i = 0; i < Math.min(rank, values.length); i++) {
            lines.add(Line.coloured("σ" + subscript(i + 1), steps, values[i], i));
        }
        return new Panel(name, "σ", logarithmic, lines);
    }

    /** A dashed line across. */
    static Line level(String label, double[] x, double value) {
        double[] ends = {x[0], x[x.length - 1]};
        return Line.of(label, ends, new double[] {value, value}, Style.REFERENCE);
    }

    /** A dashed line upwards at x. */
    static Line post(String label, double x, double bottom, double top) {
        double[] places = {x, Math.nextUp(x)};
        return Line.of(label, places, new double[] {bottom, top}, Style.REFERENCE);
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
