package org.gradus.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.gradus.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class ComparisonFigureTest {
    private static final Predicted PREDICTED =
            new Predicted(List.of(), List.of(new Predicted.Band(1, 189, 349L, 214L, 318L)));

    @TempDir
    Path folder;

    private String written(List<Compared> panels) throws Exception {
        Path file = folder.resolve("new/compared.svg");
        Plots.compare(file, panels);
        return Files.readString(file);
    }

    private Element parsed(List<Compared> panels) throws Exception {
        written(panels);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("new/compared.svg").toFile())
                .getDocumentElement();
    }

    private static Compared panel(String name, Predicted predicted, boolean dense) {
        RunCurves curves = SampleRuns.steps();
        return new Compared(name, "modes", curves.with(predicted), dense ? Optional.of(curves) : Optional.empty());
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private double height(int panels) throws Exception {
        Element svg = parsed(Collections.nCopies(panels, panel("a", PREDICTED, true)));
        assertEquals("90mm", svg.getAttribute("width"));
        return Double.parseDouble(svg.getAttribute("height").replace("mm", ""));
    }

    @Test
    void eachPanelAdds35MillimetresToTheHeightAndKeepsTheWidth() throws Exception {
        assertEquals(70, height(3) - height(1), 0.02);
    }

    @Test
    void namesStepsAndLegendAreWrittenOnce() throws Exception {
        String svg = written(List.of(panel("first", PREDICTED, true), panel("second", Predicted.NONE, false)));
        for (String text : List.of("first", "second", "step k", "10³", "modes", "dense", "predicted plateau")) {
            assertEquals(1, count(svg, ">" + text + "<"), text);
        }
        assertEquals(2, count(svg, ">r(W(k))<"));
    }

    @Test
    void withoutDenseRunsOrPredictionsTheLegendNamesTheSolverAlone() throws Exception {
        String svg = written(List.of(panel("a", Predicted.NONE, false)));
        assertTrue(svg.contains(">modes<"));
        assertFalse(svg.contains(">dense<") || svg.contains("predicted"));
    }

    @Test
    void aDenseRunIsDashedOverTheOther() throws Exception {
        String alone = written(List.of(panel("a", Predicted.NONE, false)));
        String both = written(List.of(panel("a", Predicted.NONE, true)));
        assertEquals(2, count(both, "stroke-dasharray") - count(alone, "stroke-dasharray"), "curve and legend");
    }

    @Test
    void aLongerRunWidensTheStepsOfAll() throws Exception {
        double[] one = {1, 1};
        RunCurves longer = new RunCurves("", new double[] {5, 1e6}, new double[0][], one, one, null, null);
        String svg = written(
                List.of(panel("a", PREDICTED, false), new Compared("longer", "dense", longer, Optional.empty())));
        assertTrue(svg.contains(">10⁶<") && svg.contains(">0<") && svg.contains(">10⁰<"));
    }

    @Test
    void aStartAloneIsDrawn() throws Exception {
        double[] one = {1};
        RunCurves start = new RunCurves("", new double[] {0}, new double[0][], one, one, null, null);
        assertTrue(written(List.of(new Compared("a", "dense", start, Optional.empty())))
                .contains(">step k<"));
    }

    @Test
    void strangeEqualAndLongNamesCannotBreakTheFile() throws Exception {
        String text = parsed(List.of(
                        panel("</text>&\u0000\u001b", PREDICTED, false),
                        panel("same", PREDICTED, false),
                        panel("same", PREDICTED, false),
                        panel("x".repeat(5_000), PREDICTED, false)))
                .getTextContent();
        assertTrue(text.contains("</text>&\ufffd\ufffd") && text.contains("same (2)") && text.contains("…xxx"));
        assertFalse(text.contains("x".repeat(60)));
    }

    @Test
    void aFileThatCannotBeReplacedIsAnInputOutputErrorWithItsName() throws Exception {
        Path taken = Files.createDirectories(folder.resolve("taken.svg/inner")).getParent();
        List<Compared> panels = List.of(panel("a", PREDICTED, false));
        StoreException error = assertThrows(StoreException.class, () -> Plots.compare(taken, panels));
        assertTrue(error.getMessage().contains("taken.svg"));
    }
}
