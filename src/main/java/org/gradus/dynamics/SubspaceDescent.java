package org.gradus.dynamics;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.gradus.backend.Backend;
import org.gradus.backend.Precision;
import org.gradus.init.Dimensions;
import org.gradus.init.Identical;
import org.gradus.init.Initialization;
import org.gradus.linalg.LowRank;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;

/**
 * The exact reduction to the signal subspace (docs/theory.md): orthogonal and identical starts of square factors with a target
 * of rank r. In the coordinates W_j = F_j X_j F_{j−1}ᵀ the descent splits for ever into one on s×s factors, s ≤ 2r, and one
 * scalar ρ ← ρ − ηρ^{2N−1} on the complement; a step costs O(Ns³) whatever n is.
 */
public final class SubspaceDescent implements Solver {
    private final Estimation problem;
    private final Dimensions dimensions;
    private final Initialization start;
    private final double scale;
    private final SubspaceBasis basis;
    private final double scaledStep;
    private final DenseDescent inner;
    private double complement;
    private boolean frozen;

    /**
     * Reduces the problem and uploads the s×s start.
     *
     * @param lowRank the target, decomposed
     * @param start identical or orthogonal, with square factors
     * @param stepSize η
     */
    public SubspaceDescent(
            Backend backend,
            Precision precision,
            Estimation problem,
            LowRank lowRank,
            Dimensions dimensions,
            Initialization start,
            double stepSize,
            Measures measures) {
        this.problem = problem;
        this.dimensions = dimensions;
        this.start = start;
        scale = start.largestSingularValue(dimensions);
        complement = scale;
        basis = SubspaceBasis.of(lowRank, start, scale, dimensions);
        scaledStep = stepSize * problem.loss().gradientFactor(problem.observations());
        inner = new DenseDescent(
                backend,
                precision,
                new Estimation(basis.target(), Optional.empty(), Loss.SUM),
                new Dimensions(Collections.nCopies(dimensions.depth() + 1, basis.size())),
                List.of(new DenseDescent.Run(new Identical(scale), scaledStep)),
                measures);
    }

    /** s, the size of the factors that are left. */
    public int size() {
        return basis.size();
    }

    @Override
    public int runs() {
        return 1;
    }

    @Override
    public long step() {
        return inner.step();
    }

    @Override
    public long settled() {
        return inner.settled();
    }

    @Override
    public int stepsPerCheck() {
        return inner.stepsPerCheck();
    }

    @Override
    public void advance(long steps) {
        inner.advance(steps);
        for (long i = 0; !frozen && i < steps; i++) {
            double power = 1;
            for (int factor = 0; factor < 2 * dimensions.depth() - 1; factor++) {
                power *= complement;
            }
            complement -= scaledStep * power;
        }
    }

    @Override
    public boolean[] finite() {
        boolean[] finite = inner.finite();
        finite[0] &= Double.isFinite(complement);
        return finite;
    }

    @Override
    public void freeze(int run) {
        inner.freeze(run);
        frozen = true;
    }

    @Override
    public int lookahead() {
        return inner.lookahead();
    }

    @Override
    public Future<State> measure() {
        double measured = complement;
        return Futures.seen(
                inner.measure(), state -> new SubspaceState(state, measured, problem, dimensions, start, scale, basis));
    }

    /** The reduced factors, then ρ. */
    @Override
    public int[] savedLengths() {
        int[] reduced = inner.savedLengths();
        int[] lengths = Arrays.copyOf(reduced, reduced.length + 1);
        lengths[reduced.length] = 1;
        return lengths;
    }

    @Override
    public double[] save(int run, int index) {
        return index == dimensions.depth() ? new double[] {complement} : inner.save(run, index);
    }

    @Override
    public void restore(long step, SavedNumbers saved) {
        inner.restore(step, saved);
        complement = saved.array(0, dimensions.depth())[0];
    }

    @Override
    public void close() {
        inner.close();
    }
}
