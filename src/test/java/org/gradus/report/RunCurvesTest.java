package org.gradus.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCurvesTest {
    private static final double[] TWO = {1, 2};

    private static RunCurves of(double[] steps, double[][] values, double[] loss, double[] test, double[] target) {
        return new RunCurves("a run", steps, values, TWO, loss, test, target);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "3, 2", "-1, 0", "0, 1.5", "0, NaN", "0, Infinity"})
    void stepsThatAreNotAscendingWholeNumbersAreRefused(double first, double second) {
        assertThrows(
                IllegalArgumentException.class,
                () -> of(new double[] {first, second}, new double[0][], TWO, null, null));
    }

    @Test
    void noRowsAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new RunCurves("", new double[0], new double[0][], new double[0], new double[0], null, null));
    }

    @Test
    void aColumnOfAnotherLengthIsRefusedByName() {
        double[] steps = {0, 1};
        double[] three = {1, 2, 3};
        assertTrue(message(steps, new double[][] {TWO, three}, TWO, null).contains("sigma_2 has 3 entries for 2"));
        assertTrue(message(steps, new double[0][], three, null).contains("loss has 3"));
        assertTrue(message(steps, new double[0][], TWO, three).contains("test_error has 3"));
    }

    private static String message(double[] steps, double[][] values, double[] loss, double[] test) {
        return assertThrows(IllegalArgumentException.class, () -> of(steps, values, loss, test, null))
                .getMessage();
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "1, -1", "NaN, 1", "Infinity, 1"})
    void aTargetSpectrumOutOfOrderIsRefused(double first, double second) {
        double[] target = {first, second};
        assertThrows(IllegalArgumentException.class, () -> of(new double[] {0, 1}, new double[0][], TWO, null, target));
    }

    @Test
    void absentColumnsAreEmpty() {
        RunCurves curves = of(new double[] {0, 1}, new double[0][], TWO, null, null);
        assertFalse(curves.hasTestError());
        assertEquals(0, curves.targetSingularValues().length);
        assertEquals(0, curves.referenceSpectrum().length);
    }

    @Test
    void withoutATargetTheLastFiniteRowIsTheReference() {
        double[][] values = {{5, 6, 7}, {1, 2, Double.NaN}};
        RunCurves curves =
                new RunCurves("", new double[] {0, 1, 2}, values, new double[3], new double[3], null, new double[0]);
        assertArrayEquals(new double[] {6, 2}, curves.referenceSpectrum());
    }

    @Test
    void roundingErrorsDoNotCountTowardsTheRank() {
        assertEquals(2, RunCurves.numericalRank(new double[] {10, 1e-3, 1e-15, 0}));
        assertEquals(0, RunCurves.numericalRank(new double[] {0, 0}));
        assertEquals(0, RunCurves.numericalRank(new double[0]));
    }
}
