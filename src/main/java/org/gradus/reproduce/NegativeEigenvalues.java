package org.gradus.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;
import org.gradus.report.Chart;
import org.gradus.report.Plots;

/** Identical starts see the positive part only. */
final class NegativeEigenvalues implements Experiment {
    private static final String IDENTICAL = "identical";
    private static final String PERTURBED = "perturbed";
    private static final double ZERO = 1e-9;

    /** Relative errors of the eigenvalues of one sign: |v_iᵀWv_i − λ_i|/|λ_i| with the target's eigenvectors v_i. */
    private static double[] errors(FinishedRun run, int sign) {
        Lapack.Eigen target =
                Lapack.symmetricEigen(run.plan().data().reference().copy());
        Matrix seen = Lapack.transposedTimes(target.vectors(), Lapack.times(run.product(), target.vectors()));
        double[] values = target.values();
        double floor = ZERO * Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
        return IntStream.range(0, values.length)
                .filter(i -> sign * values[i] > floor)
                .mapToDouble(i -> Numbers.deviation(seen.get(i, i), values[i]))
                .toArray();
    }

    @Override
    public Card card() {
        return Card.of(
                "negative-eigenvalues",
                "From identical starts descent finds the positive part of a symmetric matrix only; from perturbed starts"
                        + " it finds all eigenvalues.",
                Paper.NAME + "identical and perturbed initialization",
                1,
                IDENTICAL,
                PERTURBED);
    }

    @Override
    public Verdict judge(Evidence evidence) {
        FinishedRun exact = evidence.runs(IDENTICAL).get(0);
        FinishedRun dense = evidence.runs(IDENTICAL).get(1);
        FinishedRun perturbed = evidence.run(PERTURBED);
        return Verdict.of(
                        Measure.atMost(
                                "identical: largest relative error of a positive eigenvalue",
                                Numbers.largest(errors(exact, 1)),
                                1e-3,
                                "recovered by the end"),
                        Measure.atLeast(
                                "identical: smallest relative error of a negative eigenvalue",
                                Numbers.smallest(errors(exact, -1)),
                                0.999,
                                "its mode tends to 0, an error of 1"),
                        Measure.atMost(
                                "perturbed: largest relative error of a positive eigenvalue",
                                Numbers.largest(errors(perturbed, 1)),
                                1e-3,
                                "recovered by the end"),
                        Measure.atMost(
                                "perturbed: largest relative error of a negative eigenvalue",
                                Numbers.largest(errors(perturbed, -1)),
                                1e-3,
                                "recovered by the end"))
                .remarking(departure(exact, dense));
    }

    private static long found(FinishedRun run, int sign) {
        return Arrays.stream(errors(run, sign)).filter(error -> error < 0.5).count();
    }

    private static String departure(FinishedRun exact, FinishedRun dense) {
        double[] one = exact.effectiveRank();
        double[] other = dense.effectiveRank();
        int row = 0;
        while (row < Math.min(one.length, other.length) && Numbers.deviation(other[row], one[row]) <= 0.01) {
            row++;
        }
        if (row == Math.min(one.length, other.length)) {
            return "Plain descent agreed with the exact reduction to its end.";
        }
        return String.format(
                Locale.ROOT,
                "The identical start stays on a saddle: rounding drove plain descent off it, by more than 1 %% of the"
                        + " effective rank from step %.0f on, and to another one: at its end %d of %d negative eigenvalues had come, and %d of %d positive ones were gone.",
                dense.steps()[row],
                found(dense, -1),
                errors(dense, -1).length,
                errors(dense, 1).length - found(dense, 1),
                errors(dense, 1).length);
    }

    @Override
    public void draw(Evidence evidence, Path figure) {
        List<Chart.Panel> panels = List.of(
                panel("identical start, exact", evidence.runs(IDENTICAL).get(0)),
                panel(
                        "identical start, plain descent in float64",
                        evidence.runs(IDENTICAL).get(1)),
                panel("perturbed start, plain descent", evidence.run(PERTURBED)));
        double last = evidence.run(PERTURBED).last("step");
        Plots.chart(figure, new Chart(card().name(), Chart.Axis.steps().between(20, last), panels));
    }

    private static Chart.Panel panel(String heading, FinishedRun run) {
        List<Chart.Line> lines = new ArrayList<>();
        for (double[] values : run.singularValues()) {
            lines.add(new Chart.Line("σᵢ", run.steps(), values, Chart.Style.SOLID, 0));
        }
        List<Chart.Level> levels = new ArrayList<>();
        for (double value :
                Lapack.symmetricEigenvalues(run.plan().data().reference().copy())) {
            if (Math.abs(value) > ZERO) {
                String label =
                        "λ = " + Numbers.brief(Math.round(1e6 * value) / 1e6).replace('-', '−');
                levels.add(new Chart.Level(label, Math.abs(value), value < 0 ? 1 : -1));
            }
        }
        return Chart.Panel.of(heading, Chart.Axis.linear("σᵢ(W(k))").between(-0.2, 4.4), lines)
                .with(levels, List.of(), List.of());
    }
}
