package org.gradus.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gradus.backend.Backend;
import org.gradus.dynamics.DenseDescent;
import org.gradus.dynamics.Measures;
import org.gradus.dynamics.MemoryDemand;
import org.gradus.dynamics.MemoryPlan;
import org.gradus.dynamics.ModalBasis;
import org.gradus.dynamics.Solver;
import org.gradus.dynamics.SpectralModes;
import org.gradus.dynamics.State;
import org.gradus.dynamics.SubspaceDescent;
import org.gradus.init.Dimensions;
import org.gradus.init.Identical;
import org.gradus.init.RandomEntries;
import org.gradus.linalg.LowRank;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Estimation;
import org.gradus.problem.Footprint;
import org.gradus.problem.Loss;
import org.gradus.problem.Targets;

/** A cell's solver with a symmetric target of rank {@value #RANK}, and what it is asked to repeat. */
final class Workbench implements Resource {
    static final int RANK = 4;

    private static final double[] SPECTRUM = {10, 5, 2, 1};
    private static final double STEP_SIZE = 1e-3;

    /** So small that no mode comes to rest, which would then cost nothing. */
    private static final double MODES_STEP_SIZE = 1e-6;

    private static final double SCALE = 0.3;

    private final Solver solver;

    /** @param factors whether a record has the factors' singular values too */
    Workbench(Cell cell, Backend backend, int threads, boolean factors) {
        Measures measures = new Measures(factors, false);
        Dimensions dimensions = new Dimensions(Collections.nCopies(cell.depth() + 1, cell.n()));
        solver = switch (cell.solver()) {
            case DENSE -> dense(cell, backend, dimensions, measures);
            case SUBSPACE -> subspace(cell, backend, dimensions, measures);
            case MODES -> modes(cell, dimensions, threads);
        };
    }

    private static Estimation problem(int n) {
        Matrix target = Targets.synthetic(n, n, Arrays.copyOf(SPECTRUM, Math.min(n, RANK)), true, 1);
        return new Estimation(target, Optional.empty(), Loss.SUM);
    }

    private static Solver dense(Cell cell, Backend backend, Dimensions dimensions, Measures measures) {
        List<DenseDescent.Run> runs = new ArrayList<>();
        for (int run = 0; run < cell.runs(); run++) {
            RandomEntries start =
                    new RandomEntries(RandomEntries.Distribution.GAUSSIAN, SCALE, OptionalDouble.empty(), run);
            runs.add(new DenseDescent.Run(start, STEP_SIZE));
        }
        return new DenseDescent(backend, cell.arithmetic().precision(), problem(cell.n()), dimensions, runs, measures);
    }

    private static Solver subspace(Cell cell, Backend backend, Dimensions dimensions, Measures measures) {
        Estimation problem = problem(cell.n());
        return new SubspaceDescent(
                backend,
                cell.arithmetic().precision(),
                problem,
                LowRank.of(problem.target()),
                dimensions,
                new Identical(SCALE),
                STEP_SIZE,
                measures);
    }

    /** n distinct eigenvalues; nothing is lifted from the scalars, so no basis is needed. */
    private static Solver modes(Cell cell, Dimensions dimensions, int threads) {
        double[] values = new double[cell.n()];
        Arrays.setAll(values, i -> 10.0 * (values.length - i) / values.length);
        Matrix none = Matrix.zeros(1, 1);
        List<SpectralModes.Run> runs =
                Collections.nCopies(cell.runs(), new SpectralModes.Run(SCALE, SCALE, MODES_STEP_SIZE));
        return new SpectralModes(
                new Estimation(none, Optional.empty(), Loss.SUM),
                new ModalBasis(none, values, none, 0),
                dimensions,
                false,
                runs,
                threads);
    }

    /** Bytes of the backend's memory that the cell takes; 0 for modes. */
    static long bytes(Cell cell, Backend backend, boolean factors) {
        if (cell.solver() == SolverKind.MODES) {
            return 0;
        }
        int n = cell.solver() == SolverKind.DENSE ? cell.n() : 2 * RANK;
        Dimensions dimensions = new Dimensions(Collections.nCopies(cell.depth() + 1, n));
        MemoryDemand demand = new MemoryDemand(
                Footprint.matrices(1, n, n), dimensions, cell.arithmetic().precision(), new Measures(factors, false));
        return MemoryPlan.fitting(demand, backend, cell.runs()).bytes();
    }

    /** So many steps, and waits for them. */
    void steps(long count) {
        for (long left = count; left > 0; ) {
            long now = Math.min(left, solver.stepsPerCheck());
            solver.advance(now);
            left -= now;
        }
        while (solver.settled() < solver.step()) {
            Thread.onSpinWait();
        }
    }

    /** So many measurements of the same state, one after another. */
    void records(long count) {
        for (long i = 0; i < count; i++) {
            State state = solver.observe();
            for (int run = 0; run < solver.runs(); run++) {
                state.singularValues(run);
            }
        }
    }

    /** @throws ArithmeticException if the descent left the finite numbers, whose times would not be those of a run */
    void requireFinite() {
        for (boolean finite : solver.finite()) {
            if (!finite) {
                throw new ArithmeticException("the descent that is timed diverged");
            }
        }
    }

    @Override
    public void close() {
        solver.close();
    }
}
