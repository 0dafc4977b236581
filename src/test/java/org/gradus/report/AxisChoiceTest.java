package org.gradus.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisChoiceTest {
    private static final double[] STEPS = {1, 2, 3};

    private static RunCurves curves(double[][] values, double[] loss, double[] test, double... target) {
        return new RunCurves("", STEPS, values, new double[] {1, 1, 1}, loss, test, target);
    }

    private static RunCurves withValues(double[][] values, double... target) {
        return curves(values, new double[] {1, 1, 1}, null, target);
    }

    private static boolean isLogarithmic(Figure figure) {
        return figure.description().contains("logarithmic");
    }

    @ParameterizedTest
    @CsvSource({"1, false", "0.5, false", "0.49, true", "0.001, true"})
    void singularValuesStandOnALogarithmicAxisWhereTheSmallestIsLessThanATwentiethOfTheLargest(
            double smallest, boolean expected) {
        double[][] values = {{0.1, 5, 10}, {0.1, 0.2, smallest}, {0.1, 0.1, 0.1}};
        assertEquals(
                expected, isLogarithmic(SingularValuesFigure.of(Columns.ONE, withValues(values, 10, smallest, 0))));
        assertEquals(expected, isLogarithmic(SingularValuesFigure.of(Columns.ONE, withValues(new double[][] {
            values[0], values[1]
        }))));
    }

    @Test
    void theLogarithmicAxisEndsTwoDecadesBelowTheSmallestColouredTarget() throws Exception {
        double[][] values = {{1e-9, 5, 100}, {1e-9, 1e-9, 1}};
        String svg = SvgFile.text(SingularValuesFigure.of(Columns.ONE, withValues(values, 100, 1)));
        assertTrue(svg.contains(">10⁻²<") && svg.contains(">10²<") && !svg.contains(">10⁻³<"));
    }

    @Test
    void singularValuesBeyondTheTargetsRankAreOneGreyGroup() throws Exception {
        double[][] values = {{1, 2, 3}, {1, 1, 1}, {1, 0.5, 0.25}};
        String svg = SvgFile.text(SingularValuesFigure.of(Columns.ONE, withValues(values, 3, 0, 0)));
        assertTrue(svg.contains(">σ₁<") && svg.contains(">σ₂–σ₃<") && !svg.contains(">σ₂<"));
    }

    @ParameterizedTest
    @CsvSource({"1, 0.1, true", "1, 0, true", "0, 0, false", "1, -1, false"})
    void aLossIsLogarithmicUnlessNegativeOrNowherePositive(double first, double second, boolean expected) {
        double[] loss = {first, second, first};
        assertEquals(expected, isLogarithmic(CurveFigure.loss(Columns.ONE, curves(new double[0][], loss, null))));
    }

    @Test
    void aTestErrorWithAZeroIsLinear() {
        double[] loss = {1, 1, 1};
        assertTrue(isLogarithmic(
                CurveFigure.testError(Columns.ONE, curves(new double[0][], loss, new double[] {1, 2, 3}))));
        assertFalse(isLogarithmic(
                CurveFigure.testError(Columns.ONE, curves(new double[0][], loss, new double[] {1, 0, 3}))));
    }
}
