package org.gradus.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.gradus.report.SweepRuns.Run;
import org.gradus.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

class SweepFigureTest {
    private static final List<String> KEYS = List.of("descent.step-size", "factors.initialization.scale");
    private static final String HATCH = "stroke:rgb(96,96,96)";

    @TempDir
    Path folder;

    private static Run run(String outcome, double loss, String... values) {
        return new Run(List.of(values), outcome, Map.of("loss", loss));
    }

    /** Step sizes 10^-i against scales 2^-j; NaN for a run that diverged. */
    private static SweepRuns grid(int sizes, int scales, ToDoubleBiFunction<Integer, Integer> loss) {
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < sizes; i++) {
            for (int j = 0; j < scales; j++) {
                double value = loss.applyAsDouble(i, j);
                runs.add(run(Double.isNaN(value) ? "diverged" : "done", value, "1e-" + i, "" + Math.pow(2, -j)));
            }
        }
        return new SweepRuns("grid", KEYS, runs);
    }

    private static SweepView view(SweepRuns runs) {
        return SweepView.of(runs, "loss", 0, Optional.of(1), 100);
    }

    private static String heatMap(SweepRuns runs) throws Exception {
        return wellFormed(new HeatMapFigure(Columns.ONE, view(runs)));
    }

    private static String lines(SweepRuns runs) throws Exception {
        return wellFormed(SweepLinesFigure.of(Columns.ONE, view(runs)));
    }

    private static String wellFormed(Drawing drawing) throws Exception {
        String svg = SvgFile.text(drawing);
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertFalse(svg.contains("NaN") || svg.contains("Infinity"));
        assertTrue(PdfFile.bytes(drawing).length > 1_000);
        return svg;
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static List<String> names(List<Path> files) {
        return files.stream().map(file -> file.getFileName().toString()).toList();
    }

    @Test
    void aHeatMapHasItsValuesInTheCellsAndNamesItsAxes() throws Exception {
        String svg = heatMap(grid(3, 4, (i, j) -> 1 + i + 10 * j));
        for (String label : List.of("final loss", "step size", "scale", "0.01", "0.125", "33", "1", "12")) {
            assertTrue(svg.contains(">" + label + "<"), label);
        }
        assertFalse(svg.contains("diverged") || svg.contains("no value") || svg.contains(HATCH));
    }

    @Test
    void theLargerValueHasTheLighterColour() throws Exception {
        String svg = heatMap(grid(2, 2, (i, j) -> i + j));
        assertTrue(count(svg, "fill:rgb(68,1,84)") >= 1, "the least, dark violet");
        assertTrue(count(svg, "fill:rgb(253,231,37)") >= 1, "the greatest, yellow");
    }

    @Test
    void cellsOfDivergedRunsAreHatchedAndExplained() throws Exception {
        String svg = heatMap(grid(3, 3, (i, j) -> i == 0 ? Double.NaN : 1 + i + j));
        assertTrue(svg.contains(">diverged<") && svg.contains("hatched: diverged"));
        assertTrue(count(svg, HATCH) > 3 * 5, "lines of three cells and of the legend");
        assertTrue(lines(grid(3, 3, (i, j) -> i == 0 ? Double.NaN : 1 + i + j)).contains(">diverged<"));
    }

    @Test
    void failedAndDivergedRunsAreBothNamed() throws Exception {
        List<Run> runs = new ArrayList<>(
                grid(2, 3, (i, j) -> i == 0 ? Double.NaN : 1.0 + j).runs());
        runs.set(0, new Run(List.of("1e-0", "1.0"), "failed", Map.of()));
        assertTrue(heatMap(new SweepRuns("", KEYS, runs)).contains(">diverged or failed<"));
    }

    @Test
    void aCellWithoutARunIsWhiteAndExplained() throws Exception {
        List<Run> runs = grid(3, 3, (i, j) -> 1 + i + j).runs().subList(0, 7);
        String svg = heatMap(new SweepRuns("", KEYS, runs));
        assertTrue(svg.contains(">no value<") && !svg.contains("hatched"));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 5", "5, 1", "2, 2", "40, 30"})
    void gridsOfAnyShapeAreDrawn(int sizes, int scales) throws Exception {
        SweepRuns runs = grid(sizes, scales, (i, j) -> 1 + i + j);
        assertTrue(heatMap(runs).contains(">step size<"));
        assertTrue(lines(runs).contains(">step size<"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -3, 1e-300, 1e300, Double.NaN, 4.9e-324})
    void equalValuesAreDrawn(double value) throws Exception {
        SweepRuns runs = grid(3, 3, (i, j) -> value);
        assertTrue(heatMap(runs).contains(">scale<"));
        assertTrue(lines(runs).contains("final loss"));
    }

    @Test
    void strangeValuesAreDrawn() throws Exception {
        double[] strange = {Double.POSITIVE_INFINITY, -1, 0, 1e308, Double.MIN_VALUE, 1, -1e308, 7, 0.5};
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            runs.add(run("done", strange[i], "" + i / 3, "" + i % 3));
        }
        assertTrue(lines(new SweepRuns("", KEYS, runs)).contains("final loss"));
    }

    @Test
    void repetitionsAreAveragedAndTheCaptionSaysSo() throws Exception {
        List<String> keys = List.of("descent.step-size", "factors.initialization.scale", "problem.seed");
        List<Run> runs = new ArrayList<>();
        for (String size : List.of("0.1", "0.01")) {
            for (String scale : List.of("1", "2")) {
                runs.add(run("done", size.equals("0.1") ? 1 : 100, size, scale, "1"));
                runs.add(run("done", size.equals("0.1") ? 4 : 10_000, size, scale, "2"));
                runs.add(run("diverged", Double.NaN, size, scale, "3"));
            }
        }
        SweepView view = view(new SweepRuns("", keys, runs));
        assertTrue(view.logarithmic());
        assertEquals(2, view.panels().get(0).cells()[0][1].mean(), 1e-12, "geometric mean of 1 and 4");
        assertEquals(1_000, view.panels().get(0).cells()[1][0].mean(), 1e-9);
        String svg = heatMap(new SweepRuns("", keys, runs));
        assertTrue(
                svg.contains(">geometric means over seed<") && svg.contains(">mean of the runs that did not diverge<"));
        assertTrue(lines(new SweepRuns("", keys, runs)).contains(">least to greatest<"));
    }

    @Test
    void aThirdKeyBecomesPanels() throws Exception {
        List<String> keys = List.of("a.step-size", "b.step-size", "factors.depth");
        List<Run> runs = new ArrayList<>();
        for (String depth : List.of("2", "3", "4")) {
            for (String size : List.of("0.1", "0.01")) {
                for (String other : List.of("1", "2")) {
                    runs.add(run("done", Double.parseDouble(depth), size, other, depth));
                }
            }
        }
        String svg = heatMap(new SweepRuns("", keys, runs));
        for (String label : List.of("depth = 2", "depth = 4", "a step size", "b step size")) {
            assertTrue(svg.contains(">" + label + "<"), label);
        }
        assertTrue(lines(new SweepRuns("", keys, runs)).contains(">depth = 3<"));
    }

    @Test
    void valuesThatAreNoNumbersStandSideBySide() throws Exception {
        List<Run> runs = new ArrayList<>();
        for (String kind : List.of("identical", "gaussian", "<b>漢字", "auto")) {
            for (String depth : List.of("2", "3")) {
                runs.add(run("done", kind.length(), kind, depth));
            }
        }
        SweepRuns all = new SweepRuns("", List.of("factors.initialization.kind", "factors.depth"), runs);
        for (String svg : List.of(heatMap(all), lines(all))) {
            assertTrue(svg.contains(">gaussian<") && svg.contains("&lt;b&gt;"));
        }
    }

    @Test
    void hugeSweepsAreThinnedAndTheFigureSaysSo() throws Exception {
        String svg = heatMap(grid(250, 120, (i, j) -> Math.exp(-i / 10.0 - j)));
        assertTrue(svg.contains(">of step size one value in 3; of scale one value in 2<"));
        assertTrue(svg.length() < 2_000_000, () -> svg.length() + " characters");
    }

    @Test
    void oneSweptKeyGivesLinesOnly() {
        SweepRuns runs = new SweepRuns(
                "", List.of("factors.depth"), List.of(run("done", 1, "2"), run("done", 3, "3"), run("done", 2, "4")));
        SweepChoice choice = SweepChoice.of(runs).orElseThrow();
        assertEquals(List.of("lines-loss.svg"), names(Plots.sweep(folder, runs, choice, Paper.USUAL)));
    }

    @Test
    void keysThatVaryTogetherGiveNoHeatMap() {
        SweepRuns zipped = new SweepRuns(
                "", KEYS, List.of(run("done", 1, "1", "4"), run("done", 2, "2", "5"), run("done", 3, "3", "6")));
        List<Path> written = Plots.sweep(folder, zipped, SweepChoice.of(zipped).orElseThrow(), Paper.USUAL);
        assertEquals(List.of("lines-loss.svg"), names(written));
    }

    @Test
    void twoKeysGiveAHeatMapToo() throws Exception {
        SweepRuns runs = grid(3, 4, (i, j) -> 1 + i + j);
        SweepChoice choice = SweepChoice.of(runs).orElseThrow();
        assertEquals(1, choice.across(), "of more values");
        Paper paper = new Paper(Columns.TWO, Set.of(Format.SVG, Format.PDF));
        List<Path> first = Plots.sweep(folder.resolve("1"), runs, choice, paper);
        assertEquals(
                List.of("heat-map-loss.svg", "heat-map-loss.pdf", "lines-loss.svg", "lines-loss.pdf"), names(first));
        List<Path> second = Plots.sweep(folder.resolve("2"), runs, choice, paper);
        for (int i = 0; i < first.size(); i++) {
            assertArrayEquals(Files.readAllBytes(first.get(i)), Files.readAllBytes(second.get(i)));
        }
        assertTrue(Files.readString(first.get(0)).contains("width=\"180mm\""));
    }

    @Test
    void whatDoesNotDifferIsNotChosen() {
        assertEquals(Optional.empty(), SweepChoice.of(grid(3, 3, (i, j) -> 1)));
        assertEquals(Optional.empty(), SweepChoice.of(grid(3, 3, (i, j) -> Double.NaN)));
        assertEquals(Optional.empty(), SweepChoice.of(grid(1, 1, (i, j) -> 1)));
        List<Run> seeds = List.of(run("done", 1, "1"), run("done", 2, "2"));
        assertEquals(
                Optional.empty(), SweepChoice.of(new SweepRuns("", List.of("problem.seed"), seeds)), "repetitions");
        assertEquals(Optional.empty(), SweepChoice.of(new SweepRuns("", KEYS, List.of())));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "2, 0", "0, 2", "-1, 0"})
    void keysThatAreNoneAreRefused(int across, int up) {
        SweepChoice choice = new SweepChoice(List.of("loss"), across, Optional.of(up));
        SweepRuns runs = grid(2, 2, (i, j) -> i + j);
        assertThrows(IllegalArgumentException.class, () -> Plots.sweep(folder, runs, choice, Paper.USUAL));
    }

    @Test
    void rowsOfATableBecomeRuns() {
        Map<String, String> row = Map.of(
                "run",
                "0001",
                "a.b",
                "3",
                "outcome",
                "done",
                "steps",
                "7",
                "loss",
                "nan",
                "test_error",
                "",
                "plateau_1",
                "5");
        SweepRuns runs = SweepRuns.of("s", List.of("a.b"), List.of(row));
        assertEquals(List.of("plateau_1", "steps"), runs.measures());
        assertEquals(7, runs.runs().get(0).measure("steps"));
        assertThrows(StoreException.class, () -> SweepRuns.of("s", List.of("a.c"), List.of(row)));
        Map<String, String> damaged = Map.of("run", "1", "a.b", "3", "outcome", "done", "loss", "1,5");
        assertTrue(assertThrows(StoreException.class, () -> SweepRuns.of("s", List.of("a.b"), List.of(damaged)))
                .getMessage()
                .contains("column loss: '1,5' is not a number"));
    }
}
