package org.gradus.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CurvesTest {
    private static final int ROWS = 20_000;

    private static double[] column(IntToDoubleFunction value) {
        return IntStream.range(0, ROWS).mapToDouble(value).toArray();
    }

    @Test
    void stepsOfACurveStayWhereTheyAre() {
        double[] steps = column(row -> row);
        double[] curve =
                column(row -> 1 / (1 + Math.exp(-(row - 5000) / 50.0)) + 1 / (1 + Math.exp(-(row - 15000) / 9.0)));
        Curves thinned = new Curves(steps, Map.of("loss", curve)).thinned(400);
        double[] kept = thinned.columns().get("loss");
        assertTrue(kept.length <= 400 && kept.length > 10, kept.length + " rows");
        assertEquals(0, thinned.steps()[0]);
        assertEquals(ROWS - 1, thinned.steps()[kept.length - 1]);
        int right = 1;
        for (int row = 0; row < ROWS; row++) {
            while (thinned.steps()[right] < row) {
                right++;
            }
            double from = thinned.steps()[right - 1];
            double share = (row - from) / (thinned.steps()[right] - from);
            double between = kept[right - 1] + share * (kept[right] - kept[right - 1]);
            assertEquals(curve[row], between, 2 * 0.01, "at step " + row);
        }
    }

    @Test
    void noiseIsCutToTheRowsThatAreAllowed() {
        Random random = new Random(1);
        double[] steps = column(row -> row);
        Curves noise = new Curves(
                steps,
                Map.of(
                        "a",
                        column(row -> random.nextGaussian()),
                        "b",
                        column(row -> Math.exp(9 * random.nextGaussian()))));
        Curves thinned = noise.thinned(50);
        assertTrue(thinned.steps().length <= 50);
        assertEquals(ROWS - 1, thinned.steps()[thinned.steps().length - 1]);
        assertTrue(
                IntStream.range(1, thinned.steps().length).allMatch(i -> thinned.steps()[i] > thinned.steps()[i - 1]));
    }

    @Test
    void aShortTableStaysWhole() {
        Curves curves = new Curves(new double[] {0, 1}, Map.of("loss", new double[] {1, Double.NaN}));
        assertSame(curves, curves.thinned(2));
    }

    @Test
    void aColumnOfNothingIsAGap() {
        double[] nothing = new double[ROWS];
        Arrays.fill(nothing, Double.NaN);
        Curves thinned = new Curves(column(row -> row), Map.of("x", nothing, "zero", new double[ROWS])).thinned(10);
        assertTrue(thinned.steps().length <= 10);
    }

    @Test
    void columnsOfDifferentLengthsAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Curves(new double[] {0, 1}, Map.of("loss", new double[] {1})));
        assertThrows(IllegalArgumentException.class, () -> new Curves(new double[0], Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "1.23456789, 1.2346, 1.2346",
        "-98765.4321, -98765, -98765",
        "1.5e-30, 1.5e-30, 1.5e-30",
        "123456789.25, 1.2346e8, 1.2346e8",
        "2.99996e-4, 3.0e-4, 3e-4",
        "0.0012, 0.0012, 0.0012",
        "4.9e-324, 4.9e-324, 4.9e-324",
    })
    void numbersKeepFiveDigits(double value, double rounded, String text) {
        assertEquals(rounded, Digits.rounded(value), Math.abs(rounded) * 1e-15);
        assertEquals(text, Digits.text(value));
    }
}
