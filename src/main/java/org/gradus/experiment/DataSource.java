package org.gradus.experiment;

import java.util.Optional;
import org.gradus.experiment.Config.LossKind;
import org.gradus.experiment.Config.SyntheticTarget;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Footprint;
import org.gradus.problem.Loss;

/** The data of a run before they are made: sizes first, since they can be larger than the memory. */
abstract class DataSource {

    /** Reads the files whose contents tell sizes, and of large ones their headers only. */
    static DataSource of(Config config, Loading loading) {
        return switch (config.problem().kind()) {
            case ESTIMATION -> new EstimationSource(config);
            case SENSING -> new SensingSource(config, loading);
            case COMPLETION -> new CompletionSource(config);
        };
    }

    abstract int rows();

    abstract int cols();

    /** The least that the problem will keep on the device. */
    abstract Footprint footprint();

    /** Numbers that the host keeps, factors and products aside. */
    abstract long hostNumbers();

    /** @throws ConfigException for values that do not fit the data */
    abstract Data load();

    static Loss loss(Config config) {
        return config.problem().loss() == LossKind.SUM ? Loss.SUM : Loss.MEAN;
    }

    /** Rows of the target, if one is named. */
    static Optional<Integer> targetRows(Config config, Optional<Matrix> read) {
        return config.problem()
                .target()
                .map(section -> section instanceof SyntheticTarget synthetic
                        ? synthetic.rows()
                        : read.orElseThrow().rows());
    }

    static Optional<Integer> targetCols(Config config, Optional<Matrix> read) {
        return config.problem()
                .target()
                .map(section -> section instanceof SyntheticTarget synthetic
                        ? synthetic.columns()
                        : read.orElseThrow().cols());
    }
}
