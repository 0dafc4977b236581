package org.gradus.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradus.report.Chart;
import org.gradus.report.Chart.Axis;
import org.gradus.report.Chart.Panel;
import org.gradus.report.Plots;

/** Sensing of rank 4 at depths 1 to 4: incremental learning from depth 2 on. */
final class SensingDepth implements Experiment {
    private static final String DEPTHS = "depths";
    private static final int RANK = 4;

    /** Before, nothing has happened at any depth. */
    private static final double FIRST_SHOWN = 10;

    @Override
    public Card card() {
        return Card.of(
                "sensing-depth",
                "In matrix sensing singular values are learned one after another from depth 2 on, the more so the deeper,"
                        + " but together at depth 1, which does not recover the matrix.",
                "Gissin, Shalev-Shwartz, Daniely 2020, The implicit bias of depth",
                12,
                DEPTHS);
    }

    @Override
    public Verdict judge(Evidence evidence) {
        List<Measure> measures = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        for (FinishedRun run : evidence.runs(DEPTHS)) {
            Succession succession = Succession.of(run, RANK);
            String share = "share of the next value when one is half learned, depth " + run.depth() + ",";
            if (run.depth() == 1) {
                measures.add(Measure.atLeast(
                        "smallest " + share,
                        Numbers.smallest(succession.shares()),
                        0.4,
                        "values learned together, in proportion, give a half"));
            } else {
                measures.add(Measure.atMost(
                        "largest " + share, succession.largestShare(), 0.1, "a fifth of what depth 1 gives"));
            }
            if (run.depth() >= 3) {
                measures.add(Measure.atMost(
                        "test error, depth " + run.depth() + ",",
                        run.last("test_error"),
                        1e-2,
                        "depth 2 leaves a few per cent, depth 1 most"));
            }
            errors.add("depth " + run.depth() + ": " + Numbers.text(run.last("test_error")));
        }
        return new Verdict(measures, "test errors at the end: " + String.join(", ", errors));
    }

    @Override
    public void draw(Evidence evidence, Path figure) {
        List<FinishedRun> runs = evidence.runs(DEPTHS);
        List<Panel> panels = runs.stream()
                .map(run -> Pictures.spectrum("depth " + run.depth(), run, RANK))
                .toList();
        double last = runs.get(runs.size() - 1).last("step");
        Plots.chart(figure, new Chart(card().name(), Axis.steps().between(FIRST_SHOWN, last), panels));
    }
}
