package org.gradus.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThinningTest {
    private static final int MANY = 1_000_000;

    private static double[] spaced(int count, double width) {
        return IntStream.range(0, count).mapToDouble(j -> j * width / count).toArray();
    }

    private static double interpolated(double[][] path, double x) {
        int right = 1;
        while (path[0][right] < x) {
            right++;
        }
        double share = (x - path[0][right - 1]) / (path[0][right] - path[0][right - 1]);
        return path[1][right - 1] + share * (path[1][right] - path[1][right - 1]);
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 500, 1_700})
    void aThinnedCurvePassesEveryPointWithinTheTolerance(int count) {
        double[] x = spaced(count, 200);
        double[] y = Arrays.stream(x)
                .map(t -> 60 * Math.tanh((t - 90) / 3) + 5 * Math.sin(t / 9))
                .toArray();
        double[][] path = Thinning.path(x, List.of(y), MANY);
        assertTrue(path[0].length < 120, () -> path[0].length + " points");
        for (int j = 1; j < count; j++) {
            assertEquals(y[j], interpolated(path, x[j]), Thinning.TOLERANCE + 1e-9);
        }
    }

    @Test
    void aSpikeOfOneRowAmongMillionsOfRowsIsKept() {
        double[] x = spaced(MANY, 200);
        double[] y = new double[MANY];
        y[777_777] = 50;
        double[][] path = Thinning.path(x, List.of(y), 1_000);
        assertTrue(Arrays.stream(path[1]).anyMatch(value -> value == 50));
        assertTrue(path[1].length < 10);
    }

    @Test
    void gapsStayAndALonePointIsALineOfNoLength() {
        double nan = Double.NaN;
        double[][] path =
                Thinning.path(new double[] {0, 1, 2, 3, 4, 5}, List.of(new double[] {7, 8, nan, 9, nan, nan}), MANY);
        assertArrayEquals(new double[] {7, 8, nan, 9, 9, nan}, path[1]);
        assertArrayEquals(new double[] {0, 1, 1, 3, 3, 3}, path[0]);
    }

    @Test
    void aCurveOfGapsIsNoPath() {
        double[] y = {Double.NaN, Double.NaN};
        assertEquals(0, Thinning.path(new double[] {0, 1}, List.of(y), MANY)[0].length);
        assertEquals(0, Thinning.path(new double[] {0, 1}, List.of(), MANY)[0].length);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void noiseWithAndWithoutGapsStaysBelowTheBound(boolean gaps) {
        Random random = new Random(1);
        double[] x = spaced(20_000, 200);
        double[] y = new double[x.length];
        for (int j = 0; j < y.length; j++) {
            y[j] = gaps && j % 2 == 0 ? Double.NaN : 100 * random.nextDouble();
        }
        double[][] path = Thinning.path(x, Collections.nCopies(20, y), 320);
        assertTrue(path[0].length <= 320 && path[0].length > 20);
    }

    @Test
    void aBoundThatCurvesCannotKeepIsRefused() {
        List<double[]> curves = Collections.nCopies(20, new double[] {1});
        assertThrows(IllegalArgumentException.class, () -> Thinning.path(new double[] {1}, curves, 100));
    }
}
