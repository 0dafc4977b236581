package org.gradus.reproduce;

import java.util.List;

/** Cases of other authors. */
final class Literature {
    static final List<Experiment> EXPERIMENTS = List.of();

    private Literature() {}
}
