package org.gradus.reproduce;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gradus.report.Compared;
import org.gradus.report.Plots;

/** Factorization of a rank-10 matrix of size 100: descent in the subspace of dimension 20 is the dense one. */
final class CompressedFull implements Experiment {
    private static final String DENSE = "dense";
    private static final String SUBSPACE = "subspace";

    /** 1,500 steps round at 1e-16 each, and values amplify that by their growth from 1e-6 until they have converged. */
    private static final double ROUNDING = 1e-10;

    @Override
    public Card card() {
        return Card.of(
                "compressed-full",
                "From orthogonal starts the descent to a matrix of rank r stays in a subspace of dimension 2r: compressed to"
                        + " it, it is the same at every step.",
                "Kwon, Zhang, Song, Balzano, Qu 2023, Efficient compression of overparameterized deep models",
                1,
                DENSE,
                SUBSPACE);
    }

    @Override
    public Verdict judge(Evidence evidence) {
        FinishedRun dense = evidence.run(DENSE);
        FinishedRun subspace = evidence.run(SUBSPACE);
        double target = dense.targetSingularValues()[0];
        return Verdict.of(
                        Measure.atMost(
                                "largest difference of the 100 singular values, relative to the first,",
                                Paths.apart(dense, subspace, 0),
                                ROUNDING,
                                "rounding of some thousand steps"),
                        Measure.atMost(
                                "relative difference of the final products",
                                Paths.productsApart(dense, subspace),
                                ROUNDING,
                                "the same"),
                        Measure.atMost(
                                "relative error of the last of ten singular values at the end",
                                Numbers.deviation(dense.last("sigma_10"), target),
                                1e-6,
                                "the comparison goes through the whole path"))
                .remarking(String.format(
                        Locale.ROOT,
                        "%.2f s in the subspace, %.2f s dense",
                        subspace.number("duration_seconds"),
                        dense.number("duration_seconds")));
    }

    @Override
    public void draw(Evidence evidence, Path figure) {
        Plots.compare(
                figure,
                List.of(new Compared(
                        "size 100, rank 10, depth 3, orthogonal start",
                        SUBSPACE,
                        evidence.run(SUBSPACE).curves(""),
                        Optional.of(evidence.run(DENSE).curves("")))));
    }
}
