package org.gradus.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gradus.report.Chart.Axis;
import org.gradus.report.Chart.Line;
import org.gradus.report.Chart.Panel;
import org.gradus.report.Chart.Style;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts of curves, levels, points and plateaus. */
final class ChartFigureTest {
    private static final double[] STEPS = {0, 1, 10, 100, 1000};

    @TempDir
    private Path folder;

    private static Line line(String label, double... y) {
        return new Line(label, STEPS, y, Style.SOLID, 0);
    }

    private String draw(Axis across, Panel... panels) throws IOException {
        Path file = folder.resolve("chart.svg");
        Plots.chart(file, new Chart("title", across, List.of(panels)));
        return Files.readString(file);
    }

    @Test
    void everythingThatIsNamedIsWritten() throws IOException {
        Panel panel = Panel.of("", Axis.linear("rank"), List.of(line("curve", 5, 4, 3, 2, 1)))
                .with(
                        List.of(new Chart.Level("level", 2, -1)),
                        List.of(new Chart.Point("point", 10, 3, 5, 20, 0)),
                        List.of(new Predicted.Band(1, 20, 900L, 30L, 800L)));
        String svg = draw(Axis.steps(), panel);
        for (String text : List.of("step k", "rank", "curve", "level", "point", "predicted plateau", "certified")) {
            assertTrue(svg.contains(">" + text + "<"), text);
        }
        assertTrue(svg.contains("height=\"65mm\""));
    }

    @Test
    void panelsStandUnderTheirHeadingsWithOneLegend() throws IOException {
        Panel first = Panel.of("first", Axis.linear("rank"), List.of(line("curve", 5, 4, 3, 2, 1)));
        Panel second = Panel.of("second", Axis.logarithmic("loss"), List.of(line("curve", 1, 0.1, 0, 1e-3, 1e-4)));
        String svg = draw(Axis.steps(), first, second);
        assertTrue(svg.indexOf(">first<") < svg.indexOf(">second<"));
        assertEquals(svg.indexOf(">curve<"), svg.lastIndexOf(">curve<"));
        assertTrue(svg.contains(">10⁻²<"));
        assertThrows(IllegalArgumentException.class, () -> draw(Axis.steps(), first, first));
    }

    @Test
    void anAxisOfStepsWithARangeLeavesOutWhatLiesBefore() throws IOException {
        Panel panel = Panel.of("", Axis.linear("rank"), List.of(line("", 5, 4, 3, 2, 1)));
        assertTrue(draw(Axis.steps(), panel).contains(">10⁰<"));
        assertFalse(draw(Axis.steps().between(10, 1000), panel).contains(">10⁰<"));
    }

    @Test
    void anAxisOfWholeNumbersHasAMarkAtEach() throws IOException {
        Line curve = new Line("", new double[] {2, 3, 4}, new double[] {1, 2, 3}, Style.DASHED, 1);
        String svg = draw(Axis.whole("depth"), Panel.of("", Axis.linear("y").between(0, 8), List.of(curve)));
        assertTrue(svg.contains(">3<") && !svg.contains(">2.5<"), svg);
    }

    @Test
    void curvesWithoutValuesAreRefused() {
        double[] none = {};
        assertThrows(IllegalArgumentException.class, () -> new Line("", none, none, Style.THIN, 0));
        assertThrows(IllegalArgumentException.class, () -> new Line("", STEPS, none, Style.THIN, 0));
        assertThrows(IllegalArgumentException.class, () -> new Chart("", Axis.steps(), List.of()));
    }
}
