package org.gradus.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.gradus.dynamics.SavedNumbers;
import org.gradus.dynamics.Solver;
import org.gradus.dynamics.State;
import org.gradus.linalg.Matrix;

/** Run r after k updates has loss (r + 1)/(k + 1), but from its step of divergence on it is NaN. */
final class ScriptedSolver implements Solver {
    static final long NEVER = Long.MAX_VALUE;

    final List<Long> advances = new ArrayList<>();
    final List<Integer> frozen = new ArrayList<>();
    private final long[] divergesAt;
    private final int stepsPerCheck;
    private final boolean seenByFinite;
    private long step;

    /**
     * @param seenByFinite whether the divergence shows in {@link #finite}, or in the state only
     * @param divergesAt for every run
     */
    ScriptedSolver(int stepsPerCheck, boolean seenByFinite, long... divergesAt) {
        this.stepsPerCheck = stepsPerCheck;
        this.seenByFinite = seenByFinite;
        this.divergesAt = divergesAt.clone();
    }

    @Override
    public int runs() {
        return divergesAt.length;
    }

    @Override
    public long step() {
        return step;
    }

    @Override
    public int stepsPerCheck() {
        return stepsPerCheck;
    }

    @Override
    public void advance(long steps) {
        advances.add(steps);
        step += steps;
    }

    @Override
    public boolean[] finite() {
        boolean[] finite = new boolean[runs()];
        for (int run = 0; run < finite.length; run++) {
            finite[run] = !seenByFinite || step < divergesAt[run];
        }
        return finite;
    }

    @Override
    public void freeze(int run) {
        frozen.add(run);
    }

    @Override
    public Future<State> measure() {
        return CompletableFuture.completedFuture(new ScriptedState(step, divergesAt.clone()));
    }

    @Override
    public int[] savedLengths() {
        return new int[] {1};
    }

    @Override
    public double[] save(int run, int index) {
        return new double[] {step};
    }

    @Override
    public void restore(long restored, SavedNumbers saved) {
        step = restored;
    }

    @Override
    public void close() {}

    private record ScriptedState(long step, long[] divergesAt) implements State {
        @Override
        public double loss(int run) {
            return step < divergesAt[run] ? (run + 1) / (step + 1.0) : Double.NaN;
        }

        @Override
        public double[] singularValues(int run) {
            return new double[] {2 * loss(run), loss(run)};
        }

        @Override
        public double testError(int run) {
            return Double.NaN;
        }

        @Override
        public double[] factorSingularValues(int run, int j) {
            return new double[0];
        }

        @Override
        public double balancedness(int run) {
            return Double.NaN;
        }

        @Override
        public Matrix product(int run) {
            return Matrix.scaledIdentity(2, loss(run));
        }

        @Override
        public Matrix factor(int run, int j) {
            return product(run);
        }
    }
}
