package org.gradus.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.gradus.report.Chart;
import org.gradus.report.Chart.Axis;
import org.gradus.report.Chart.Level;
import org.gradus.report.Chart.Line;
import org.gradus.report.Chart.Panel;
import org.gradus.report.Chart.Point;
import org.gradus.report.Plots;

/**
 * Depth 3, one zero factor and two αI. The minimum of λ's mode has the curvature 3λ^{4/3}, so a step size beyond
 * 2/(3λ^{4/3}) cannot converge to it; the larger eigenvalues lose their stability first, and the modes do not feel each other.
 */
final class EdgeOfStability implements Experiment {
    private static final String STABLE = "stable";
    private static final String EDGE = "edge";

    /** Rows at the end, step by step, at which a run is looked at. */
    private static final int WINDOW = 20;

    /** Of λ: the amplitude of an oscillation is √(η/η_0 − 1) times it, 3 % a thousandth beyond the threshold η_0. */
    private static final double CONVERGED = 1e-3;

    @Override
    public Card card() {
        return Card.of(
                "edge-of-stability",
                "At depth 3 a singular value σ is learned up to the step size 2/(3σ^{4/3}); beyond, it oscillates with"
                        + " period 2 around its place while smaller ones converge.",
                "Ghosh, Kwon, Wang, Ravishankar, Qu 2025, Learning dynamics of deep linear networks beyond the edge of"
                        + " stability",
                1,
                STABLE,
                EDGE);
    }

    @Override
    public Verdict judge(Evidence evidence) {
        FinishedRun stable = evidence.run(STABLE);
        List<FinishedRun> runs = evidence.runs(EDGE);
        double[] target = positive(runs.get(0).targetSingularValues());
        double[] stepSizes =
                runs.stream().mapToDouble(EdgeOfStability::stepSize).toArray();
        double[] found = new double[target.length];
        double[] deviations = new double[target.length];
        double disorder = 0;
        for (int i = 0; i < target.length; i++) {
            double value = target[i];
            boolean[] converged = new boolean[runs.size()];
            for (int k = 0; k < converged.length; k++) {
                converged[k] = converges(runs.get(k), value);
            }
            found[i] = threshold(stepSizes, converged);
            deviations[i] = Math.abs(found[i] - threshold(value));
            disorder += disorder(converged);
        }
        double spacing = (stepSizes[stepSizes.length - 1] - stepSizes[0]) / (stepSizes.length - 1);
        double period = Numbers.largest(
                runs.stream().mapToDouble(EdgeOfStability::afterTwoSteps).toArray());
        return Verdict.of(
                        Measure.atMost(
                                "largest relative error of a singular value at the small step size",
                                largestError(stable),
                                1e-9,
                                "there all converge"),
                        Measure.atMost(
                                "largest distance of a threshold from 2/(3σ^{4/3})",
                                Numbers.largest(deviations),
                                spacing / 2 * (1 + 1e-9),
                                "half the spacing of the step sizes, within which a threshold is found"),
                        Measure.atMost(
                                "step sizes at which a value converges beyond its threshold or does not before it",
                                disorder,
                                0,
                                "one threshold for each"),
                        Measure.atMost(
                                "largest change of a singular value over two steps, relative to the first,",
                                period,
                                1e-6,
                                "period 2, once transients have died away"))
                .remarking(remark(found, target));
    }

    private static String remark(double[] found, double[] target) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < found.length; i++) {
            parts.add(String.format(
                    Locale.ROOT, "σ = %.1f: %.5f (theory %.6f)", target[i], found[i], threshold(target[i])));
        }
        return "thresholds found: " + String.join(", ", parts);
    }

    static double threshold(double value) {
        return 2 / (3 * Math.pow(value, 4.0 / 3));
    }

    private static double stepSize(FinishedRun run) {
        return run.number("step_size");
    }

    private static double[] positive(double[] values) {
        return Arrays.stream(values).filter(value -> value > 1e-9 * values[0]).toArray();
    }

    private static double largestError(FinishedRun run) {
        double[] target = positive(run.targetSingularValues());
        double[] errors = new double[target.length];
        for (int i = 0; i < target.length; i++) {
            errors[i] = Numbers.deviation(run.last("sigma_" + (i + 1)), target[i]);
        }
        return Numbers.largest(errors);
    }

    /** Whether one of the singular values, of any index, is at λ in all of the last rows. */
    private static boolean converges(FinishedRun run, double value) {
        double[][] values = run.singularValues();
        int rows = run.steps().length;
        for (int row = rows - WINDOW; row < rows; row++) {
            int now = row;
            boolean there = Arrays.stream(values).anyMatch(sigma -> Math.abs(sigma[now] - value) <= CONVERGED * value);
            if (!there) {
                return false;
            }
        }
        return true;
    }

    /** The middle between the last step size before the first at which a value does not converge, and that one. */
    private static double threshold(double[] stepSizes, boolean[] converged) {
        for (int k = 0; k < converged.length; k++) {
            if (!converged[k]) {
                return k == 0 ? Double.NaN : (stepSizes[k - 1] + stepSizes[k]) / 2;
            }
        }
        return Double.NaN;
    }

    private static int disorder(boolean[] converged) {
        int changes = 0;
        for (int k = 1; k < converged.length; k++) {
            changes += converged[k] && !converged[k - 1] ? 1 : 0;
        }
        return changes;
    }

    private static double afterTwoSteps(FinishedRun run) {
        double[][] values = run.singularValues();
        int rows = run.steps().length;
        double[] changes = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            for (int row = rows - WINDOW + 2; row < rows; row++) {
                double change = Math.abs(values[i][row] - values[i][row - 2]) / values[0][row];
                changes[i] = Numbers.largest(changes[i], change);
            }
        }
        return Numbers.largest(changes);
    }

    @Override
    public void draw(Evidence evidence, Path figure) {
        List<FinishedRun> runs = evidence.runs(EDGE);
        double[] target = positive(runs.get(0).targetSingularValues());
        double[] stepSizes =
                runs.stream().mapToDouble(EdgeOfStability::stepSize).toArray();
        double half = 0.35 * (stepSizes[1] - stepSizes[0]);
        List<Line> lines = new ArrayList<>();
        List<Level> levels = new ArrayList<>();
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < target.length; i++) {
            for (int back = 1; back <= 2; back++) {
                lines.add(Pictures.solid(
                        "singular values of the last two steps", dashes(stepSizes, half), last(runs, i, back), 0));
            }
            levels.add(new Level(String.format(Locale.ROOT, "σ = %.1f", target[i]), target[i], Pictures.GREY));
            points.add(Point.bare("thresholds predicted", threshold(target[i]), target[i], 1));
        }
        Panel panel = Panel.of("", Axis.linear("σᵢ(W(k))"), lines).with(levels, points, List.of());
        Axis across = Axis.linear("step size η").between(0.0304, 0.0364);
        Plots.chart(figure, new Chart(card().name(), across, List.of(panel)));
    }

    /** Three places for each step size, the third for a gap. */
    private static double[] dashes(double[] stepSizes, double half) {
        return Arrays.stream(stepSizes)
                .flatMap(eta -> DoubleStream.of(eta - half, eta + half, eta + 1.2 * half))
                .toArray();
    }

    private static double[] last(List<FinishedRun> runs, int i, int back) {
        return runs.stream()
                .flatMapToDouble(run -> {
                    double value = run.singularValues()[i][run.steps().length - back];
                    return DoubleStream.of(value, value, Double.NaN);
                })
                .toArray();
    }
}
