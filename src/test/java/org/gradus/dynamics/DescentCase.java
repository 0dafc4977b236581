package org.gradus.dynamics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gradus.backend.Backend;
import org.gradus.backend.Precision;
import org.gradus.init.Balanced;
import org.gradus.init.Dimensions;
import org.gradus.init.Given;
import org.gradus.init.Identical;
import org.gradus.init.Initialization;
import org.gradus.init.Orthogonal;
import org.gradus.init.Perturbed;
import org.gradus.init.RandomEntries;
import org.gradus.init.RandomEntries.Distribution;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PlainMatrices;
import org.gradus.linalg.Spectrum;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.gradus.problem.Targets;
import org.gradus.theory.StepSize;

/** A random problem with a batch of runs, all of which are stable; the seed is its name. */
record DescentCase(long seed, Estimation problem, Dimensions dimensions, List<DenseDescent.Run> runs) {
    private static final int KINDS = 7;
    static final Measures ALL = new Measures(true, true);

    /** Depth, kind of start and loss go through all values as the seed counts up; the rest is random. */
    static DescentCase of(long seed, int largestSize) {
        SplittableRandom random = new SplittableRandom(seed);
        int depth = 1 + (int) (seed % 6);
        int kind = (int) (seed % KINDS);
        int batch = 1 + random.nextInt(5);
        List<Integer> sizes = new ArrayList<>();
        for (int j = 0; j <= depth; j++) {
            sizes.add(j > 0 && kind < 2 ? sizes.get(0) : 1 + random.nextInt(largestSize));
        }
        Dimensions dimensions = new Dimensions(sizes);
        Estimation problem = problem(random, dimensions, kind < 2, seed % 4 < 2 ? Loss.SUM : Loss.MEAN);
        List<DenseDescent.Run> runs = new ArrayList<>();
        for (int run = 0; run < batch; run++) {
            Initialization start = start(kind, random, problem.target(), dimensions);
            runs.add(new DenseDescent.Run(start, random.nextDouble(0.1, 0.4) * limit(problem, dimensions, start)));
        }
        return new DescentCase(seed, problem, dimensions, runs);
    }

    /**
     * Multiples of the identity meet positive semidefinite targets: a negative eigenvalue makes their path a saddle that
     * rounding leaves (docs/theory.md, "Exact reduction to scalars").
     */
    private static Estimation problem(SplittableRandom random, Dimensions dimensions, boolean positive, Loss loss) {
        int rank = Math.min(dimensions.rows(), dimensions.cols());
        double[] spectrum = random.doubles(rank, 0, 2).toArray();
        spectrum[0] = 2;
        Matrix clean = Targets.synthetic(dimensions.rows(), dimensions.cols(), spectrum, positive, random.nextLong());
        if (positive || random.nextBoolean()) {
            return new Estimation(clean, Optional.of(clean), loss);
        }
        Matrix noisy = Targets.withNoise(clean, 0.01, random.nextLong(), false);
        return new Estimation(noisy, Optional.of(clean), loss);
    }

    private static Initialization start(int kind, SplittableRandom random, Matrix target, Dimensions dimensions) {
        double scale = random.nextDouble(0.3, 0.9);
        return switch (kind) {
            case 0 -> new Identical(scale);
            case 1 -> new Perturbed(scale, scale * random.nextDouble(0.1, 0.5));
            case 2 -> Balanced.matching(target, scale);
            case 3 -> new Orthogonal(scale, random.nextLong());
            case 4 -> entries(Distribution.GAUSSIAN, scale, random);
            case 5 -> entries(Distribution.UNIFORM, scale, random);
            default -> {
                Initialization other = entries(Distribution.GAUSSIAN, scale, random);
                yield new Given(IntStream.rangeClosed(1, dimensions.depth())
                        .mapToObj(j -> other.factor(j, dimensions))
                        .toList());
            }
        };
    }

    private static Initialization entries(Distribution distribution, double scale, SplittableRandom random) {
        return new RandomEntries(distribution, scale, OptionalDouble.empty(), random.nextLong());
    }

    /** The monotone limit for this loss; it is exact for aligned starts, and of the right size for the others. */
    static double limit(Estimation problem, Dimensions dimensions, Initialization start) {
        double largest = Spectrum.of(problem.target())[0];
        return StepSize.monotoneLimit(dimensions.depth(), largest, start.largestSingularValue(dimensions))
                / problem.loss().gradientFactor(problem.observations());
    }

    DescentCase with(List<DenseDescent.Run> others) {
        return new DescentCase(seed, problem, dimensions, others);
    }

    DescentCase only(int run) {
        return with(List.of(runs.get(run)));
    }

    /** The same starts, all with this step size. */
    DescentCase withStepSize(double stepSize) {
        return with(runs.stream()
                .map(run -> new DenseDescent.Run(run.start(), stepSize))
                .toList());
    }

    DenseDescent open(Backend backend) {
        return open(backend, Precision.FLOAT64);
    }

    DenseDescent open(Backend backend, Precision precision) {
        return new DenseDescent(backend, precision, problem, dimensions, runs, ALL);
    }

    /** L of a product, by its definition. */
    double loss(Matrix product) {
        Matrix residual = PlainMatrices.plus(product, -1, problem.target());
        return problem.loss().of(PlainMatrices.inner(residual, residual), problem.observations());
    }

    List<Matrix> factors(State state, int run) {
        return IntStream.rangeClosed(1, dimensions.depth())
                .mapToObj(j -> state.factor(run, j))
                .toList();
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + dimensions.sizes() + ", "
                + runs.get(0).start().getClass().getSimpleName() + ", " + problem.loss() + ", " + runs.size()
                + " runs";
    }
}
