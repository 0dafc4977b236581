package org.gradus.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gradus.backend.Backend;
import org.gradus.backend.Precision;
import org.gradus.backend.openblas.OpenBlasBackend;
import org.gradus.dynamics.Measures;
import org.gradus.dynamics.ModalBasis;
import org.gradus.dynamics.Solver;
import org.gradus.dynamics.SpectralModes;
import org.gradus.dynamics.SubspaceDescent;
import org.gradus.init.Dimensions;
import org.gradus.init.Orthogonal;
import org.gradus.linalg.LowRank;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.gradus.problem.Targets;
import org.gradus.store.JsonFile;
import org.gradus.theory.Modes;
import org.gradus.theory.Predictor;
import org.gradus.theory.Query;
import org.gradus.theory.Start;

/**
 * Seconds of long runs of the reduced solvers and of predictions, set-up included. Arguments: threads, and optionally a JSON file.
 */
public final class ReducedSpeed {
    private static final int RECORDS = 200;
    private static final long STEPS = 1_000_000;
    private static final Map<String, Object> SECONDS = new LinkedHashMap<>();

    private ReducedSpeed() {}

    private interface Work {
        void run();
    }

    /** Measures every case once and prints it. */
    public static void main(String[] arguments) {
        int threads = Integer.parseInt(arguments[0]);
        time("subspace: n = 1000, rank 10, N = 3, orthogonal start, 1e6 steps, 200 records", () -> subspace(threads));
        time("modes: 1e4 eigenvalues, N = 3, 1e6 steps, 200 records", () -> modes(threads, 5e-3));
        time("modes: the same, no mode at rest (step size 1e-5)", () -> modes(threads, 1e-5));
        time("predict: 4 eigenvalues and 96 zeros, 1e7 steps", () -> predict(padded(100, 10, 5, 2, 1), 5e-3));
        time("predict: 1000 eigenvalues, 1e7 steps", () -> predict(ramp(1000), 5e-3));
        time("predict: the same, small step size 1e-6, hardly a mode at rest", () -> predict(ramp(1000), 1e-6));
        if (arguments.length > 1) {
            JsonFile.write(Path.of(arguments[1]), SECONDS);
        }
    }

    private static void time(String what, Work work) {
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        SECONDS.put(what, seconds);
        System.out.printf(Locale.ROOT, "%7.2f s  %s%n", seconds, what);
    }

    private static void subspace(int threads) {
        int n = 1000;
        double[] spectrum = new double[10];
        Arrays.fill(spectrum, 1);
        Matrix target = Targets.synthetic(n, n, spectrum, false, 1);
        Estimation problem = new Estimation(target, Optional.empty(), Loss.SUM);
        try (Backend backend = new OpenBlasBackend(threads);
                Solver solver = new SubspaceDescent(
                        backend,
                        Precision.FLOAT64,
                        problem,
                        LowRank.of(target),
                        new Dimensions(Collections.nCopies(4, n)),
                        new Orthogonal(1e-3, 1),
                        0.1,
                        Measures.BASIC)) {
            descend(solver);
        }
    }

    private static void modes(int threads, double stepSize) {
        double[] lambda = ramp(10_000);
        Matrix none = Matrix.zeros(1, 1); // nothing is lifted
        Estimation problem = new Estimation(none, Optional.empty(), Loss.SUM);
        Dimensions dimensions = new Dimensions(Collections.nCopies(4, lambda.length));
        try (Solver solver = new SpectralModes(
                problem,
                new ModalBasis(none, lambda, none, 0),
                dimensions,
                false,
                List.of(new SpectralModes.Run(0.1, 0.1, stepSize)),
                threads)) {
            descend(solver);
        }
    }

    private static void descend(Solver solver) {
        for (int record = 0; record < RECORDS; record++) {
            for (long left = STEPS / RECORDS; left > 0; left -= solver.stepsPerCheck()) {
                solver.advance(Math.min(left, solver.stepsPerCheck()));
                solver.finite();
            }
            solver.observe().singularValues(0);
        }
    }

    private static void predict(double[] eigenvalues, double stepSize) {
        Predictor.predict(Query.of(Modes.exactly(eigenvalues), Start.identical(3, 0.1), stepSize));
    }

    private static double[] ramp(int count) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> 10.0 * (count - i) / count);
        return values;
    }

    private static double[] padded(int count, double... values) {
        return Arrays.copyOf(values, count);
    }
}
