package org.gradus.reproduce;

import java.nio.file.Path;

/** One run that takes long, and has to recover its target. */
final class LastingRecovery implements Experiment {
    private static final String PART = "run";

    static final Card COMPRESSED_SENSING = Card.of(
                    "compressed-sensing",
                    "A matrix of size 200 and rank 5 is recovered at depth 3 from 4,000 Gaussian measurements, a tenth of"
                            + " its entries' number.",
                    "Kwon, Zhang, Song, Balzano, Qu 2023, Efficient compression of overparameterized deep models",
                    150,
                    PART)
            .thatLasts();

    static final Card LARGE_COMPLETION = Card.of(
                    "large-completion",
                    "A matrix of size 1,000 and rank 5 is completed at depth 3 from a fifth of its entries.",
                    "Yaras, Wang, Balzano, Qu 2024, Compressible dynamics in deep overparameterized low-rank learning",
                    1200,
                    PART)
            .thatLasts();

    private final Card card;

    LastingRecovery(Card card) {
        this.card = card;
    }

    @Override
    public Card card() {
        return card;
    }

    @Override
    public Verdict judge(Evidence evidence) {
        FinishedRun run = evidence.run(PART);
        double[] target = run.targetSingularValues();
        return Verdict.of(
                Measure.atMost("test error at the end", run.last("test_error"), 1e-2, "recovered"),
                Measure.atMost(
                        "largest value of σ_11 on the path, relative to the target's first,",
                        Numbers.largest(run.table().column("sigma_11")) / target[0],
                        1e-3,
                        "the path stays in a subspace of twice the rank"));
    }

    @Override
    public void draw(Evidence evidence, Path figure) {
        FinishedRun run = evidence.run(PART);
        Pictures.linear(figure, card, run.last("step"), Pictures.decades("singular values", run, 5));
    }
}
