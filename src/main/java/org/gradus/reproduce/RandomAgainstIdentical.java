package org.gradus.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gradus.observe.Plateaus;
import org.gradus.report.Chart;
import org.gradus.report.Plots;

/** Random starts climb the stairs of the identical one. */
final class RandomAgainstIdentical implements Experiment {
    private static final String RANDOM = "random";
    private static final String IDENTICAL = "identical";
    private static final double TOLERANCE = 0.05;
    private static final int RANK = 4;

    @Override
    public Card card() {
        return Card.of(
                "random-against-identical",
                "Small Gaussian starts climb the same stairs of effective rank as the identical start, in the same order"
                        + " and at comparable times, and align with the target's singular vectors on the way.",
                Paper.NAME + "empirical evidence for random initialization",
                3,
                RANDOM,
                IDENTICAL);
    }

    /** How many ranks 1 … 4 have a plateau in the run whose mean effective rank is within the tolerance of r(Ŵ_L). */
    private static int stairs(FinishedRun run) {
        List<Plateaus.Plateau> found = Plateaus.of(run.steps(), run.effectiveRank());
        double[] target = run.targetSingularValues();
        int stairs = 0;
        double sum = 0;
        for (int i = 0; i < RANK; i++) {
            sum += target[i];
            double level = sum / target[0];
            stairs += found.stream().anyMatch(plateau -> Numbers.deviation(plateau.rank(), level) <= TOLERANCE) ? 1 : 0;
        }
        return stairs;
    }

    private static double half(FinishedRun run, int i) {
        return run.firstStep("sigma_" + i, run.targetSingularValues()[i - 1] / 2);
    }

    /** Largest angle between the four leading singular vectors of product and target at the step at which the last is half there. */
    private static double angle(FinishedRun run) {
        double at = half(run, RANK);
        for (int row = 0; row < run.table().rows(); row++) {
            if (run.steps()[row] == at) {
                return Math.max(
                        run.table().column("left_angle_" + RANK)[row],
                        run.table().column("right_angle_" + RANK)[row]);
            }
        }
        return Double.NaN;
    }

    @Override
    public Verdict judge(Evidence evidence) {
        List<FinishedRun> runs = evidence.runs(RANDOM);
        FinishedRun identical = evidence.run(IDENTICAL);
        List<Double> ratios = new ArrayList<>();
        for (FinishedRun run : runs) {
            for (int i = 1; i <= RANK; i++) {
                ratios.add(half(run, i) / half(identical, i));
            }
        }
        double[] all = ratios.stream().mapToDouble(v -> v).toArray();
        double stairs = runs.stream().mapToInt(RandomAgainstIdentical::stairs).sum() / (double) (RANK * runs.size());
        double angle = Numbers.largest(
                runs.stream().mapToDouble(RandomAgainstIdentical::angle).toArray());
        return Verdict.of(
                        Measure.atLeast(
                                "stairs of the identical start that random ones have too, as a share of all,",
                                stairs,
                                0.9,
                                "one in ten may be too short to be found"),
                        Measure.atLeast(
                                "smallest ratio of a random start's time to the identical one's",
                                Numbers.smallest(all),
                                0.5,
                                "comparable: within a factor of two"),
                        Measure.atMost(
                                "largest ratio of a random start's time to the identical one's",
                                Numbers.largest(all),
                                2,
                                "comparable: within a factor of two"),
                        Measure.atMost(
                                "largest angle to the target's leading singular vectors when the fourth value is half there, in radians,",
                                angle,
                                0.2,
                                "aligned before it is recovered"))
                .remarking(String.format(
                        Locale.ROOT,
                        "The median of these ratios over %d starts is %.2f.",
                        runs.size(),
                        Numbers.median(all)));
    }

    @Override
    public void draw(Evidence evidence, Path figure) {
        List<Chart.Line> ranks = new ArrayList<>();
        List<Chart.Line> angles = new ArrayList<>();
        for (FinishedRun run : evidence.runs(RANDOM)) {
            ranks.add(new Chart.Line("Gaussian starts", run.steps(), run.effectiveRank(), Chart.Style.THIN, 1));
            angles.add(new Chart.Line(
                    "Gaussian starts", run.steps(), run.table().column("left_angle_" + RANK), Chart.Style.THIN, 1));
        }
        FinishedRun identical = evidence.run(IDENTICAL);
        ranks.add(
                new Chart.Line("identical start", identical.steps(), identical.effectiveRank(), Chart.Style.SOLID, 0));
        List<Chart.Panel> panels = List.of(
                Chart.Panel.of("effective rank", Chart.Axis.linear("r(W(k))").between(0.75, 3), ranks)
                        .with(
                                Curves.levels(identical.targetSingularValues()),
                                List.of(),
                                identical.predicted().plateaus()),
                Chart.Panel.of(
                        "largest angle between the four leading left singular vectors",
                        Chart.Axis.logarithmic("radians"),
                        angles));
        Plots.chart(figure, new Chart(card().name(), Chart.Axis.steps().between(20, identical.last("step")), panels));
    }
}
