package org.gradus.experiment;

import java.util.Optional;
import org.gradus.experiment.Config.OperatorsFile;
import org.gradus.experiment.Config.OperatorsKind;
import org.gradus.experiment.Config.OperatorsWay;
import org.gradus.experiment.Config.RandomOperators;
import org.gradus.experiment.Config.RankOneFiles;
import org.gradus.linalg.DenseOperators;
import org.gradus.linalg.HeldMatrices;
import org.gradus.linalg.LinearMap;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.MatrixSource;
import org.gradus.linalg.RankOneOperators;
import org.gradus.linalg.WatchedMatrices;
import org.gradus.problem.Footprint;
import org.gradus.problem.GaussianOperators;
import org.gradus.problem.Sensing;
import org.gradus.random.RandomStream;
import org.gradus.random.RandomStream.Purpose;
import org.gradus.store.MatrixFile;
import org.gradus.store.OperatorFile;
import org.gradus.store.OperatorShape;

/** The operators of sensing: made from a seed, or read. */
final class OperatorsOf {
    private final Config config;
    private final OperatorsWay way;
    private final int rows;
    private final int cols;
    private final int count;
    private final Loading loading;

    /** @param shape of a file of dense operators */
    OperatorsOf(Config config, OperatorsWay way, int rows, int cols, Optional<OperatorShape> shape, Loading loading) {
        this.config = config;
        this.way = way;
        this.rows = rows;
        this.cols = cols;
        this.loading = loading;
        if (way instanceof RandomOperators random) {
            count = random.count();
            if (random.kind() == OperatorsKind.SYMMETRIC_GAUSSIAN && rows != cols) {
                throw config.source()
                        .error("problem.operators", "symmetric operators are square, not " + rows + " × " + cols);
            }
        } else if (shape.isPresent()) {
            count = (int) Math.min(Integer.MAX_VALUE, shape.get().count());
            requireFits(shape.get());
        } else {
            count = MatrixFile.read(((RankOneFiles) way).left()).cols();
        }
        if (way instanceof RandomOperators random
                && random.kind() == OperatorsKind.RANK_ONE
                && (long) Math.max(rows, cols) * count > Integer.MAX_VALUE - 8) {
            throw config.source()
                    .error(
                            "problem.operators.rank-one.count",
                            "makes vectors of " + (long) Math.max(rows, cols) * count
                                    + " numbers altogether; a matrix has at most " + (Integer.MAX_VALUE - 8));
        }
        if ((long) rows * cols > Integer.MAX_VALUE - 8) {
            throw config.source().error("problem.operators", rows + " × " + cols + " entries; at most 2^31-9 are read");
        }
    }

    private void requireFits(OperatorShape shape) {
        boolean sides = shape.rows() == 0 || (shape.rows() == rows && shape.cols() == cols);
        if (!sides || shape.entries() != (long) rows * cols) {
            String found = shape.rows() == 0
                    ? shape.count() + " rows of " + shape.entries() + " entries"
                    : shape.count() + " matrices of " + shape.rows() + " × " + shape.cols();
            throw config.source()
                    .error(
                            "problem.operators.file",
                            "holds " + found + "; wanted are m rows of " + rows + "·" + cols + " = "
                                    + (long) rows * cols + " entries, or m matrices of " + rows + " × " + cols);
        }
    }

    /** Dense ones are streamed where they have to be. */
    Footprint leastFootprint() {
        boolean truth = config.problem().target().isPresent();
        return way instanceof OperatorsFile
                        || (way instanceof RandomOperators random && random.kind() != OperatorsKind.RANK_ONE)
                ? Sensing.leastFootprint(rows, cols, count, truth)
                : Sensing.rankOneFootprint(rows, cols, count, truth);
    }

    private static long heldBytes() {
        return Runtime.getRuntime().maxMemory() / 4;
    }

    long hostNumbers() {
        return way instanceof OperatorsFile
                        || (way instanceof RandomOperators random && random.kind() != OperatorsKind.RANK_ONE)
                ? Math.min(heldBytes() / Double.BYTES, (long) count * rows * cols) + 3L * count
                : (long) count * (rows + cols + 3);
    }

    /** Dense operators are kept in a quarter of the heap where they fit, and otherwise made or read whenever they are used. */
    LinearMap open() {
        if (way instanceof OperatorsFile file) {
            return dense(OperatorFile.open(file.file(), rows, cols));
        }
        if (way instanceof RandomOperators random) {
            double deviation = random.standardDeviation().orElse(1 / Math.sqrt(count));
            if (random.kind() == OperatorsKind.RANK_ONE) {
                return new RankOneOperators(
                        vectors(random, Purpose.LEFT_VECTOR, rows, deviation),
                        vectors(random, Purpose.RIGHT_VECTOR, cols, deviation));
            }
            boolean symmetric = random.kind() == OperatorsKind.SYMMETRIC_GAUSSIAN;
            return dense(new GaussianOperators(count, rows, cols, deviation, symmetric, random.seed()));
        }
        RankOneFiles files = (RankOneFiles) way;
        Matrix left = MatrixFile.read(files.left());
        Matrix right = MatrixFile.read(files.right());
        if (left.cols() != right.cols() || left.rows() != rows || right.rows() != cols) {
            throw config.source()
                    .error(
                            "problem.operators.rank-one.files",
                            "are " + left.rows() + " × " + left.cols() + " and " + right.rows() + " × " + right.cols()
                                    + "; wanted are " + rows + " × m and " + cols + " × m");
        }
        return new RankOneOperators(left, right);
    }

    private LinearMap dense(MatrixSource source) {
        String what = (way instanceof OperatorsFile ? "reading " : "making ") + count + " operators";
        MatrixSource watched = new WatchedMatrices(source, passes -> loading.at(what, passes));
        return new DenseOperators(HeldMatrices.of(watched, heldBytes()));
    }

    /** Columns whose entries have the standard deviation √s, so that those of a_i b_iᵀ have s. */
    private Matrix vectors(RandomOperators random, Purpose purpose, int length, double deviation) {
        double[] numbers = new RandomStream(random.seed(), purpose, 0)
                .gaussians(Math.multiplyExact(length, count), Math.sqrt(deviation));
        return new Matrix(length, count, numbers);
    }

    String describe() {
        if (way instanceof RandomOperators random) {
            return SensingSource.word(random);
        }
        return way instanceof OperatorsFile file ? "operators of " + file.file().getFileName() : "rank-one operators";
    }
}
