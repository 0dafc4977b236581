package org.gradus.dynamics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gradus.backend.Backend;
import org.gradus.backend.Precision;
import org.gradus.init.Dimensions;
import org.gradus.init.RandomEntries;
import org.gradus.init.RandomEntries.Distribution;
import org.gradus.linalg.DenseOperators;
import org.gradus.linalg.LinearMap;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PlainMatrices;
import org.gradus.linalg.RankOneOperators;
import org.gradus.linalg.SparseMatrix;
import org.gradus.problem.Completion;
import org.gradus.problem.GaussianOperators;
import org.gradus.problem.Loss;
import org.gradus.problem.Problem;
import org.gradus.problem.RandomPlaces;
import org.gradus.problem.Sensing;
import org.gradus.random.RandomStream;
import org.gradus.random.RandomStream.Purpose;

/** A random problem of sensing or completion with a batch of runs; the seed is its name. */
record ObservedCase(
        long seed, String kind, Problem problem, Matrix truth, Dimensions dimensions, List<DenseDescent.Run> runs) {
    private static final List<String> KINDS =
            List.of("dense", "symmetric", "rank-one", "streamed", "completion", "held out");

    /** Depth, kind and loss go through all values as the seed counts up; the rest is random. */
    static ObservedCase of(long seed, int largestSize) {
        SplittableRandom random = new SplittableRandom(seed);
        int depth = 1 + (int) (seed / KINDS.size() % 4);
        String kind = KINDS.get((int) (seed % KINDS.size()));
        List<Integer> sizes = new ArrayList<>();
        for (int j = 0; j <= depth; j++) {
            sizes.add(j == depth && kind.equals("symmetric") ? sizes.get(0) : 1 + random.nextInt(largestSize));
        }
        Dimensions dimensions = new Dimensions(sizes);
        Matrix truth = PlainMatrices.random(random, dimensions.rows(), dimensions.cols());
        Loss loss = random.nextBoolean() ? Loss.SUM : Loss.MEAN;
        Problem problem = kind.equals("completion") || kind.equals("held out")
                ? completion(random, truth, kind.equals("completion"), loss)
                : sensing(random, truth, kind, loss);
        List<DenseDescent.Run> runs = new ArrayList<>();
        for (int run = 0; run < 1 + random.nextInt(4); run++) {
            RandomEntries start = new RandomEntries(
                    Distribution.GAUSSIAN, random.nextDouble(0.3, 0.9), OptionalDouble.empty(), random.nextLong());
            runs.add(new DenseDescent.Run(start, random.nextDouble(0.001, 0.01)));
        }
        return new ObservedCase(seed, kind, problem, truth, dimensions, runs);
    }

    private static Problem sensing(SplittableRandom random, Matrix truth, String kind, Loss loss) {
        int count = 1 + random.nextInt(40);
        LinearMap map = kind.equals("rank-one")
                ? new RankOneOperators(
                        PlainMatrices.random(random, truth.rows(), count),
                        PlainMatrices.random(random, truth.cols(), count))
                : new DenseOperators(new GaussianOperators(
                        count, truth.rows(), truth.cols(), 0.3, kind.equals("symmetric"), random.nextLong()));
        double[] y = map.apply(truth);
        for (int i = 0; i < y.length; i++) {
            y[i] += random.nextDouble(-0.1, 0.1);
        }
        int perBlock = kind.equals("streamed") ? 1 + random.nextInt(count) : 0;
        return new Sensing(map, y, Optional.of(truth), loss, perBlock);
    }

    private static Problem completion(SplittableRandom random, Matrix truth, boolean whole, Loss loss) {
        int total = truth.rows() * truth.cols();
        int known = 1 + random.nextInt(total);
        int[] chosen = RandomPlaces.choose(total, known, new RandomStream(random.nextLong(), Purpose.MASK, 0));
        int observed = 1 + random.nextInt(known);
        SparseMatrix first = entries(truth, IntStream.of(chosen).limit(observed).toArray());
        Optional<SparseMatrix> others = whole || observed == known
                ? Optional.empty()
                : Optional.of(entries(truth, IntStream.of(chosen).skip(observed).toArray()));
        return new Completion(first, whole ? Optional.of(truth) : Optional.empty(), others, loss);
    }

    private static SparseMatrix entries(Matrix truth, int[] places) {
        return SparseMatrix.of(
                truth.rows(),
                truth.cols(),
                IntStream.of(places).map(k -> k % truth.rows()).toArray(),
                IntStream.of(places).map(k -> k / truth.rows()).toArray(),
                IntStream.of(places).mapToDouble(k -> truth.data()[k]).toArray());
    }

    DenseDescent open(Backend backend) {
        return open(backend, Precision.FLOAT64);
    }

    DenseDescent open(Backend backend, Precision precision) {
        return new DenseDescent(backend, precision, problem, dimensions, runs, DescentCase.ALL);
    }

    ObservedCase with(Problem other) {
        return new ObservedCase(seed, kind, other, truth, dimensions, runs);
    }

    ObservedCase withStepSize(double stepSize) {
        List<DenseDescent.Run> others = runs.stream()
                .map(run -> new DenseDescent.Run(run.start(), stepSize))
                .toList();
        return new ObservedCase(seed, kind, problem, truth, dimensions, others);
    }

    List<Matrix> factors(State state, int run) {
        return IntStream.rangeClosed(1, dimensions.depth())
                .mapToObj(j -> state.factor(run, j))
                .toList();
    }

    /** L by its definition. */
    double loss(Matrix product) {
        double sum = 0;
        if (problem instanceof Sensing sensing) {
            double[] measured = plainMeasurements(sensing.operators(), product);
            for (int i = 0; i < measured.length; i++) {
                sum += Math.pow(measured[i] - sensing.y()[i], 2);
            }
        } else {
            sum = squares(((Completion) problem).observed(), product);
        }
        return problem.loss().of(sum, problem.observations());
    }

    /** ‖P_T(W − Ŵ)‖_F/‖P_TŴ‖_F by its definition. */
    double testError(Matrix product) {
        if (problem instanceof Completion completion && completion.truth().isEmpty()) {
            SparseMatrix heldOut = completion.heldOut().orElseThrow();
            return Math.sqrt(
                    squares(heldOut, product) / squares(heldOut, Matrix.zeros(product.rows(), product.cols())));
        }
        return PlainMatrices.distance(product, truth) / PlainMatrices.norm(truth);
    }

    private static double squares(SparseMatrix entries, Matrix product) {
        double sum = 0;
        double[] gathered = entries.gather(product);
        for (int k = 0; k < gathered.length; k++) {
            sum += Math.pow(gathered[k] - entries.values()[k], 2);
        }
        return sum;
    }

    /** ⟨A_i, W⟩ one by one. */
    private static double[] plainMeasurements(LinearMap map, Matrix product) {
        double[] measured = new double[map.count()];
        for (int i = 0; i < measured.length; i++) {
            double[] unit = new double[measured.length];
            unit[i] = 1;
            measured[i] = PlainMatrices.inner(map.adjoint(unit), product);
        }
        return measured;
    }
}
