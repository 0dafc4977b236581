package org.gradus.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.gradus.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PlotsTest {
    private static final long MOST_BYTES = 500_000;

    @TempDir
    Path folder;

    private static List<String> names(List<Path> files) {
        return files.stream().map(file -> file.getFileName().toString()).toList();
    }

    private static Element parsed(Path file) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
    }

    private static List<String> texts(Element svg) {
        NodeList nodes = svg.getElementsByTagName("text");
        return Stream.iterate(0, i -> i + 1)
                .limit(nodes.getLength())
                .map(i -> nodes.item(i).getTextContent())
                .toList();
    }

    @Test
    void aRunGivesThreeFiguresAndNothingElse() throws Exception {
        List<Path> written = Plots.write(folder.resolve("plots"), SampleRuns.steps());
        assertEquals(List.of("singular-values.svg", "effective-rank.svg", "loss.svg"), names(written));
        try (Stream<Path> present = Files.list(folder.resolve("plots"))) {
            assertEquals(3, present.count());
        }
    }

    @Test
    void aTestErrorIsAFourthFigure() {
        List<Path> written = Plots.write(folder, SampleRuns.photograph(30, 500, 3e-5));
        assertEquals("test-error.svg", names(written).get(3));
    }

    @Test
    void withoutSingularValuesTheirFigureIsLeftOut() {
        double[] one = {1};
        RunCurves curves = new RunCurves("", one, new double[0][], one, one, null, null);
        assertEquals(List.of("effective-rank.svg", "loss.svg"), names(Plots.write(folder, curves)));
    }

    @Test
    void figuresAreWellFormedWithAPhysicalSizeAndTextAsText() throws Exception {
        for (Path file : Plots.write(folder, SampleRuns.steps())) {
            Element svg = parsed(file);
            assertEquals("http://www.w3.org/2000/svg", svg.getNamespaceURI());
            assertEquals("90mm", svg.getAttribute("width"));
            assertEquals("65mm", svg.getAttribute("height"));
            assertEquals("0 0 255.12 184.25", svg.getAttribute("viewBox"));
            assertEquals(
                    "λ = 10, 5, 2, 1", svg.getElementsByTagName("title").item(0).getTextContent());
            assertTrue(texts(svg).containsAll(List.of("step k", "0", "10⁰", "10³")), () -> file + " " + texts(svg));
            assertEquals(1, Files.readString(file).split("font-family", -1).length - 1);
        }
    }

    @Test
    void lettersAreTextAndNotOutlines() throws Exception {
        Path file = Plots.write(folder, SampleRuns.steps()).get(0);
        Element svg = parsed(file);
        assertTrue(texts(svg).containsAll(List.of("singular values of W(k)", "σ₁", "σ₄", "σ₅–σ₁₀₀", "target")));
        assertFalse(Files.readString(file).contains(" Q"), "quadratic curves are letters' outlines");
        assertTrue(svg.getElementsByTagName("path").getLength() < 30);
    }

    @Test
    void targetsAreDashed() throws Exception {
        String svg = Files.readString(Plots.write(folder, SampleRuns.steps()).get(0));
        assertEquals(5, svg.split("stroke-dasharray", -1).length - 1, "four targets and the legend");
    }

    @Test
    void theSameCurvesGiveTheSameBytesInAnyLocale() throws Exception {
        Locale before = Locale.getDefault();
        List<Path> first = Plots.write(folder.resolve("1"), SampleRuns.photograph(60, 2_000, 3e-5));
        try {
            Locale.setDefault(Locale.GERMANY);
            List<Path> second = Plots.write(folder.resolve("2"), SampleRuns.photograph(60, 2_000, 3e-5));
            for (int i = 0; i < first.size(); i++) {
                assertArrayEquals(Files.readAllBytes(first.get(i)), Files.readAllBytes(second.get(i)));
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 1})
    void aThousandSingularValuesOfTwoThousandRowsStaySmallHoweverNoisy(double noise) throws Exception {
        Random random = new Random(7);
        double[] steps = new double[2_000];
        double[] target = new double[1_000];
        Arrays.setAll(steps, j -> j);
        Arrays.setAll(target, i -> 250 / Math.pow(i + 1, 1.2));
        double[][] values = new double[1_000][2_000];
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < steps.length; j++) {
                double rise = target[i] / (1 + Math.exp(8 - steps[j] * target[i] / 500));
                values[i][j] = (rise + 1e-3) * (1 + noise * (random.nextDouble() - 0.5));
            }
        }
        for (Path file : Plots.write(folder, SampleRuns.curves("large", steps, values, target, true))) {
            long size = Files.size(file);
            assertTrue(size <= MOST_BYTES, () -> file + " has " + size + " bytes");
            parsed(file);
        }
    }

    @Test
    void numbersThatCannotBeDrawnAreGaps() throws Exception {
        double nan = Double.NaN;
        double inf = Double.POSITIVE_INFINITY;
        double[] strange = {nan, inf, 0, -1, 1e300, Double.MIN_VALUE};
        double[] steps = {0, 1, 2, 3, 4, 1e15};
        RunCurves curves = new RunCurves("", steps, new double[][] {strange, strange}, strange, strange, strange, null);
        for (Path file : Plots.write(folder, curves)) {
            parsed(file);
            assertFalse(Files.readString(file).contains("NaN")
                    || Files.readString(file).contains("Infinity"));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, Double.NaN, 1e-320, 1e308})
    void aRunOfOneRowIsDrawn(double value) throws Exception {
        double[] one = {value};
        for (double step : new double[] {0, 7}) {
            RunCurves curves =
                    new RunCurves("", new double[] {step}, new double[][] {one}, one, one, one, new double[0]);
            for (Path file : Plots.write(folder, curves)) {
                parsed(file);
            }
        }
    }

    @Test
    void aTitleCannotBreakTheFile() throws Exception {
        double[] one = {1};
        String title = "</title><script>&\u0000\u001b\ud800$1\\";
        Path file = Plots.write(folder, new RunCurves(title, one, new double[0][], one, one, null, null))
                .get(0);
        assertEquals(
                "</title><script>&\ufffd\ufffd\ufffd$1\\",
                parsed(file).getElementsByTagName("title").item(0).getTextContent());
    }

    @Test
    void aFolderThatIsAFileIsAnInputOutputError() throws Exception {
        Path file = Files.createFile(folder.resolve("plots"));
        StoreException error = assertThrows(StoreException.class, () -> Plots.write(file, SampleRuns.steps()));
        assertTrue(error.getMessage().contains(file.toString()));
    }

    @Test
    void aFigureThatCannotReplaceItsTargetLeavesNothingBehind() throws Exception {
        Files.createDirectories(folder.resolve("singular-values.svg/occupied"));
        assertThrows(StoreException.class, () -> Plots.write(folder, SampleRuns.steps()));
        try (Stream<Path> present = Files.list(folder)) {
            assertEquals(1, present.count());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void figuresHaveTheUsualPermissions() throws Exception {
        Path usual = Files.createFile(folder.resolve("usual"));
        for (Path file : Plots.write(folder, SampleRuns.steps())) {
            assertEquals(Files.getPosixFilePermissions(usual), Files.getPosixFilePermissions(file));
        }
    }

    @Test
    void anEarlierFigureIsReplaced() throws Exception {
        Files.writeString(folder.resolve("loss.svg"), "old");
        Plots.write(folder, SampleRuns.steps());
        parsed(folder.resolve("loss.svg"));
    }
}
