package org.gradus.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrossingBoundsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void theExactStepLiesWithinTheBounds(int depth) {
        SplittableRandom random = new SplittableRandom(900 + depth);
        int crossed = 0;
        for (int i = 0; i < 1000; i++) {
            double lambda = Math.exp(random.nextDouble(-3, 3));
            double limit = Math.pow(lambda, 1.0 / depth);
            double alpha = limit * Math.exp(-random.nextDouble(0.01, depth < 3 ? 8 : 8.0 / depth));
            double eta = 1.9 / (depth * Math.pow(lambda, 2 - 2.0 / depth)) * Math.exp(-random.nextDouble(0, 5));
            double level =
                    random.nextInt(4) == 0 ? 1 - Math.exp(-random.nextDouble(1, 9)) : random.nextDouble(1e-3, 0.99);
            long step = ScalarDynamics.crossing(Start.identical(depth, alpha), lambda, eta, level, 3_000_000);
            CrossingBounds bounds = CrossingBounds.rise(depth, lambda, alpha, level, eta);
            String seen = "seed " + (900 + depth) + ": lambda " + lambda + ", alpha " + alpha + ", eta " + eta
                    + ", level " + level + ": " + step + " in " + bounds;
            if (step >= 0) {
                crossed++;
                assertTrue(bounds.lower() <= step && step <= bounds.upper(), seen);
            } else {
                assertTrue(bounds.upper() > 3_000_000, seen);
            }
        }
        assertTrue(crossed > 900, crossed + " of 1000 cases crossed");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aDecayIsWithinTheMirroredBounds(int depth) {
        SplittableRandom random = new SplittableRandom(950 + depth);
        for (int i = 0; i < 300; i++) {
            double lambda = i % 3 == 0 ? 0 : Math.exp(random.nextDouble(-3, 1)) * (i % 3 == 1 ? 1 : -1);
            double bottom = lambda > 0 ? Math.pow(lambda, 1.0 / depth) : 0;
            double alpha = bottom + random.nextDouble(0.5, 1.2);
            double y = bottom + (alpha - bottom) * random.nextDouble(0.5, 0.99);
            double steepest = CrossingBounds.steepestFall(depth, lambda, y, alpha);
            double eta = random.nextDouble(0.1, 0.9) / steepest;
            long step = firstBelow(depth, lambda, alpha, y, eta);
            CrossingBounds bounds = CrossingBounds.decay(depth, lambda, alpha, y, eta);
            String seen = "seed " + (950 + depth) + ": lambda " + lambda + ", alpha " + alpha + ", y " + y + ", eta "
                    + eta + ": " + step + " in " + bounds;
            assertTrue(bounds.lower() <= step && step <= bounds.upper(), seen);
        }
    }

    private static long firstBelow(int depth, double lambda, double alpha, double y, double eta) {
        double[] d = {alpha};
        long step = 0;
        while (d[0] > y) {
            ScalarDynamics.advance(depth, eta, new double[] {lambda}, d, 1);
            step++;
        }
        return step;
    }

    @Test
    void aLevelMetAtTheStartIsStepZero() {
        assertEquals(new CrossingBounds(0, 0, 0), CrossingBounds.rise(2, 1, 0.9, 0.5, 0.1));
        assertEquals(new CrossingBounds(0, 0, 0), CrossingBounds.rise(2, 1, 1.9, 0.5, 0.1));
    }

    @Test
    void aTimeBeyondDoublesBoundsNothing() {
        CrossingBounds bounds = CrossingBounds.rise(8, 1, 1e-60, 0.5, 0.1);
        assertEquals(new CrossingBounds(Double.POSITIVE_INFINITY, 0, Double.POSITIVE_INFINITY), bounds);
    }

    @Test
    void theBracketClosesAsTheStepShrinks() {
        for (double eta = 1e-2; eta > 1e-9; eta /= 10) {
            CrossingBounds bounds = CrossingBounds.rise(3, 1, 0.1, 0.9, eta);
            assertTrue(eta * (bounds.upper() - bounds.lower()) < 100 * eta * bounds.flowTime());
        }
    }
}
