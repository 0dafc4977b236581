package org.gradus.reproduce;

import java.util.List;

/** Cases of other authors, and the sensing example. */
final class Literature {
    static final List<Experiment> EXPERIMENTS = List.of(
            new SensingSteps(),
            new CompletionDynamics(),
            new SensingDepth(),
            new CompressedFull(),
            new CompressedCompletion(),
            new LargeFull(),
            new EdgeOfStability(),
            new TaskChange(),
            new LastingRecovery(LastingRecovery.COMPRESSED_SENSING),
            new LastingRecovery(LastingRecovery.LARGE_COMPLETION));

    private Literature() {}
}
