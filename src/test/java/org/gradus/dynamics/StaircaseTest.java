package org.gradus.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.gradus.backend.Backend;
import org.gradus.backend.FastBackend;
import org.gradus.backend.Precision;
import org.gradus.backend.openblas.OpenBlasBackend;
import org.gradus.init.Dimensions;
import org.gradus.init.Identical;
import org.gradus.linalg.Lapack;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PlainMatrices;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.gradus.random.RandomStream;
import org.gradus.random.RandomStream.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * n = 50, eigenvalues 10, 5, 1, −3 and zeros, η = 1e-3, identical start: the steps at which eigenvalues are recovered, known
 * from the scalar recursion (docs/theory.md, "Exact reduction to scalars"), in a dense descent.
 */
final class StaircaseTest {
    private static final int N = 50;
    private static final double[] EIGENVALUES = {10, 5, 1, -3};

    private static DenseDescent open(Backend backend, Matrix frame, int depth, double scale) {
        Matrix scaled = frame.copy();
        for (int j = 0; j < EIGENVALUES.length; j++) {
            for (int i = 0; i < N; i++) {
                scaled.set(i, j, EIGENVALUES[j] * frame.get(i, j));
            }
        }
        Matrix target = PlainMatrices.times(scaled, frame.transposed());
        return new DenseDescent(
                backend,
                Precision.FLOAT64,
                new Estimation(target, Optional.empty(), Loss.SUM),
                new Dimensions(Collections.nCopies(depth + 1, N)),
                List.of(new DenseDescent.Run(new Identical(scale), 1e-3)),
                Measures.BASIC);
    }

    private static Matrix rotated() {
        double[] entries = new RandomStream(1, Purpose.LEFT_FRAME, 0).gaussians(N * EIGENVALUES.length, 1);
        return Lapack.orthonormalize(new Matrix(N, EIGENVALUES.length, entries));
    }

    /** The frame of a diagonal target: every product of the descent is then diagonal to the last bit. */
    private static Matrix axes() {
        return PlainMatrices.diagonal(N, EIGENVALUES.length, 1, 1, 1, 1);
    }

    /** p_i = v_iᵀWv_i. */
    private static double mode(State state, Matrix frame, int i) {
        double sum = 0;
        Matrix product = state.product(0);
        for (int row = 0; row < N; row++) {
            for (int col = 0; col < N; col++) {
                sum += frame.get(row, i) * product.get(row, col) * frame.get(col, i);
            }
        }
        return sum;
    }

    private static void assertCrosses(DenseDescent descent, Matrix frame, int i, long step) {
        descent.advance(step - 1 - descent.step());
        double before = mode(descent.observe(), frame, i);
        descent.advance(1);
        double after = mode(descent.observe(), frame, i);
        double level = 0.9 * EIGENVALUES[i];
        assertTrue(before < level && level <= after, "λ = " + EIGENVALUES[i] + ": " + before + ", " + after);
    }

    @ParameterizedTest
    @CsvSource({"2, 0.01, 688, 1304, 5705", "3, 0.1, 1001, 1998, 9964", "4, 0.1, 5016, 10037, 50380"})
    void eigenvaluesAreRecoveredAtTheirSteps(int depth, double scale, long first, long second, long third) {
        for (Matrix frame : depth < 4 ? List.of(axes(), rotated()) : List.of(rotated())) {
            try (Backend backend = new OpenBlasBackend(2);
                    DenseDescent descent = open(backend, frame, depth, scale)) {
                assertCrosses(descent, frame, 0, first);
                assertCrosses(descent, frame, 1, second);
                assertCrosses(descent, frame, 2, third);
            }
        }
    }

    /** In graphs of 256, 16 and 1 steps; the emulator takes too long for all steps. */
    @Test
    void theFirstTwoEigenvaluesAreRecoveredAtTheirStepsOnCuda() {
        Matrix frame = rotated();
        try (Backend backend = FastBackend.CUDA.open();
                DenseDescent descent = open(backend, frame, 2, 0.01)) {
            assertCrosses(descent, frame, 0, 688);
            assertCrosses(descent, frame, 1, 1304);
        }
    }

    @ParameterizedTest
    @CsvSource({"500, 1.0112", "1000, 1.1511", "2000, 1.5010", "4000, 1.5234", "8000, 1.6003"})
    void theEffectiveRankClimbsInSteps(long step, double effectiveRank) {
        for (Matrix frame : List.of(axes(), rotated())) {
            try (Backend backend = new OpenBlasBackend(2);
                    DenseDescent descent = open(backend, frame, 2, 0.01)) {
                descent.advance(step);
                double[] values = descent.observe().singularValues(0);
                double sum = 0;
                for (double value : values) {
                    sum += value;
                }
                assertEquals(effectiveRank, sum / values[0], 5e-5);
            }
        }
    }
}
