package org.gradus.reproduce;

import java.util.List;

/** The paper's own experiments: Chou, Gieshoff, Maly, Rauhut, arXiv 2011.13772. */
final class Paper {
    static final String NAME = "Chou, Gieshoff, Maly, Rauhut (arXiv 2011.13772): ";

    static final List<Experiment> EXPERIMENTS = List.of(
            new SpectrumRecovery(),
            new EffectiveRankPlateaus(),
            new NegativeEigenvalues(),
            new RandomAgainstIdentical(),
            new EarlyStoppingDenoising(),
            new DepthSharpensSeparation());

    private Paper() {}
}
