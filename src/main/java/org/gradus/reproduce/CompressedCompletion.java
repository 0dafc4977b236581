package org.gradus.reproduce;

import java.nio.file.Path;
import java.util.List;
import org.gradus.report.Chart.Axis;
import org.gradus.report.Chart.Panel;

/** Completion of rank 5 from 30 %, with factors of full width, and of width 2r in the observed matrix's singular vectors. */
final class CompressedCompletion implements Experiment {
    private static final String FULL = "full";
    private static final String COMPRESSED = "compressed";
    private static final int RANK = 5;

    /** From here on a matrix counts as recovered. */
    private static final double RECOVERED = 1e-2;

    @Override
    public Card card() {
        return Card.of(
                "compressed-completion",
                "Completion of a matrix of rank r moves only 2r singular values, so that factors of width 2r, begun in the"
                        + " leading singular vectors of what is observed, recover it as well and in no more steps.",
                "Kwon, Zhang, Song, Balzano, Qu 2023, Efficient compression of overparameterized deep models",
                1,
                FULL,
                COMPRESSED);
    }

    @Override
    public Verdict judge(Evidence evidence) {
        FinishedRun full = evidence.run(FULL);
        FinishedRun compressed = evidence.run(COMPRESSED);
        double beyond = Numbers.largest(full.table().column("sigma_" + (2 * RANK + 1)));
        double signal = full.last("sigma_" + RANK);
        return Verdict.of(
                Measure.atMost(
                        "largest value of σ_11 on the path of full width, relative to the final σ_5,",
                        beyond / signal,
                        1e-3,
                        "below the error that counts as recovered, by ten"),
                Measure.atMost(
                        "test error of full width", full.last("test_error"), 1e-3, "recovered, with a margin of ten"),
                Measure.atMost("test error of width 10", compressed.last("test_error"), 1e-3, "the same"),
                Measure.atMost(
                        "steps to test error 0.01, width 10 over full width,",
                        recovery(compressed) / recovery(full),
                        1,
                        "no more steps"));
    }

    /** The first recorded step with a test error below 0.01; NaN where there is none. */
    private static double recovery(FinishedRun run) {
        double[] errors = run.table().column("test_error");
        for (int row = 0; row < errors.length; row++) {
            if (errors[row] <= RECOVERED) {
                return run.steps()[row];
            }
        }
        return Double.NaN;
    }

    @Override
    public void draw(Evidence evidence, Path figure) {
        FinishedRun full = evidence.run(FULL);
        FinishedRun compressed = evidence.run(COMPRESSED);
        Panel errors = Panel.of(
                "relative test error",
                Axis.logarithmic("error"),
                List.of(
                        Pictures.solid("full width", full.steps(), full.table().column("test_error"), 0),
                        Pictures.solid(
                                "width 10",
                                compressed.steps(),
                                compressed.table().column("test_error"),
                                1)));
        Pictures.linear(
                figure,
                card(),
                full.last("step"),
                Pictures.decades("full width", full, RANK),
                Pictures.decades("width 10", compressed, RANK),
                errors);
    }
}
