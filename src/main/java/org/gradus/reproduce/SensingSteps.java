package org.gradus.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradus.report.Chart.Axis;
import org.gradus.report.Chart.Level;
import org.gradus.report.Chart.Panel;

/**
 * Sensing shows the staircase of estimation: while σ_1 … σ_L are there and σ_{L+1} is not, effective rank and test error rest at
 * those of the target's rank-L truncation, the error at √(Σ_{i>L}σ_i²/Σσ_i²).
 */
final class SensingSteps implements Experiment {
    private static final String PART = "sensing";

    /** Of σ_L and σ_{L+1}, in units of the target's. */
    private static final double THERE = 0.9;

    private static final double ABSENT = 0.01;

    /** The middle row of a plateau, and the plateau's length as the quotient of its ends. */
    private record Rest(int row, double length) {}

    @Override
    public Card card() {
        return Card.of(
                "sensing",
                "In matrix sensing, too, the spectrum comes one value after another: effective rank and test error rest at"
                        + " those of the target's truncations to rank 1 and 2 before the target is recovered.",
                "Chou, Gieshoff, Maly, Rauhut, on matrix sensing",
                4,
                PART);
    }

    @Override
    public Verdict judge(Evidence evidence) {
        FinishedRun run = evidence.run(PART);
        double[] target = run.targetSingularValues();
        int rank = rank(target);
        List<Double> ranks = new ArrayList<>();
        List<Double> errors = new ArrayList<>();
        List<Double> lengths = new ArrayList<>();
        for (int level = 1; level < rank; level++) {
            Rest rest = rest(run, target, level);
            boolean found = rest.length() > 0;
            lengths.add(rest.length());
            ranks.add(
                    found
                            ? Numbers.deviation(run.effectiveRank()[rest.row()], effectiveRank(target, level))
                            : Double.NaN);
            double error = run.table().column("test_error")[rest.row()];
            errors.add(found ? Numbers.deviation(error, truncationError(target, level)) : Double.NaN);
        }
        return Verdict.of(
                        Measure.atLeast(
                                "last over first step of the shortest plateau",
                                least(lengths),
                                1.25,
                                "what counts as a plateau on line"),
                        Measure.atMost(
                                "largest relative deviation of the effective rank there",
                                greatest(ranks),
                                0.03,
                                "what counts as flat on line"),
                        Measure.atMost(
                                "largest relative deviation of the test error there",
                                greatest(errors),
                                0.15,
                                "operators are no isometry: as many observations as unknowns of the rest leave √(unknowns/m)"),
                        Measure.atMost("test error at the end", run.last("test_error"), 1e-3, "recovered"))
                .remarking("steps at which half of each value is there: " + steps(run, target, rank));
    }

    private static String steps(FinishedRun run, double[] target, int rank) {
        List<String> steps = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            steps.add(Numbers.text(run.firstStep("sigma_" + (i + 1), target[i] / 2)));
        }
        return String.join(", ", steps);
    }

    /** NaN is the greatest and the least of all. */
    private static double greatest(List<Double> values) {
        return Numbers.largest(values.stream().mapToDouble(v -> v).toArray());
    }

    private static double least(List<Double> values) {
        return Numbers.smallest(values.stream().mapToDouble(v -> v).toArray());
    }

    /** The rows at which σ_level is there and the next one is absent; length 0 where there are none. */
    private static Rest rest(FinishedRun run, double[] target, int level) {
        double[] steps = run.steps();
        double[][] values = run.singularValues();
        int first = -1;
        int last = -1;
        for (int row = 0; row < steps.length; row++) {
            boolean there = values[level - 1][row] >= THERE * target[level - 1];
            if (there && values[level][row] <= ABSENT * target[level]) {
                first = first < 0 ? row : first;
                last = row;
            }
        }
        return first < 1 ? new Rest(0, 0) : new Rest((first + last) / 2, steps[last] / steps[first]);
    }

    private static int rank(double[] target) {
        int rank = 1;
        while (rank < target.length && target[rank] > 1e-9 * target[0]) {
            rank++;
        }
        return rank;
    }

    private static double effectiveRank(double[] target, int level) {
        double sum = 0;
        for (int i = 0; i < level; i++) {
            sum += target[i];
        }
        return sum / target[0];
    }

    private static double truncationError(double[] target, int level) {
        double all = 0;
        double beyond = 0;
        for (int i = 0; i < target.length; i++) {
            all += target[i] * target[i];
            beyond += i >= level ? target[i] * target[i] : 0;
        }
        return Math.sqrt(beyond / all);
    }

    @Override
    public void draw(Evidence evidence, Path figure) {
        FinishedRun run = evidence.run(PART);
        double[] steps = run.steps();
        double[] target = run.targetSingularValues();
        int rank = rank(target);
        List<Level> ranks = new ArrayList<>();
        List<Level> errors = new ArrayList<>();
        for (int level = 1; level <= rank; level++) {
            String of = "rank " + level;
            ranks.add(new Level(of, effectiveRank(target, level), Pictures.GREY));
            errors.add(new Level(of, truncationError(target, level), Pictures.GREY));
        }
        Panel rankPanel = Panel.of(
                "effective rank, which begins above",
                Axis.linear("r(W(k))").between(0.9, 2.4),
                List.of(Pictures.solid("", steps, run.effectiveRank(), 0)));
        Panel errorPanel = Panel.of(
                "relative test error",
                Axis.linear("error"),
                List.of(Pictures.solid("", steps, run.table().column("test_error"), 0)));
        Pictures.linear(
                figure,
                card(),
                run.last("step"),
                Pictures.spectrum("singular values", run, rank),
                rankPanel.with(ranks, List.of(), List.of()),
                errorPanel.with(errors, List.of(), List.of()));
    }
}
