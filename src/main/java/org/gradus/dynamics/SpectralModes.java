package org.gradus.dynamics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.gradus.init.Dimensions;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Estimation;

/**
 * The exact reduction to scalars (docs/theory.md): identical and perturbed starts with a symmetric target, balanced starts with
 * any target. A step costs O(kN) instead of O(Nn³); everything that the dense descent shows can be lifted from the scalars.
 */
public final class SpectralModes implements Solver {
    /** Mode updates between two checks: about half a second on one core. */
    private static final double WORK_PER_CHECK = 3e8;

    private static final int MOST_STEPS_PER_CHECK = 256;

    /**
     * One run of the batch.
     *
     * @param first of W_1 at the start
     * @param others of W_2 … W_N at the start; equal to {@code first} for identical and balanced starts
     */
    public record Run(double first, double others, double stepSize) {}

    private final Estimation problem;
    private final ModalBasis basis;
    private final Dimensions dimensions;
    private final boolean identityFrames;
    private final Optional<ModalTruth> truth;
    private final ForkJoinPool pool;
    private final double[][] first;
    private final double[][] others;
    private final double[] scaledSteps;
    private final ModeRecursion[][] blocks;
    private final boolean[] frozen;
    private long step;

    /**
     * Sets every mode of every run to its start.
     *
     * @param identityFrames whether the frames between the factors are columns of the identity (balanced starts) rather
     *     than the basis itself
     * @param threads workers
     */
    public SpectralModes(
            Estimation problem,
            ModalBasis basis,
            Dimensions dimensions,
            boolean identityFrames,
            List<Run> runs,
            int threads) {
        this.problem = problem;
        this.basis = basis;
        this.dimensions = dimensions;
        this.identityFrames = identityFrames;
        truth = problem.clean().map(clean -> new ModalTruth(clean, basis));
        pool = new ForkJoinPool(threads);
        first = new double[runs.size()][basis.size()];
        others = new double[runs.size()][];
        scaledSteps = new double[runs.size()];
        blocks = new ModeRecursion[runs.size()][];
        frozen = new boolean[runs.size()];
        double factor = problem.loss().gradientFactor(problem.observations());
        for (int run = 0; run < runs.size(); run++) {
            Run each = runs.get(run);
            Arrays.fill(first[run], each.first());
            if (each.first() != each.others()) {
                others[run] = new double[basis.size()];
                Arrays.fill(others[run], each.others());
            }
            scaledSteps[run] = each.stepSize() * factor;
            blocks[run] = blocks(run);
        }
    }

    private ModeRecursion[] blocks(int run) {
        return ModeRecursion.blocks(dimensions.depth(), scaledSteps[run], basis.values(), first[run], others[run]);
    }

    @Override
    public int runs() {
        return first.length;
    }

    @Override
    public long step() {
        return step;
    }

    @Override
    public int stepsPerCheck() {
        return (int) Math.max(1, Math.min(MOST_STEPS_PER_CHECK, WORK_PER_CHECK / ((double) runs() * basis.size())));
    }

    @Override
    public void advance(long steps) {
        Stream<ModeRecursion> moving = Stream.iterate(0, run -> run < runs(), run -> run + 1)
                .filter(run -> !frozen[run])
                .flatMap(run -> Arrays.stream(blocks[run]));
        List<ModeRecursion> list = moving.toList();
        if (list.size() == 1) {
            list.get(0).advance(steps);
        } else {
            pool.submit(() -> list.parallelStream().forEach(block -> block.advance(steps)))
                    .join();
        }
        step += steps;
    }

    @Override
    public boolean[] finite() {
        boolean[] finite = new boolean[runs()];
        for (int run = 0; run < finite.length; run++) {
            finite[run] = Arrays.stream(first[run]).allMatch(Double::isFinite)
                    && Arrays.stream(others(run)).allMatch(Double::isFinite);
        }
        return finite;
    }

    @Override
    public void freeze(int run) {
        frozen[run] = true;
    }

    @Override
    public Future<State> measure() {
        double[][] firsts = new double[runs()][];
        double[][] rest = new double[runs()][];
        for (int run = 0; run < runs(); run++) {
            firsts[run] = first[run].clone();
            rest[run] = others[run] == null ? firsts[run] : others[run].clone();
        }
        return CompletableFuture.completedFuture(
                new ModalState(step, problem, basis, dimensions, identityFrames, truth, firsts, rest));
    }

    private double[] others(int run) {
        return others[run] == null ? first[run] : others[run];
    }

    /** The modes' values of W_1, then those of the others. */
    @Override
    public int[] savedLengths() {
        return new int[] {basis.size(), basis.size()};
    }

    @Override
    public double[] save(int run, int index) {
        return (index == 0 ? first[run] : others(run)).clone();
    }

    @Override
    public void restore(long restored, SavedNumbers saved) {
        for (int run = 0; run < runs(); run++) {
            System.arraycopy(saved.array(run, 0), 0, first[run], 0, basis.size());
            if (others[run] != null) {
                System.arraycopy(saved.array(run, 1), 0, others[run], 0, basis.size());
            }
            blocks[run] = blocks(run);
        }
        step = restored;
    }

    @Override
    public void close() {
        pool.shutdown();
    }

    /**
     * The clean target seen from the modes: with M = UᵀTV, ‖U diag(p) Vᵀ − T‖² = Σ(p_i − M_ii)² + (‖T‖² − ΣM_ii²), the
     * second term summed without cancellation as Σ_{i≠j}M_ij² + the part outside both frames.
     */
    static final class ModalTruth {
        private final double[] diagonal;
        private final double squaredOutside;
        private final double squaredNorm;

        ModalTruth(Matrix clean, ModalBasis basis) {
            Matrix m = Lapack.times(Lapack.transposedTimes(basis.left(), clean), basis.right());
            diagonal = new double[m.rows()];
            Arrays.setAll(diagonal, i -> m.get(i, i));
            Matrix inside = Lapack.timesTransposed(Lapack.times(basis.left(), m), basis.right());
            double outside = 0;
            double norm = 0;
            for (int i = 0; i < clean.data().length; i++) {
                double difference = clean.data()[i] - inside.data()[i];
                outside += difference * difference;
                norm += clean.data()[i] * clean.data()[i];
            }
            for (int j = 0; j < m.cols(); j++) {
                for (int i = 0; i < m.rows(); i++) {
                    outside += i == j ? 0 : m.get(i, j) * m.get(i, j);
                }
            }
            squaredOutside = outside;
            squaredNorm = norm;
        }

        double relativeError(double[] p) {
            double sum = squaredOutside;
            for (int i = 0; i < p.length; i++) {
                sum += (p[i] - diagonal[i]) * (p[i] - diagonal[i]);
            }
            return Math.sqrt(sum / squaredNorm);
        }
    }
}
