package org.gradus.dynamics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.gradus.backend.Backend;
import org.gradus.backend.FastBackend;
import org.gradus.backend.Precision;
import org.gradus.init.Balanced;
import org.gradus.init.Dimensions;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PlainMatrices;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** W_{j+1}ᵀW_{j+1} − W_jW_jᵀ is conserved by gradient flow; each step of size η changes it by O(η²). */
final class BalancednessTest {

    private static double drift(
            FastBackend fast, Dimensions dimensions, Matrix frames, Matrix target, double stepSize, int steps) {
        Estimation problem = new Estimation(target, Optional.empty(), Loss.SUM);
        List<DenseDescent.Run> runs = List.of(new DenseDescent.Run(Balanced.matching(frames, 0.6), stepSize));
        try (Backend backend = fast.open();
                DenseDescent descent = new DenseDescent(
                        backend, Precision.FLOAT64, problem, dimensions, runs, new Measures(false, true))) {
            assertTrue(descent.observe().balancedness(0) < 1e-15);
            descent.advance(steps);
            return descent.observe().balancedness(0);
        }
    }

    /** The start is balanced, along other singular vectors than the target's; the time ηk is the same throughout. */
    @ParameterizedTest
    @CsvSource({"CPU_1, 2, 6, 6", "CPU_1, 3, 6, 9", "CPU_1, 5, 8, 5", "CUDA, 3, 6, 9"})
    void theDefectAtAGivenTimeIsProportionalToTheStepSize(FastBackend fast, int depth, int cols, int rows) {
        SplittableRandom random = new SplittableRandom(depth);
        Matrix frames = PlainMatrices.random(random, rows, cols);
        Matrix target = PlainMatrices.random(random, rows, cols);
        Integer[] sizes = new Integer[depth + 1];
        Arrays.fill(sizes, 7);
        sizes[0] = cols;
        sizes[depth] = rows;
        Dimensions dimensions = new Dimensions(List.of(sizes));
        double coarse = drift(fast, dimensions, frames, target, 4e-3, 500);
        double middle = drift(fast, dimensions, frames, target, 2e-3, 1_000);
        double fine = drift(fast, dimensions, frames, target, 1e-3, 2_000);
        assertTrue(fine > 1e-6, "the case is trivial: " + fine);
        assertTrue(fine < 0.1, "the case is not small: " + fine);
        assertEquals(2, coarse / middle, 0.1);
        assertEquals(2, middle / fine, 0.05);
    }

    @ParameterizedTest
    @EnumSource(names = {"CPU_1", "CUDA"})
    void alongTheTargetsOwnSingularVectorsNothingIsLost(FastBackend fast) {
        Matrix target = PlainMatrices.random(new SplittableRandom(1), 6, 9);
        Dimensions dimensions = new Dimensions(List.of(9, 7, 8, 6));
        assertTrue(drift(fast, dimensions, target, target, 0.01, 1_000) < 1e-13);
    }
}
