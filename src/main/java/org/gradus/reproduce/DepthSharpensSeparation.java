package org.gradus.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gradus.report.Chart;
import org.gradus.report.Plots;
import org.gradus.theory.Prediction;
import org.gradus.theory.Query;

/**
 * The gap between two recoveries grows with depth in units of the time that the second takes: S = (t₅₀(λ₂) − t₅₀(λ₁)) /
 * (t₉₀(λ₂) − t₁₀(λ₂)), t_q(λ) the step at which q % of λ are there, from products of the same scale.
 */
final class DepthSharpensSeparation implements Experiment {
    private static final String DEPTHS = "depths";
    private static final List<Double> LEVELS = List.of(0.1, 0.5, 0.9);

    @Override
    public Card card() {
        return Card.of(
                "depth-sharpens-separation",
                "From products of the same scale the gap between the recoveries of two eigenvalues, in units of the time"
                        + " that a recovery takes, grows with depth as the gradient flow says.",
                Paper.NAME + "depth amplifies the differences among the rates of recovery",
                2,
                DEPTHS);
    }

    /** @param halves t₅₀ of λ₁ and of λ₂ */
    private static double separation(double[] halves, double begin, double end) {
        return (halves[1] - halves[0]) / (end - begin);
    }

    private static double half(FinishedRun run, int i) {
        return run.firstStep("sigma_" + i, 0.5 * run.targetSingularValues()[i - 1]);
    }

    private static double measured(FinishedRun run) {
        double[] target = run.targetSingularValues();
        return separation(
                new double[] {half(run, 1), half(run, 2)},
                run.firstStep("sigma_2", 0.1 * target[1]),
                run.firstStep("sigma_2", 0.9 * target[1]));
    }

    private static double predicted(FinishedRun run) {
        List<Prediction.Mode> modes =
                run.predict(LEVELS, Query.DEFAULT_TOLERANCE).modes();
        List<Prediction.Crossing> first = modes.get(0).crossings();
        List<Prediction.Crossing> second = modes.get(1).crossings();
        return separation(
                new double[] {first.get(1).flowTime(), second.get(1).flowTime()},
                second.get(0).flowTime(),
                second.get(2).flowTime());
    }

    /** The runs of each product scale, as it is written, by depth. */
    private static Map<Double, List<FinishedRun>> byScale(Evidence evidence) {
        Map<Double, List<FinishedRun>> groups = new LinkedHashMap<>();
        for (FinishedRun run : evidence.runs(DEPTHS)) {
            double scale = run.config().factors().start().productScale().orElse(Double.NaN);
            groups.computeIfAbsent(scale, key -> new ArrayList<>()).add(run);
        }
        groups.values().forEach(runs -> runs.sort((a, b) -> Integer.compare(a.depth(), b.depth())));
        return groups;
    }

    @Override
    public Verdict judge(Evidence evidence) {
        List<Double> growth = new ArrayList<>();
        List<Double> deviations = new ArrayList<>();
        List<Double> deepest = new ArrayList<>();
        for (List<FinishedRun> runs : byScale(evidence).values()) {
            for (int i = 0; i < runs.size(); i++) {
                deviations.add(Numbers.deviation(measured(runs.get(i)), predicted(runs.get(i))));
                if (i > 0) {
                    growth.add(measured(runs.get(i)) / measured(runs.get(i - 1)));
                }
            }
            deepest.add(measured(runs.get(runs.size() - 1)));
        }
        return Verdict.of(
                        Measure.atLeast(
                                "smallest growth of the separation from one depth to the next, a factor of",
                                Numbers.smallest(
                                        growth.stream().mapToDouble(v -> v).toArray()),
                                1.05,
                                "it grows, and by more than the steps' granularity"),
                        Measure.atMost(
                                "largest relative deviation of a separation from the gradient flow's",
                                Numbers.largest(
                                        deviations.stream().mapToDouble(v -> v).toArray()),
                                0.1,
                                "steps of finite size lag behind the flow"))
                .remarking(String.format(
                        Locale.ROOT,
                        "Small scales sharpen too: the separations of the deepest runs are %s.",
                        String.join(
                                ", ",
                                deepest.stream()
                                        .map(value -> String.format(Locale.ROOT, "%.2f", value))
                                        .toList())));
    }

    @Override
    public void draw(Evidence evidence, Path figure) {
        List<Chart.Line> lines = new ArrayList<>();
        List<Chart.Point> points = new ArrayList<>();
        byScale(evidence).forEach((scale, runs) -> {
            int colour = lines.size();
            double[] depths = runs.stream().mapToDouble(FinishedRun::depth).toArray();
            double[] values =
                    runs.stream().mapToDouble(DepthSharpensSeparation::measured).toArray();
            lines.add(new Chart.Line("s = " + Numbers.brief(scale), depths, values, Chart.Style.SOLID, colour));
            for (FinishedRun run : runs) {
                points.add(Chart.Point.bare("gradient flow", run.depth(), predicted(run), colour));
            }
        });
        Chart.Panel panel = Chart.Panel.of("", Chart.Axis.logarithmic("gap / duration"), lines)
                .with(List.of(), points, List.of());
        Plots.chart(figure, new Chart(card().name(), Chart.Axis.whole("depth N"), List.of(panel)));
    }
}
