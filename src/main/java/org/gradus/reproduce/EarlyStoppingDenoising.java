package org.gradus.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;
import org.gradus.observe.Plateaus;
import org.gradus.report.Chart;
import org.gradus.report.Plots;

/** Stopping in a plateau denoises. */
final class EarlyStoppingDenoising implements Experiment {
    private static final String STOPPED = "stopped";
    private static final String TO_THE_END = "to-the-end";
    private static final int RANK = 4;
    private static final double TOLERANCE = 0.05;

    @Override
    public Card card() {
        return Card.of(
                "early-stopping-denoising",
                "Stopped in the middle of the predicted plateau of rank 4, descent on a noisy matrix is as near to the"
                        + " clean one as the truncated singular value decomposition, and much nearer than at the end.",
                Paper.NAME + "early stopping for regularity, such as denoising",
                2,
                STOPPED,
                TO_THE_END);
    }

    /** ‖Y_4 − Ŵ‖_F/‖Ŵ‖_F of the noisy matrix's truncation: the clean one has rank 4 as well. */
    private static double truncatedError(FinishedRun run) {
        Lapack.Svd noisy = Lapack.svd(run.plan().data().reference().copy());
        Matrix clean = clean(run);
        double error = 0;
        double norm = 0;
        for (int i = 0; i < clean.rows(); i++) {
            for (int j = 0; j < clean.cols(); j++) {
                double entry = 0;
                for (int k = 0; k < RANK; k++) {
                    entry +=
                            noisy.u().get(i, k) * noisy.values()[k] * noisy.vt().get(k, j);
                }
                error += Math.pow(entry - clean.get(i, j), 2);
                norm += Math.pow(clean.get(i, j), 2);
            }
        }
        return Math.sqrt(error / norm);
    }

    private static Matrix clean(FinishedRun run) {
        return run.plan().data().truth().orElseThrow();
    }

    /**
     * The row in the middle, on a logarithmic axis, of the plateau that the run itself shows at the noisy truncation's effective
     * rank; −1 where it shows none.
     */
    private static int middleOfPlateau(FinishedRun run) {
        double[] target = run.targetSingularValues();
        double level = Arrays.stream(target, 0, RANK).sum() / target[0];
        Plateaus.Plateau longest = Plateaus.of(run.steps(), run.effectiveRank()).stream()
                .filter(plateau -> Numbers.deviation(plateau.rank(), level) <= TOLERANCE)
                .max(Comparator.comparingLong(plateau -> plateau.last() - plateau.first()))
                .orElse(null);
        if (longest == null) {
            return -1;
        }
        double middle = Math.sqrt((double) longest.first() * longest.last());
        int row = 0;
        while (row < run.table().rows() - 1 && run.steps()[row] < middle) {
            row++;
        }
        return row;
    }

    @Override
    public Verdict judge(Evidence evidence) {
        FinishedRun stopped = evidence.run(STOPPED);
        FinishedRun end = evidence.runs(TO_THE_END).get(0);
        FinishedRun random = evidence.runs(TO_THE_END).get(1);
        double truncated = truncatedError(stopped);
        double error = stopped.last("test_error");
        int row = middleOfPlateau(random);
        double unpredicted = row < 0 ? Double.NaN : random.table().column("test_error")[row];
        return Verdict.of(
                Measure.atMost(
                        "test error at the stop, over that of the truncated SVD,",
                        error / truncated,
                        1.02,
                        "noise above rank 4 has begun to come in"),
                Measure.atLeast(
                        "test error at the end, over that at the stop,",
                        end.last("test_error") / error,
                        2,
                        "the end has all the noise, the truncation 4 of 40 directions"),
                Measure.atMost(
                        "test error of a Gaussian start in the middle of the plateau it shows at rank 4, over that of the"
                                + " truncated SVD,",
                        unpredicted / truncated,
                        1.1,
                        "nothing is predicted of it"));
    }

    @Override
    public void draw(Evidence evidence, Path figure) {
        FinishedRun stopped = evidence.run(STOPPED);
        FinishedRun end = evidence.runs(TO_THE_END).get(0);
        FinishedRun random = evidence.runs(TO_THE_END).get(1);
        List<Chart.Line> lines = new ArrayList<>();
        lines.add(
                new Chart.Line("balanced start", end.steps(), end.table().column("test_error"), Chart.Style.SOLID, 0));
        lines.add(new Chart.Line(
                "Gaussian start", random.steps(), random.table().column("test_error"), Chart.Style.SOLID, 1));
        Chart.Panel panel = Chart.Panel.of("", Chart.Axis.logarithmic("relative test error"), lines)
                .with(
                        List.of(new Chart.Level("truncated SVD", truncatedError(stopped), -1)),
                        List.of(Chart.Point.bare("stopped", stopped.last("step"), stopped.last("test_error"), 0)),
                        end.predicted().plateaus().stream()
                                .filter(band -> band.rank() <= RANK)
                                .toList());
        Plots.chart(figure, new Chart(card().name(), Chart.Axis.steps().between(20, end.last("step")), List.of(panel)));
    }
}
