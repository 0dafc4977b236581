package org.gradus.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits by hand, and against the recursion d ← d − η d^{N−1}(d^N − λ) they are about. */
final class StepSizeTest {

    private static double next(double d, double lambda, int depth, double stepSize) {
        return d - stepSize * Math.pow(d, depth - 1) * (Math.pow(d, depth) - lambda);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 10, 0.5, 1, 2", // N = 1: λ and α do not matter
        "1, 0, 0, 1, 2",
        "2, 10, 0.01, 0.05, 0.1", // 1/(2Λ)
        "2, 1, 4, 0.020833333333333332, 1", // 1/(3α²) of a large start
        "3, 8, 0.1, 0.020833333333333332, 0.041666666666666664", // Λ^{4/3} = 16
        "3, 0, 2, 0.0125, Infinity", // 1/(5α⁴)
        "2, 0, 0, Infinity, Infinity",
        "4, 16, 1, 0.00390625, 0.0078125" // Λ^{3/2} = 64
    })
    void theLimitsByHand(int depth, double largest, double scale, double monotone, double stable) {
        assertEquals(monotone, StepSize.monotoneLimit(depth, largest, scale), 1e-14);
        assertEquals(stable, StepSize.stableLimit(depth, largest), 1e-14);
    }

    /** Every mode 0 ≤ λ ≤ Λ, started on either side of its limit, goes to it without passing it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void noModeOvershootsAtTheMonotoneLimit(int depth) {
        SplittableRandom random = new SplittableRandom(depth);
        for (int trial = 0; trial < 400; trial++) {
            double largest = Math.exp(random.nextDouble(-3, 3));
            double lambda = trial % 4 == 0 ? largest : trial % 7 == 0 ? 0 : largest * random.nextDouble();
            double scale = Math.pow(largest, 1.0 / depth) * random.nextDouble(0.01, 2);
            double stepSize = StepSize.monotoneLimit(depth, largest, scale);
            String which = "N = " + depth + ", Λ = " + largest + ", λ = " + lambda + ", α = " + scale;
            double rest = Math.pow(lambda, 1.0 / depth);
            double slack = 1e-12 * Math.max(rest, scale);
            double direction = Math.signum(rest - scale);
            double d = scale;
            for (int k = 0; k < 300; k++) {
                double following = next(d, lambda, depth, stepSize);
                assertTrue(direction * (following - d) >= -slack, "turns back: " + which);
                assertTrue(direction * (rest - following) >= -slack, "overshoots: " + which);
                d = following;
            }
        }
    }

    /** The limit is sharp: 5 % beyond it the largest mode passes its limit when it comes from close by. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void beyondTheMonotoneLimitTheLargestModeOvershoots(int depth) {
        double largest = 3;
        double rest = Math.pow(largest, 1.0 / depth);
        double stepSize = 1.05 * StepSize.monotoneLimit(depth, largest, 0.1);
        assertTrue(next(rest * (1 - 1e-6), largest, depth, stepSize) > rest);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void theRestPointAttractsBelowTheStableLimitAndRepelsBeyond(int depth) {
        SplittableRandom random = new SplittableRandom(100 + depth);
        for (int trial = 0; trial < 50; trial++) {
            double largest = Math.exp(random.nextDouble(-2, 2));
            double rest = Math.pow(largest, 1.0 / depth);
            double limit = StepSize.stableLimit(depth, largest);
            double near = rest * (1 + 1e-3 * random.nextDouble(-1, 1));
            assertTrue(settles(near, largest, depth, 0.95 * limit), "Λ = " + largest);
            assertFalse(settles(near, largest, depth, 1.05 * limit), "Λ = " + largest);
            assertFalse(settles(rest * random.nextDouble(0.1, 0.9), largest, depth, 1.05 * limit), "Λ = " + largest);
        }
    }

    private static boolean settles(double start, double lambda, int depth, double stepSize) {
        double d = start;
        for (int k = 0; k < 2_000; k++) {
            d = next(d, lambda, depth, stepSize);
        }
        return Math.abs(Math.pow(d, depth) - lambda) < 1e-6 * lambda;
    }

    @Test
    void theStableLimitIsTwiceTheMonotoneOneForSmallStarts() {
        assertEquals(2 * StepSize.monotoneLimit(5, 7, 0.1), StepSize.stableLimit(5, 7), 1e-16);
    }
}
