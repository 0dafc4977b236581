package org.gradus.experiment;

import java.util.List;
import java.util.Optional;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Estimation;
import org.gradus.problem.Footprint;

/** The target itself. */
final class EstimationSource extends DataSource {
    private final Config config;
    private final Optional<Matrix> read;

    EstimationSource(Config config) {
        this.config = config;
        read = Target.read(config.problem().target().orElseThrow());
    }

    @Override
    int rows() {
        return targetRows(config, read).orElseThrow();
    }

    @Override
    int cols() {
        return targetCols(config, read).orElseThrow();
    }

    private int matrices() {
        return config.problem().noise().isPresent() ? 2 : 1;
    }

    @Override
    Footprint footprint() {
        return Footprint.matrices(matrices(), rows(), cols());
    }

    @Override
    long hostNumbers() {
        return (long) matrices() * rows() * cols();
    }

    @Override
    Data load() {
        Target target = Target.of(config, read);
        Optional<Matrix> clean = target.noisy().map(noisy -> target.clean());
        Estimation problem = new Estimation(target.seen(), clean, loss(config));
        return new Data(problem, target.seen(), 1, target.source(), target.greyRange(), Optional.empty(), List.of());
    }
}
