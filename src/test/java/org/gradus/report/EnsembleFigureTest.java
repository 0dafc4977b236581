package org.gradus.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.gradus.report.Ensemble.Curve;
import org.gradus.report.Ensemble.Group;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnsembleFigureTest {
    private static final double[] STEPS = {0, 1, 2, 5, 10, 100};

    @TempDir
    private Path folder;

    private static Curve curve(int number) {
        double[] ranks = STEPS.clone();
        double[] losses = STEPS.clone();
        for (int j = 0; j < STEPS.length; j++) {
            ranks[j] = 1 + 0.1 * j + 0.01 * number;
            losses[j] = Math.pow(10, -j) * (1 + number);
        }
        return new Curve(STEPS, ranks, losses, true);
    }

    private static Group group(String label, int runs) {
        return new Group(
                label,
                IntStream.range(0, runs).mapToObj(EnsembleFigureTest::curve).toList());
    }

    private String svg(List<Group> groups) throws Exception {
        Path file = folder.resolve("plots/ensemble.svg");
        Plots.ensemble(file, new Ensemble("a < b", groups, new double[] {2, 1}));
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        return Files.readString(file);
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void runsMeanAndQuartilesHaveAnEntryInTheLegendAndTheTargetItsLevels() throws Exception {
        String svg = svg(List.of(group("", 5)));
        for (String text : List.of("5 runs", "mean", "25–75 %", "effective rank", "loss", "step k", "r(Ŵ₂) = 1.50")) {
            assertTrue(svg.contains(">" + text + "<"), text);
        }
        assertTrue(svg.contains("<title>effective rank, loss</title>"), svg.substring(0, 600));
        assertTrue(svg.contains("quartiles"), svg.substring(0, 900));
    }

    @Test
    void groupsAreNamedEachOnce() throws Exception {
        String svg = svg(List.of(group("depth 2", 4), group("depth 3", 1), group("depth 4", 4)));
        for (String label : List.of("depth 2", "depth 3", "depth 4", "25–75 %")) {
            assertEquals(1, count(svg, ">" + label + "<"), label);
        }
        assertFalse(svg.contains(">mean<"));
    }

    @Test
    void threeRunsHaveAMeanButNoBand() throws Exception {
        String svg = svg(List.of(group("", 3)));
        assertTrue(svg.contains(">mean<"));
        assertFalse(svg.contains("25–75 %<"));
    }

    @Test
    void aSingleRunIsDrawnAsItIs() throws Exception {
        String svg = svg(List.of(group("", 1)));
        assertTrue(svg.contains(">1 run<"));
        assertFalse(svg.contains(">mean<"));
    }

    @Test
    void ofVeryManyRunsSomeAreDrawnAndThePictureSaysWhich() throws Exception {
        String svg = svg(List.of(group("", 900)));
        assertTrue(svg.contains(">900 runs<"));
        assertTrue(svg.contains("every 5th of 900"));
        assertTrue(svg.length() < 500_000, "" + svg.length());
    }

    @Test
    void aHighStartIsCutOffAndItsHeightTold() throws Exception {
        double[] ranks = {50, 40, 1.2, 1, 1.5, 1.5};
        double[] others = {60.4, 40, 1.2, 1, 1.5, 1.5};
        Group group =
                new Group("", List.of(new Curve(STEPS, ranks, STEPS, true), new Curve(STEPS, others, STEPS, true)));
        assertTrue(svg(List.of(group)).contains(">effective rank, which begins above, at 50 to 60<"));
    }

    @Test
    void zerosAndNonFiniteNumbersAreGaps() throws Exception {
        double[] ranks = {Double.NaN, 2, 2, Double.NaN, 2, 2};
        double[] losses = {1, 0, 1, 1, Double.POSITIVE_INFINITY, 1};
        List<Curve> curves = new ArrayList<>(List.of(new Curve(STEPS, ranks, losses, true)));
        curves.addAll(group("", 4).runs());
        assertFalse(svg(List.of(new Group("", curves))).contains("NaN"));
    }

    @Test
    void quartilesAreThoseOfNumPyAtTheStepsThatAllHave() {
        List<Curve> runs = List.of(
                new Curve(new double[] {0, 1, 2}, new double[] {1, 10, 7}, new double[3], true),
                new Curve(new double[] {0, 2}, new double[] {2, 9}, new double[2], true),
                new Curve(new double[] {0, 2, 3}, new double[] {4, 8, 0}, new double[3], true),
                new Curve(new double[] {0, 1, 2}, new double[] {8, 0, Double.NaN}, new double[3], true));
        Quartiles found = Quartiles.of(runs, Curve::effectiveRank);
        assertArrayEquals(new double[] {0, 2}, found.steps());
        assertArrayEquals(new double[] {1.75, Double.NaN}, found.lower());
        assertArrayEquals(new double[] {3.75, Double.NaN}, found.mean());
        assertArrayEquals(new double[] {5, Double.NaN}, found.upper());
    }

    @Test
    void nothingToDrawIsAnError() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Ensemble("", List.of(new Group("", List.of())), new double[0]));
        assertThrows(IllegalArgumentException.class, () -> new Curve(STEPS, new double[2], STEPS, true));
    }
}
