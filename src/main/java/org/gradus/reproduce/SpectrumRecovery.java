package org.gradus.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradus.report.Chart;
import org.gradus.report.Plots;
import org.gradus.theory.Prediction;
import org.gradus.theory.Query;

/** Each eigenvalue comes at the step at which the scalar recursion says it does. */
final class SpectrumRecovery implements Experiment {
    private static final String DEPTHS = "depths";
    private static final List<Double> LEVELS = List.of(0.1, 0.5, 0.9);

    /** A measured crossing beside the predicted one. */
    private record Pair(double measured, Prediction.Crossing predicted) {
        double stepsApart() {
            return Math.abs(measured - predicted.step());
        }

        boolean isOutside() {
            return !(measured >= predicted.lower() && measured <= predicted.upper());
        }
    }

    @Override
    public Card card() {
        return Card.of(
                "spectrum-recovery",
                "From identical starts of depth 2, 3 and 4 plain descent recovers every eigenvalue of a symmetric matrix"
                        + " at the steps that the scalar recursion predicts, within the certified bounds.",
                Paper.NAME + "convergence of the spectrum from identical starts",
                2,
                DEPTHS);
    }

    @Override
    public Verdict judge(Evidence evidence) {
        List<Pair> pairs = new ArrayList<>();
        List<Double> errors = new ArrayList<>();
        for (FinishedRun run : evidence.runs(DEPTHS)) {
            int i = 1;
            for (Prediction.Mode mode :
                    run.predict(LEVELS, Query.DEFAULT_TOLERANCE).modes()) {
                String column = "sigma_" + i++;
                for (Prediction.Crossing crossing : mode.crossings()) {
                    pairs.add(new Pair(run.firstStep(column, crossing.level() * mode.lambda()), crossing));
                }
                if (mode.lambda() > 0) {
                    errors.add(Numbers.deviation(run.last(column), mode.lambda()));
                }
            }
        }
        double apart =
                Numbers.largest(pairs.stream().mapToDouble(Pair::stepsApart).toArray());
        double outside = pairs.stream().filter(Pair::isOutside).count();
        double error = Numbers.largest(errors.stream().mapToDouble(v -> v).toArray());
        return Verdict.of(
                Measure.atLeast("crossings measured", pairs.size(), 1, "nothing is claimed of nothing"),
                Measure.atMost(
                        "largest deviation of a crossing from the recursion, in steps,",
                        apart,
                        1,
                        "rounding may move a crossing to the next step"),
                Measure.atMost("crossings outside the certified bounds", outside, 0, "the bounds are proven"),
                Measure.atMost(
                        "largest relative error of an eigenvalue at the end", error, 1e-3, "the runs end early"));
    }

    @Override
    public void draw(Evidence evidence, Path figure) {
        Plots.chart(
                figure,
                new Chart(
                        card().name(),
                        Chart.Axis.steps().between(20, lastStep(evidence)),
                        evidence.runs(DEPTHS).stream().map(Curves::spectrum).toList()));
    }

    private static double lastStep(Evidence evidence) {
        return Numbers.largest(evidence.runs(DEPTHS).stream()
                .mapToDouble(run -> run.last("step"))
                .toArray());
    }
}
