package org.gradus.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.gradus.backend.Backend;
import org.gradus.backend.FastBackend;
import org.gradus.backend.Precision;
import org.gradus.backend.openblas.OpenBlasBackend;
import org.gradus.init.Balanced;
import org.gradus.init.Dimensions;
import org.gradus.init.Identical;
import org.gradus.init.Initialization;
import org.gradus.init.Orthogonal;
import org.gradus.init.Perturbed;
import org.gradus.linalg.LowRank;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.gradus.problem.Targets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reduced solvers show what the dense descent shows, in every quantity of a state. */
final class ReducedSolversTest {
    private static final Measures ALL = new Measures(true, true);

    private static Dimensions square(int n, int depth) {
        return new Dimensions(Collections.nCopies(depth + 1, n));
    }

    private static DenseDescent dense(
            Backend backend, Estimation problem, Dimensions dimensions, Initialization start, double stepSize) {
        return new DenseDescent(
                backend, Precision.FLOAT64, problem, dimensions, List.of(new DenseDescent.Run(start, stepSize)), ALL);
    }

    private static void assertAgree(
            Solver reduced, Solver dense, Dimensions dimensions, long[] steps, double tolerance) {
        for (long step : steps) {
            reduced.advance(step - reduced.step());
            dense.advance(step - dense.step());
            State a = reduced.observe();
            State b = dense.observe();
            String at = "step " + step;
            assertEquals(step, a.step());
            assertEquals(b.loss(0), a.loss(0), tolerance * (1 + b.loss(0)), at + ", loss");
            assertArrayEquals(b.singularValues(0), a.singularValues(0), tolerance, at + ", singular values");
            assertEquals(b.testError(0), a.testError(0), tolerance, at + ", test error");
            assertEquals(b.balancedness(0), a.balancedness(0), 10 * tolerance, at + ", balancedness");
            for (int j = 1; j <= dimensions.depth(); j++) {
                assertArrayEquals(
                        b.factorSingularValues(0, j),
                        a.factorSingularValues(0, j),
                        tolerance,
                        at + ", singular values of W_" + j);
                assertArrayEquals(b.factor(0, j).data(), a.factor(0, j).data(), tolerance, at + ", W_" + j);
            }
            assertArrayEquals(b.product(0).data(), a.product(0).data(), tolerance, at + ", product");
            assertArrayEquals(
                    a.product(0).data(), a.keptProduct(0).get().data(), 0, at + ", the product kept for later");
        }
    }

    @ParameterizedTest(name = "depth {0}, {1}, {2}")
    @CsvSource({
        "2, orthogonal, general", "3, orthogonal, general", "4, orthogonal, general", "3, orthogonal, symmetric",
        "2, identical, symmetric", "3, identical, symmetric", "4, identical, general", "1, orthogonal, general"
    })
    void subspaceAgreesWithDenseDescentAfterTwoThousandSteps(int depth, String kind, String symmetry) {
        try (Backend backend = new OpenBlasBackend(2)) {
            assertSubspaceAgrees(backend, depth, kind, symmetry);
        }
    }

    /** The subspace's own factors are so small that whole intervals are one launch; the dense descent is the CPU's. */
    @ParameterizedTest(name = "depth {0}, {1}, {2}")
    @CsvSource({"2, orthogonal, general", "3, identical, symmetric", "4, orthogonal, symmetric"})
    void subspaceOnCudaAgreesWithDenseDescent(int depth, String kind, String symmetry) {
        try (Backend cuda = FastBackend.CUDA.open()) {
            assertSubspaceAgrees(cuda, depth, kind, symmetry);
        }
    }

    private static void assertSubspaceAgrees(Backend fast, int depth, String kind, String symmetry) {
        int n = 60;
        Matrix target = Targets.synthetic(n, n, new double[] {3, 2, 1}, symmetry.equals("symmetric"), 5);
        Estimation problem = new Estimation(target, Optional.empty(), Loss.SUM);
        Dimensions dimensions = square(n, depth);
        Initialization start = kind.equals("identical") ? new Identical(0.1) : new Orthogonal(0.1, 3);
        try (Backend backend = new OpenBlasBackend(2);
                SubspaceDescent reduced = new SubspaceDescent(
                        fast, Precision.FLOAT64, problem, LowRank.of(target), dimensions, start, 0.01, ALL);
                DenseDescent dense = dense(backend, problem, dimensions, start, 0.01)) {
            assertTrue(reduced.size() <= 6, "s = " + reduced.size());
            assertEquals(kind.equals("identical") && symmetry.equals("symmetric") ? 3 : 6, reduced.size());
            assertAgree(reduced, dense, dimensions, new long[] {0, 1, 10, 100, 500, 1000, 2000}, 1e-12);
        }
    }

    @ParameterizedTest(name = "depth {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void modesAgreeWithDenseDescentFromIdenticalStarts(int depth) {
        Matrix clean = Targets.synthetic(20, 20, new double[] {3, 2, 1, 0.5}, true, 5);
        Matrix noisy = positive(Targets.withNoise(clean, 0.01, 7, true));
        Estimation problem = new Estimation(noisy, Optional.of(clean), Loss.MEAN);
        double stepSize = 0.01 * 200;
        try (Backend backend = new OpenBlasBackend(1);
                SpectralModes reduced = new SpectralModes(
                        problem,
                        ModalBasis.ofSymmetric(noisy),
                        square(20, depth),
                        false,
                        List.of(new SpectralModes.Run(0.2, 0.2, stepSize)),
                        2);
                DenseDescent dense = dense(backend, problem, square(20, depth), new Identical(0.2), stepSize)) {
            assertAgree(reduced, dense, square(20, depth), new long[] {0, 1, 7, 100, 600}, 1e-12);
        }
    }

    /** Shifted so that no eigenvalue is negative: those are saddles from which rounding drives the dense run. */
    private static Matrix positive(Matrix symmetric) {
        Matrix shifted = symmetric.copy();
        for (int i = 0; i < shifted.rows(); i++) {
            shifted.set(i, i, shifted.get(i, i) + 0.2);
        }
        return shifted;
    }

    @ParameterizedTest(name = "depth {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void modesAgreeWithDenseDescentFromPerturbedStarts(int depth) {
        Matrix target = Targets.synthetic(20, 20, new double[] {3, 2, 1, -1.5, -0.7}, true, 5);
        Estimation problem = new Estimation(target, Optional.empty(), Loss.SUM);
        try (Backend backend = new OpenBlasBackend(1);
                SpectralModes reduced = new SpectralModes(
                        problem,
                        ModalBasis.ofSymmetric(target),
                        square(20, depth),
                        false,
                        List.of(new SpectralModes.Run(0.15, 0.2, 0.01)),
                        2);
                DenseDescent dense = dense(backend, problem, square(20, depth), new Perturbed(0.2, 0.05), 0.01)) {
            assertAgree(reduced, dense, square(20, depth), new long[] {0, 1, 7, 100, 1000}, 1e-12);
        }
    }

    @ParameterizedTest(name = "sizes {0}")
    @ValueSource(strings = {"9 12", "9 4 12", "12 15 14 9", "12 12 12 12", "8 3 8"})
    void modesAgreeWithDenseDescentFromBalancedStarts(String sizes) {
        Dimensions dimensions = new Dimensions(java.util.Arrays.stream(sizes.split(" ", -1))
                .map(Integer::valueOf)
                .toList());
        Matrix clean = Targets.synthetic(dimensions.rows(), dimensions.cols(), new double[] {3, 2, 1, 0.5}, false, 5);
        Matrix noisy = Targets.withNoise(clean, 0.01, 7, false);
        Estimation problem = new Estimation(noisy, Optional.of(clean), Loss.SUM);
        try (Backend backend = new OpenBlasBackend(1);
                SpectralModes reduced = new SpectralModes(
                        problem,
                        ModalBasis.ofAny(noisy, dimensions.smallest()),
                        dimensions,
                        true,
                        List.of(new SpectralModes.Run(0.2, 0.2, 0.01)),
                        2);
                DenseDescent dense = dense(backend, problem, dimensions, Balanced.matching(noisy, 0.2), 0.01)) {
            assertAgree(reduced, dense, dimensions, new long[] {0, 1, 7, 100, 800}, 1e-12);
        }
    }
}
