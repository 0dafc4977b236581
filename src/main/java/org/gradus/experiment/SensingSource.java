package org.gradus.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.gradus.experiment.Config.NoiseSection;
import org.gradus.experiment.Config.OperatorsFile;
import org.gradus.experiment.Config.OperatorsKind;
import org.gradus.experiment.Config.OperatorsSection;
import org.gradus.experiment.Config.RandomOperators;
import org.gradus.experiment.Config.RankOneFiles;
import org.gradus.linalg.LinearMap;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.OperatorNorm;
import org.gradus.problem.Footprint;
import org.gradus.problem.Sensing;
import org.gradus.random.RandomStream;
import org.gradus.random.RandomStream.Purpose;
import org.gradus.store.MatrixFile;
import org.gradus.store.OperatorFile;
import org.gradus.store.OperatorShape;

/** Measurements of a target by operators, or observations from a file. */
final class SensingSource extends DataSource {
    private final Config config;
    private final Optional<Matrix> read;
    private final int rows;
    private final int cols;
    private final OperatorsOf operators;
    private final Loading loading;

    SensingSource(Config config, Loading loading) {
        this.config = config;
        this.loading = loading;
        read = config.problem().target().flatMap(Target::read);
        OperatorsSection section = config.problem().operators().orElseThrow();
        Optional<OperatorShape> shape = section.way() instanceof OperatorsFile file
                ? Optional.of(OperatorFile.shape(file.file()))
                : Optional.empty();
        Optional<int[]> told = told(section, shape);
        rows = side("rows", targetRows(config, read), section.rows(), told.map(sides -> sides[0]));
        cols = side("columns", targetCols(config, read), section.columns(), told.map(sides -> sides[1]));
        operators = new OperatorsOf(config, section.way(), rows, cols, shape, loading);
    }

    /** Rows and columns, where the operators themselves tell. */
    private static Optional<int[]> told(OperatorsSection section, Optional<OperatorShape> shape) {
        if (section.way() instanceof RankOneFiles files) {
            int rows = MatrixFile.read(files.left()).rows();
            return Optional.of(new int[] {rows, MatrixFile.read(files.right()).rows()});
        }
        return shape.filter(known -> known.rows() > 0).map(known -> new int[] {known.rows(), known.cols()});
    }

    private int side(String name, Optional<Integer> ofTarget, OptionalInt asked, Optional<Integer> ofFile) {
        String key = "problem.operators." + name;
        if (asked.isPresent() && ofTarget.isPresent() && asked.getAsInt() != ofTarget.get()) {
            throw config.source().error(key, "must be that of the target, " + ofTarget.get());
        }
        return ofTarget.or(() -> asked.isPresent() ? Optional.of(asked.getAsInt()) : ofFile)
                .orElseThrow(() -> config.source()
                        .error(key, "is missing; neither a target nor a three-dimensional file of operators tells it"));
    }

    @Override
    int rows() {
        return rows;
    }

    @Override
    int cols() {
        return cols;
    }

    @Override
    Footprint footprint() {
        return operators.leastFootprint();
    }

    @Override
    long hostNumbers() {
        return 3L * rows * cols + operators.hostNumbers();
    }

    @Override
    Data load() {
        LinearMap map = operators.open();
        Optional<Target> target = config.problem().target().map(section -> Target.of(config, read));
        double[] y = observations(map, target);
        Optional<Matrix> truth = target.map(Target::clean);
        Sensing problem = new Sensing(map, y, truth, loss(config), 0);
        Matrix reference = truth.orElseGet(() -> map.adjoint(y));
        String source =
                target.map(Target::source).orElse("unknown matrix") + " by " + map.count() + " " + operators.describe();
        return new Data(
                problem,
                reference,
                gain(map),
                source,
                target.map(Target::greyRange).orElseGet(() -> Target.greyRange(reference.data())),
                Optional.empty(),
                List.of());
    }

    private double gain(LinearMap map) {
        double gain =
                OperatorNorm.squared(map, iteration -> loading.at("finding the norm of the operators", iteration));
        if (!(gain > 0) || !Double.isFinite(gain)) {
            throw config.source().error("problem.operators", "measure nothing: their norm is " + Math.sqrt(gain));
        }
        return gain;
    }

    private double[] observations(LinearMap map, Optional<Target> target) {
        Optional<Path> file = config.problem().observations().file();
        double[] y = file.map(MatrixFile::readVector)
                .orElseGet(() -> map.apply(target.orElseThrow().seen()));
        if (y.length != map.count()) {
            throw config.source()
                    .error(
                            "problem.observations.file",
                            "holds " + y.length + " numbers; there are " + map.count() + " operators");
        }
        config.problem().observations().noise().ifPresent(noise -> add(noise, y));
        for (double number : y) {
            if (!Double.isFinite(number)) {
                throw config.source().error("problem", "the observations overflow; the largest double is 1.8e308");
            }
        }
        return y;
    }

    private static void add(NoiseSection noise, double[] y) {
        double[] numbers = new RandomStream(noise.seed(), Purpose.OBSERVATION_NOISE, 0)
                .gaussians(y.length, noise.standardDeviation());
        for (int i = 0; i < y.length; i++) {
            y[i] += numbers[i];
        }
    }

    /** What the operators are called. */
    static String word(RandomOperators random) {
        return random.kind() == OperatorsKind.GAUSSIAN
                ? "Gaussian operators"
                : random.kind() == OperatorsKind.RANK_ONE ? "rank-one operators" : "symmetric Gaussian operators";
    }
}
