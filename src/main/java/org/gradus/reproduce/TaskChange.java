package org.gradus.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Completion;
import org.gradus.report.Chart.Axis;
import org.gradus.report.Chart.Line;
import org.gradus.report.Chart.Panel;
import org.gradus.report.Chart.Style;

/**
 * Completion of a matrix of rank 8, then with the factors learned, and the same places observed, of one of rank 2; beside it the
 * second task from a fresh start of as many steps. The overlay: the flow of the product alone through both tasks.
 */
final class TaskChange implements Experiment {
    private static final String FIRST = "rank-8";
    private static final String SECOND = "then-rank-2";
    private static final String FRESH = "rank-2";
    private static final int SHOWN = 8;

    /** Steps of the descent in one of the flow's integration, a divisor of the spacing of rows. */
    private static final int STRIDE = 50;

    @Override
    public Card card() {
        return Card.of(
                "task-change",
                "Through a change of task, from a matrix of rank 8 to one of rank 2, the singular values follow the flow of"
                        + " the product, and what was learned first leaves a lasting error that a fresh start does not have.",
                "Kleinman, Achille, Soatto 2024, Critical learning periods emerge even in deep linear networks",
                11,
                FIRST,
                SECOND,
                FRESH);
    }

    @Override
    public Verdict judge(Evidence evidence) {
        FinishedRun first = evidence.run(FIRST);
        FinishedRun second = evidence.run(SECOND);
        FinishedRun fresh = evidence.run(FRESH);
        double[][] flow = overlay(evidence);
        double lasting = second.last("test_error") / fresh.last("test_error");
        double learned = first.last("test_error");
        return Verdict.of(
                        Measure.atMost(
                                "largest distance of a singular value from the flow's, relative to the first,",
                                Numbers.largest(apart(first, flow, 0), apart(second, flow, first.last("step"))),
                                0.05,
                                "descent lags behind the flow by some steps, while values rise within some hundred"),
                        Measure.atLeast(
                                "test error after the change over that of a fresh start",
                                lasting,
                                10,
                                "an order of magnitude"),
                        Measure.atMost(
                                "test error of the first task", learned, 0.2, "it was learned before the change"))
                .remarking("after as many steps of the second task: " + Numbers.text(second.last("test_error"))
                        + " after the change, " + Numbers.text(fresh.last("test_error")) + " from a fresh start");
    }

    /** The flow's singular values from the first task's start, a row for every stride. */
    private static double[][] overlay(Evidence evidence) {
        return evidence.derived("flow", () -> {
            List<double[]> spectra = new ArrayList<>();
            FinishedRun first = evidence.run(FIRST);
            double scale = first.singularValues()[0][0];
            Matrix start = Matrix.scaledIdentity(first.product().rows(), scale);
            Matrix middle = integrate(first, start, spectra);
            spectra.remove(spectra.size() - 1);
            integrate(evidence.run(SECOND), middle, spectra);
            return spectra.toArray(double[][]::new);
        });
    }

    private static Matrix integrate(FinishedRun run, Matrix start, List<double[]> spectra) {
        Completion problem = (Completion) run.plan().data().problem();
        double rate = 2 * run.number("step_size") / problem.observations(); // of the mean of squares
        EndToEndFlow flow = new EndToEndFlow(problem.observed(), run.depth(), rate);
        return flow.integrate(start, STRIDE, (int) (run.last("step") / STRIDE), spectra);
    }

    /** The largest |σ_i − flow's|/σ_1 over rows at multiples of the stride. */
    private static double apart(FinishedRun run, double[][] flow, double offset) {
        double[] steps = run.steps();
        double[][] values = run.singularValues();
        double greatest = 0;
        for (int row = 0; row < steps.length; row++) {
            double[] expected = flow[(int) ((steps[row] + offset) / STRIDE)];
            for (int i = 0; i < values.length; i++) {
                greatest =
                        Numbers.largest(greatest, Math.abs(values[i][row] - expected[i]) / Math.max(values[0][row], 1));
            }
        }
        return greatest;
    }

    @Override
    public void draw(Evidence evidence, Path figure) {
        FinishedRun first = evidence.run(FIRST);
        FinishedRun second = evidence.run(SECOND);
        FinishedRun fresh = evidence.run(FRESH);
        double change = first.last("step");
        double[] after = Pictures.shifted(second.steps(), change);
        Panel errors = Panel.of(
                "relative test error of each task",
                Axis.logarithmic("error"),
                List.of(
                        Pictures.solid("rank 8", first.steps(), first.table().column("test_error"), 0),
                        Pictures.solid("then rank 2", after, second.table().column("test_error"), 1),
                        Pictures.solid(
                                "rank 2 from a fresh start",
                                Pictures.shifted(fresh.steps(), change),
                                fresh.table().column("test_error"),
                                2)));
        Pictures.linear(figure, card(), change + second.last("step"), values(evidence, after), errors);
    }

    private static Panel values(Evidence evidence, double[] after) {
        FinishedRun first = evidence.run(FIRST);
        FinishedRun second = evidence.run(SECOND);
        double[][] flow = overlay(evidence);
        double[] times = new double[flow.length];
        for (int k = 0; k < times.length; k++) {
            times[k] = (double) k * STRIDE;
        }
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < SHOWN; i++) {
            lines.add(Pictures.solid("", first.steps(), first.singularValues()[i], i));
            lines.add(Pictures.solid("", after, second.singularValues()[i], i));
        }
        for (int i = 0; i < SHOWN; i++) {
            lines.add(new Line("flow of the product", times, curve(flow, i), Style.DASHED, Pictures.GREY));
        }
        return Panel.of("singular values", Axis.linear("σᵢ(W(k))"), lines);
    }

    /** The i-th singular values, from 0. */
    private static double[] curve(double[][] spectra, int i) {
        return Arrays.stream(spectra).mapToDouble(values -> values[i]).toArray();
    }
}
