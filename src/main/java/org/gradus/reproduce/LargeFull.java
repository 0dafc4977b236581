package org.gradus.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.gradus.report.Chart;
import org.gradus.report.Chart.Axis;
import org.gradus.report.Chart.Line;
import org.gradus.report.Chart.Panel;
import org.gradus.report.Chart.Style;
import org.gradus.report.Plots;

/**
 * Factorization of a rank-10 matrix of size 1,000 in the subspace of dimension 20; where its first singular values come, a dense
 * descent goes along for some steps, begun with the factors of the other.
 */
final class LargeFull implements Experiment {
    private static final String WHOLE = "whole";
    private static final String BEFORE = "before";
    private static final String SUBSPACE = "subspace";
    private static final String DENSE = "dense";
    private static final int RANK = 10;
    private static final double ROUNDING = 1e-10;

    @Override
    public Card card() {
        return Card.of(
                "large-full",
                "A matrix of size 1,000 and rank 10 is factorized at depth 3 within seconds in the subspace of dimension 20,"
                        + " on the path of the dense descent.",
                "Yaras, Wang, Balzano, Qu 2024, Compressible dynamics in deep overparameterized low-rank learning",
                14,
                WHOLE,
                BEFORE,
                SUBSPACE,
                DENSE);
    }

    @Override
    public Verdict judge(Evidence evidence) {
        FinishedRun whole = evidence.run(WHOLE);
        FinishedRun subspace = evidence.run(SUBSPACE);
        FinishedRun dense = evidence.run(DENSE);
        long offset = (long) evidence.run(BEFORE).last("step");
        double[] first = dense.table().column("sigma_1");
        return Verdict.of(
                        Measure.atMost(
                                "relative error of the last of ten singular values at the end",
                                Numbers.deviation(whole.last("sigma_10"), whole.targetSingularValues()[RANK - 1]),
                                1e-6,
                                "recovered"),
                        Measure.atMost(
                                "largest difference of singular values from the dense descent, relative to the first,",
                                Paths.apart(subspace, dense, offset),
                                ROUNDING,
                                "rounding of some ten steps of 2000 additions, and its growth with the values"),
                        Measure.atMost(
                                "relative difference of the products there",
                                Paths.productsApart(subspace, dense),
                                ROUNDING,
                                "the same"),
                        Measure.atLeast(
                                "factor by which σ_1 grows meanwhile",
                                dense.last("sigma_1") / first[0],
                                10,
                                "the comparison is made where something happens"))
                .remarking(remark(whole, dense));
    }

    private static String remark(FinishedRun whole, FinishedRun dense) {
        double wholeTime = whole.number("duration_seconds");
        double perStep = dense.number("duration_seconds") / dense.last("step");
        return String.format(
                Locale.ROOT,
                "%.1f s for %s steps in the subspace; at %.2f s a step the dense descent would take %.0f min",
                wholeTime,
                Numbers.text(whole.last("step")),
                perStep,
                perStep * whole.last("step") / 60);
    }

    @Override
    public void draw(Evidence evidence, Path figure) {
        FinishedRun subspace = evidence.run(SUBSPACE);
        FinishedRun dense = evidence.run(DENSE);
        double from = evidence.run(BEFORE).last("step");
        double[] steps = Pictures.shifted(dense.steps(), from);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < RANK; i++) {
            lines.add(Pictures.solid("subspace", subspace.steps(), subspace.singularValues()[i], 0));
        }
        for (int i = 0; i < RANK; i++) {
            lines.add(new Line("dense", steps, dense.singularValues()[i], Style.DASHED, 1));
        }
        Panel along = Panel.of(
                "size 1,000, rank 10: σ₁ … σ₁₀ where a dense descent goes along",
                Axis.logarithmic("σᵢ(W(k))").between(1e-6, 2),
                lines);
        Axis across = Axis.linear("step k").between(from, subspace.last("step") + 1);
        Plots.chart(figure, new Chart(card().name(), across, List.of(along)));
    }
}
