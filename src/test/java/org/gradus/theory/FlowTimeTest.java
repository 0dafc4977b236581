package org.gradus.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.apfloat.Apfloat;
import org.apfloat.ApfloatMath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowTimeTest {
    private static final int DIGITS = 40;

    /** (1/λ)[(α^{2−N} − y^{2−N})/(N−2) + λ^{2/N−1}(H(y/λ^{1/N}) − H(α/λ^{1/N}))], H(z) = ½z² ₂F₁(1, 2/N; 1+2/N; z^N). */
    private static double byHypergeometric(int depth, double lambda, double alpha, double y) {
        Apfloat l = exactly(lambda);
        Apfloat a = exactly(alpha);
        Apfloat b = exactly(y);
        Apfloat powers = ApfloatMath.pow(a, 2 - depth)
                .subtract(ApfloatMath.pow(b, 2 - depth))
                .divide(new Apfloat(depth - 2, DIGITS));
        Apfloat root = ApfloatMath.pow(l, new Apfloat(1, DIGITS).divide(new Apfloat(depth, DIGITS)));
        Apfloat h = h(depth, b.divide(root)).subtract(h(depth, a.divide(root)));
        Apfloat scaled = h.multiply(root).multiply(root).divide(l);
        return powers.add(scaled).divide(l).doubleValue();
    }

    /** Apfloat's own constructor rounds a double to 17 digits. */
    private static Apfloat exactly(double value) {
        return new Apfloat(new BigDecimal(value), DIGITS);
    }

    private static Apfloat h(int depth, Apfloat z) {
        Apfloat one = new Apfloat(1, DIGITS);
        Apfloat s = new Apfloat(2, DIGITS).divide(new Apfloat(depth, DIGITS));
        return z.multiply(z)
                .divide(new Apfloat(2, DIGITS))
                .multiply(ApfloatMath.hypergeometric2F1(one, s, one.add(s), ApfloatMath.pow(z, depth)));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 8})
    void growthAgreesWithTheHypergeometricFunction(int depth) {
        SplittableRandom random = new SplittableRandom(70 + depth);
        for (int i = 0; i < 12; i++) {
            double lambda = Math.exp(random.nextDouble(-4, 4));
            double limit = Math.pow(lambda, 1.0 / depth);
            double y = limit * random.nextDouble(0.05, 0.9999);
            double alpha = y * Math.exp(-Math.exp(random.nextDouble(-8, 2)));
            double expected = byHypergeometric(depth, lambda, alpha, y);
            assertEquals(
                    expected,
                    FlowTime.between(depth, lambda, alpha, y),
                    1e-13 * expected,
                    () -> "seed " + (70 + depth) + ", lambda " + lambda + ", alpha " + alpha + ", y " + y);
        }
    }

    /** Simpson's rule on ln x on ln x: it knows nothing of the substitutions. */
    @ParameterizedTest
    @CsvSource({
        "1, -2", "1, 0", "2, -2", "2, 0", "2, 0.5", "3, -0.3", "3, 0", "3, 0.1", "5, -7", "5, 0.02", "8, -1", "8, 0"
    })
    void decayAgreesWithSimpsonsRule(int depth, double lambda) {
        double alpha = 1.7;
        double y = 1.1;
        int panels = 4000;
        double h = Math.log(alpha / y) / panels;
        double sum = 0;
        for (int i = 0; i <= panels; i++) {
            double x = y * Math.exp(i * h);
            double value = x / (Math.pow(x, depth - 1) * (Math.pow(x, depth) - lambda));
            sum += value * (i == 0 || i == panels ? 1 : i % 2 == 0 ? 2 : 4);
        }
        double expected = sum * h / 3;
        assertEquals(expected, FlowTime.between(depth, lambda, alpha, y), 1e-11 * expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void timeToAPositionAndPositionAtATimeAreInverse(int depth) {
        SplittableRandom random = new SplittableRandom(700 + depth);
        for (int i = 0; i < 500; i++) {
            double lambda = switch (i % 4) {
                case 0 -> 0;
                case 1 -> -Math.exp(random.nextDouble(-4, 4));
                default -> Math.exp(random.nextDouble(-4, 4));
            };
            boolean growth = i % 4 == 2;
            double limit = Math.pow(Math.abs(lambda), 1.0 / depth);
            double alpha = growth ? limit * Math.exp(-random.nextDouble(0.01, 6)) : limit + random.nextDouble(0.1, 2);
            double bottom = lambda > 0 ? limit : 0;
            double share = random.nextDouble(0.001, 0.999);
            double y = growth ? alpha + share * (limit - alpha) : alpha - share * (alpha - bottom);
            double time = FlowTime.between(depth, lambda, alpha, y);
            // y sensitive to time where the wait was long: δy = f(y)·δt
            double slope = Math.abs(FlowTime.speed(depth, lambda, y)) * time;
            String seen =
                    "seed " + (700 + depth) + ": N " + depth + ", lambda " + lambda + ", alpha " + alpha + ", y " + y;
            assertEquals(y, FlowTime.at(depth, lambda, alpha, time), 1e-13 * y + 1e-13 * slope, seen);
        }
    }

    @Test
    void aShortWayIsAsAccurateAsItsSpeed() {
        double alpha = 0.5;
        double y = Math.nextUp(Math.nextUp(alpha));
        double speed = Math.pow(alpha, 3) * (2 - Math.pow(alpha, 4));
        assertEquals((y - alpha) / speed, FlowTime.between(4, 2, alpha, y), 1e-13 * (y - alpha) / speed);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 1, 0.1, 1",
        "3, 1, 0.1, 1.5",
        "3, 1, 0.5, 0.4",
        "2, 1, 1.5, 0.9",
        "3, -1, 0.5, 0.6",
        "1, 1, 0.5, 0.4",
        "2, -1, 0.5, 0",
        "2, 0, 0.5, 0.6",
        "1, 1, 0.5, 1",
        "1, 1, 1, 2"
    })
    void whatTheFlowNeverReachesTakesForEver(int depth, double lambda, double alpha, double y) {
        assertEquals(Double.POSITIVE_INFINITY, FlowTime.between(depth, lambda, alpha, y));
    }

    @Test
    void afterALongTimeTheLimitIsReached() {
        assertEquals(Math.cbrt(5), FlowTime.at(3, 5, 0.1, 1e4), 1e-15);
        assertEquals(Math.cbrt(5), FlowTime.at(3, 5, 3, 1e4), 1e-15);
        assertEquals(-5, FlowTime.at(1, -5, 3, 1e4), 1e-15);
        assertTrue(FlowTime.at(2, -5, 3, 1e3) < 1e-300);
    }

    @Test
    void badArgumentsAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> FlowTime.between(0, 1, 0.1, 0.2));
        assertThrows(IllegalArgumentException.class, () -> FlowTime.between(2, Double.NaN, 0.1, 0.2));
        assertThrows(IllegalArgumentException.class, () -> FlowTime.between(2, 1, 0, 0.2));
        assertThrows(IllegalArgumentException.class, () -> FlowTime.at(2, 1, 0.1, -1));
    }
}
