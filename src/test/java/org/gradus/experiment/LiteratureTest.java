package org.gradus.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.gradus.backend.Backend;
import org.gradus.backend.Precision;
import org.gradus.backend.openblas.OpenBlasBackend;
import org.gradus.dynamics.DenseDescent;
import org.gradus.dynamics.Measures;
import org.gradus.dynamics.Solver;
import org.gradus.dynamics.State;
import org.gradus.init.Dimensions;
import org.gradus.init.RandomEntries;
import org.gradus.init.RandomEntries.Distribution;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PlainMatrices;
import org.gradus.linalg.SparseMatrix;
import org.gradus.problem.Completion;
import org.gradus.problem.Loss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the literature reports of sensing and completion, with instances of its sizes and step sizes of our own limits. */
final class LiteratureTest {
    @TempDir
    Path folder;

    /** The test error after {@code steps} at the monotone limit. */
    private double testError(String problem, String start, int depth, long steps) throws IOException {
        Path file = ConfigFiles.write(folder, """
                problem: %s
                factors: {depth: %d, initialization: %s}
                descent: {steps: %d}
                """.formatted(problem, depth, start, steps));
        try (Backend backend = new OpenBlasBackend(2)) {
            double limit = Plan.of(ConfigFiles.read(file), backend).stepSize().monotoneLimit();
            Plan plan = Plan.of(ConfigFiles.read(file, "descent.step-size=" + limit), backend);
            try (Solver solver = plan.openSolver(backend)) {
                solver.advance(steps);
                return solver.observe().testError(0);
            }
        }
    }

    /** D. Gissin, S. Shalev-Shwartz, A. Daniely, The implicit bias of depth: how incremental learning drives generalization, 2020. */
    @Test
    void sensingGeneralizesTheBetterTheDeeper() throws IOException {
        String problem = "{kind: sensing, target: {synthetic: {rows: 50, spectrum: [12, 6, 4, 3], seed: 1}},"
                + " operators: {gaussian: {count: 1000, seed: 2}}}";
        String start = "{kind: identical, product-scale: 1.0e-4}";
        double three = testError(problem, start, 3, 7000);
        double two = testError(problem, start, 2, 4000);
        double one = testError(problem, start, 1, 2000);
        assertTrue(three < 1e-2, three + " at depth 3");
        assertTrue(three < two && two < one, three + ", " + two + ", " + one);
    }

    /** S. Kwon, Z. Zhang, D. Song, L. Balzano, Q. Qu, Efficient low-dimensional compression of overparameterized models, 2023. */
    @Test
    void completionGeneralizesTheBetterTheDeeper() throws IOException {
        String problem = "{kind: completion, target: {synthetic: {rows: 100, spectrum: [1, 1, 1, 1, 1], seed: 1}},"
                + " mask: {fraction: 0.3, seed: 2}}";
        String start = "{kind: orthogonal, scale: 1.0e-2, seed: 3}";
        double three = testError(problem, start, 3, 6000);
        double two = testError(problem, start, 2, 6000);
        double one = testError(problem, start, 1, 6000);
        assertTrue(three < 1e-2, three + " at depth 3");
        assertTrue(three < two && two < one, three + ", " + two + ", " + one);
    }

    /**
     * N. Razin, N. Cohen, Implicit regularization in deep learning may not be explainable by norms, 2020: fitting (· 1; 1 0)
     * drives the unobserved entry, and with it every norm, to infinity, from starts of positive determinant.
     */
    @Test
    void theUnobservedEntryOfATwoByTwoMatrixGrowsWhileTheLossFalls() {
        SparseMatrix observed = SparseMatrix.of(2, 2, new int[] {0, 1, 1}, new int[] {1, 0, 1}, new double[] {1, 1, 0});
        Completion problem = new Completion(observed, Optional.empty(), Optional.empty(), Loss.SUM);
        Dimensions dimensions = new Dimensions(List.of(2, 2, 2, 2));
        List<DenseDescent.Run> runs = new ArrayList<>();
        LongStream.iterate(0, seed -> seed + 1)
                .mapToObj(seed -> new RandomEntries(Distribution.GAUSSIAN, Double.NaN, OptionalDouble.of(8e-3), seed))
                .filter(start -> determinant(PlainMatrices.product(List.of(
                                start.factor(1, dimensions), start.factor(2, dimensions), start.factor(3, dimensions))))
                        > 0)
                .limit(4)
                .forEach(start -> runs.add(new DenseDescent.Run(start, 3e-3)));
        try (Backend backend = new OpenBlasBackend(1);
                DenseDescent descent =
                        new DenseDescent(backend, Precision.FLOAT64, problem, dimensions, runs, Measures.BASIC)) {
            descent.advance(100_000);
            assertGrown(descent.observe(), 10, 5e-3);
            descent.advance(200_000);
            assertGrown(descent.observe(), 20, 1e-3);
        }
    }

    private static double determinant(Matrix w) {
        return w.get(0, 0) * w.get(1, 1) - w.get(0, 1) * w.get(1, 0);
    }

    private static void assertGrown(State state, double magnitude, double loss) {
        for (int run = 0; run < 4; run++) {
            double entry = state.product(run).get(0, 0);
            assertTrue(Math.abs(entry) > magnitude, "entry " + entry + " of run " + run);
            assertTrue(state.loss(run) < loss, "loss " + state.loss(run) + " of run " + run);
        }
        assertEquals(4, state.product(0).data().length);
    }
}
