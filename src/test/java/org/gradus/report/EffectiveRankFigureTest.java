package org.gradus.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EffectiveRankFigureTest {
    private static String drawn(double[] ranks, double... target) throws Exception {
        double[] steps = {0, 1, 10, 100};
        RunCurves curves = new RunCurves("", steps, new double[0][], ranks, new double[] {4, 3, 2, 1}, null, target);
        return SvgFile.text(EffectiveRankFigure.of(Columns.ONE, curves));
    }

    @Test
    void levelsAreTheEffectiveRanksOfTheTruncationsUpToTheRank() {
        assertEquals(List.of(1.0, 1.5, 1.7, 1.8), EffectiveRankFigure.levels(new double[] {10, 5, 2, 1, 0, 0}));
        assertEquals(List.of(), EffectiveRankFigure.levels(new double[0]));
        assertEquals(List.of(), EffectiveRankFigure.levels(new double[] {0, 0}));
    }

    @Test
    void atMostTwelveLevelsAreDrawn() {
        double[] equal = new double[40];
        Arrays.fill(equal, 3);
        assertEquals(12, EffectiveRankFigure.levels(equal).size());
    }

    @Test
    void levelsTooCloseAboveAnotherAreLeftOut() {
        List<Double> levels = List.of(1.0, 1.5, 1.51, 1.52, 1.9, 1.99, 2.0);
        List<Mark> labels = EffectiveRankFigure.spaced(EffectiveRankFigure.marks(levels), 0.072);
        assertEquals(
                List.of("r(Ŵ₁) = 1.00", "r(Ŵ₂) = 1.50", "r(Ŵ₅) = 1.90", "r(Ŵ₆) = 1.99"),
                labels.stream().map(Mark::label).toList());
    }

    @Test
    void crowdedLevelsHaveFewerLabelsThanLinesAndFewerLinesThanLevels() throws Exception {
        String svg = drawn(new double[] {1, 1.2, 1.3, 2}, 10, 4, 1, 0.3, 0.2, 0.11, 0.1, 0.1);
        long labels = svg.lines().filter(line -> line.contains("r(Ŵ")).count();
        long lines =
                svg.lines().filter(line -> line.contains("stroke-dasharray")).count();
        assertTrue(labels >= 3 && labels < lines && lines < 8, () -> labels + " labels, " + lines + " lines");
    }

    @Test
    void aHighStartIsClippedAndSaid() throws Exception {
        String svg = drawn(new double[] {100, 90, 1, 1.5}, 10, 5);
        assertTrue(svg.contains("from r = 100"));
        assertTrue(svg.contains(">1.5<") && !svg.contains(">50<") && !svg.contains(">100<"));
    }

    @Test
    void aRunThatEndedOnItsWayDownIsShownWhole() throws Exception {
        String svg = drawn(new double[] {100, 90, 70, 50}, 10, 5);
        assertFalse(svg.contains("from r ="));
        assertTrue(svg.contains(">100<"));
    }

    @Test
    void gapsAreNoCurveAndTheLevelsStay() throws Exception {
        double nan = Double.NaN;
        assertTrue(drawn(new double[] {nan, nan, nan, nan}, 10, 5).contains("r(Ŵ₂) = 1.50"));
        assertTrue(drawn(new double[] {nan, 2, 1, nan}).contains(">2.0<"));
    }
}
