package org.gradus.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradus.report.Chart.Panel;

/** Completion of rank 5 at depths 2, 3 and 4: the deeper, the larger the gaps, and the less goes beyond the rank. */
final class CompletionDynamics implements Experiment {
    private static final String DEPTHS = "depths";
    private static final int RANK = 5;

    /** Of which all depths are compared, 1 % of what it is at the start. */
    private static final double LOSS = 1e-2;

    @Override
    public Card card() {
        return Card.of(
                "completion-dynamics",
                "In matrix completion singular values are learned one after another, and the deeper the factorization the"
                        + " larger are the gaps and the less goes into values beyond the rank.",
                "Arora, Cohen, Hu, Luo 2019, Implicit regularization in deep matrix factorization, figure 3",
                4,
                DEPTHS);
    }

    @Override
    public Verdict judge(Evidence evidence) {
        List<FinishedRun> runs = evidence.runs(DEPTHS);
        List<Measure> measures = new ArrayList<>();
        for (int i = 1; i < runs.size(); i++) {
            FinishedRun deeper = runs.get(i);
            FinishedRun other = runs.get(i - 1);
            String depths = "depth " + deeper.depth() + " over depth " + other.depth();
            measures.add(Measure.atMost(
                    "share of what lies beyond rank 5 at loss 0.01, " + depths + ",",
                    leak(deeper) / leak(other),
                    0.75,
                    "falling with depth is below 1; four choices of the observed entries gave 0.41 to 0.50 for depth 4"
                            + " over 3, and 0.02 for 3 over 2"));
            measures.add(Measure.atMost(
                    "largest share of the next value when one is half learned, " + depths + ",",
                    Succession.of(deeper, RANK).largestShare()
                            / Succession.of(other, RANK).largestShare(),
                    0.75,
                    "as above"));
            measures.add(Measure.atMost(
                    "largest share of the next value when one is half learned, depth " + deeper.depth() + ",",
                    Succession.of(deeper, RANK).largestShare(),
                    0.1,
                    "values learned together, in proportion, give a half"));
        }
        return new Verdict(measures, remark(runs));
    }

    /** Σ_{i > 5}σ_i/Σσ_i at the first row with that loss; NaN where there is none. */
    private static double leak(FinishedRun run) {
        double[] losses = run.table().column("loss");
        double[] nuclear = run.table().column("nuclear_norm");
        double[][] values = run.singularValues();
        for (int row = 0; row < losses.length; row++) {
            if (losses[row] <= LOSS) {
                double beyond = nuclear[row];
                for (int i = 0; i < RANK; i++) {
                    beyond -= values[i][row];
                }
                return beyond / nuclear[row];
            }
        }
        return Double.NaN;
    }

    private static String remark(List<FinishedRun> runs) {
        List<String> parts = new ArrayList<>();
        for (FinishedRun run : runs) {
            parts.add("depth " + run.depth() + ": " + Numbers.text(100 * leak(run)) + " % beyond rank 5, test error "
                    + Numbers.text(run.last("test_error")));
        }
        return String.join("; ", parts);
    }

    @Override
    public void draw(Evidence evidence, Path figure) {
        List<FinishedRun> runs = evidence.runs(DEPTHS);
        Panel[] panels = runs.stream()
                .map(run -> Pictures.decades("depth " + run.depth(), run, RANK))
                .toArray(Panel[]::new);
        Pictures.linear(figure, card(), runs.get(runs.size() - 1).last("step"), panels);
    }
}
