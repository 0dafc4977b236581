package org.gradus.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;

class OverlayFigureTest {
    private static final long NARROW = 262;

    private static final StepScale STEPS = StepScale.of(new double[] {0, 1, 10, 100, 1_000});

    /** Of {@link SampleRuns#steps}: the first λ crosses ½ near step 195, the second near 385. */
    private static final Predicted PREDICTED = new Predicted(
            List.of(new Predicted.Crossing(1, 5, 180, 210, 195), new Predicted.Crossing(2, 2.5, 380, 392, 385)),
            List.of(
                    new Predicted.Band(1, 189, 349L, 214L, 318L),
                    new Predicted.Band(2, 397, 907L, null, null),
                    new Predicted.Band(3, 938, null, 1_000L, null)));

    private static Predicted.Band band(int rank, long first, Long last) {
        return new Predicted.Band(rank, first, last, null, null);
    }

    private static Predicted bands(Predicted.Band... bands) {
        return new Predicted(List.of(), List.of(bands));
    }

    private static Predicted crossing(int index, double level, double lower, double upper) {
        return new Predicted(List.of(new Predicted.Crossing(index, level, lower, upper, 195)), List.of());
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static String wellFormed(Figure figure) throws Exception {
        String svg = SvgFile.text(figure);
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        return svg;
    }

    private static String ranks(Predicted predicted) throws Exception {
        return wellFormed(EffectiveRankFigure.of(Columns.ONE, SampleRuns.steps().with(predicted)));
    }

    private static String values(Predicted predicted) throws Exception {
        return wellFormed(
                SingularValuesFigure.of(Columns.ONE, SampleRuns.steps().with(predicted)));
    }

    @Test
    void plateausAreShadedAndExplainedOnlyWhereTheyArePredicted() throws Exception {
        String plain = ranks(Predicted.NONE);
        assertFalse(plain.contains("shaded") || plain.contains("predicted") || plain.contains("rgb(86,180,233)"));
        String shaded = ranks(PREDICTED);
        assertTrue(shaded.contains("shaded: steps at which"));
        assertTrue(shaded.contains(">predicted plateau<") && shaded.contains(">certified<"));
        assertTrue(shaded.contains("rgb(86,180,233)") && shaded.contains("rgb(230,159,0)"), "two tints");
    }

    @Test
    void theLegendShowsBothTintsWhereBothAreDrawn() throws Exception {
        String orange = "rgb(230,159,0)";
        assertFalse(ranks(bands(band(1, 189, 349L))).contains(orange));
        String both = ranks(bands(band(1, 189, 349L), band(2, 397, 907L)));
        String second = ranks(bands(band(2, 397, 907L)));
        assertTrue(count(both, orange) > count(second, orange), "of the band, and of the legend");
    }

    /** The number of the second plateau is narrower than its interval, but not with a point on either side. */
    @Test
    void aPlateauAsNarrowAsItsNumberIsLabelled() throws Exception {
        assertTrue(ranks(bands(band(2, 200, NARROW))).contains(">2<"));
        assertFalse(ranks(bands(band(2, 200, NARROW - 20))).contains(">2<"));
    }

    /** The only band has the orange, so that the legend's blue is not mistaken for it. */
    @Test
    void shadesLieBehindGridAndCurve() throws Exception {
        String svg = ranks(bands(band(2, 397, 907L)));
        int tint = svg.lastIndexOf("rgb(230,159,0)");
        int grid = svg.indexOf("stroke-opacity:0.11");
        int curve = svg.lastIndexOf("rgb(0,114,178)");
        assertTrue(tint > 0 && tint < grid && grid < curve, () -> tint + " " + grid + " " + curve);
    }

    @Test
    void withoutACertificateNothingIsCalledCertified() throws Exception {
        String svg = ranks(bands(band(1, 189, 349L)));
        assertTrue(svg.contains(">predicted plateau<"));
        assertFalse(svg.contains(">certified<"));
    }

    @Test
    void aWidePlateauHasTheLongerLabelANarrowOneTheRankAlone() throws Exception {
        assertTrue(ranks(bands(band(2, 10, null))).contains(">L = 2<"));
        String narrow = ranks(bands(band(2, 200, 350L)));
        assertTrue(narrow.contains(">2<") && !narrow.contains(">L = 2<"));
    }

    @Test
    void aPlateauThatGoesOnReachesTheRightEndOfTheAxis() {
        Predicted.Band band = new Predicted.Band(4, 100, null, 200L, null);
        Shade open = Shade.of(List.of(band), STEPS, 0.1).get(0);
        assertEquals(2, open.from(), 1e-12);
        assertEquals(STEPS.upper(), open.to());
        assertEquals(STEPS.upper(), open.certainTo());
        assertTrue(open.open() && open.isCertain());
    }

    @Test
    void aPlateauBeyondTheAxisEndsAtIt() {
        Shade wide = Shade.of(List.of(band(1, 0, 5_000L)), STEPS, 0.1).get(0);
        assertEquals(STEPS.lower(), wide.from());
        assertEquals(STEPS.upper(), wide.to());
        assertFalse(wide.open() || wide.isCertain());
    }

    @Test
    void plateausThatCannotBeToldApartAreLeftOut() {
        List<Predicted.Band> bands = List.of(
                band(1, 10, 100L), // a decade
                band(2, 11, 101L), // nearly the same one
                band(3, 90, 400L), // mostly its own
                band(4, 500, 505L), // too narrow
                band(13, 600, null)); // beyond the levels that are drawn
        List<String> labels =
                Shade.of(bands, STEPS, 0.3).stream().map(Shade::label).toList();
        assertEquals(List.of("L = 1", "L = 3"), labels);
    }

    @Test
    void crossingsAreMarkedInTheColourOfTheirCurve() throws Exception {
        String plain = values(Predicted.NONE);
        String marked = values(PREDICTED);
        assertFalse(plain.contains("½"));
        assertTrue(marked.contains(">predicted ½λ (bounds)<") && marked.contains("circles: the steps"));
        for (String colour : List.of("rgb(0,114,178)", "rgb(213,94,0)")) {
            assertTrue(count(marked, colour) > count(plain, colour), colour);
        }
        assertEquals(count(plain, "rgb(0,158,115)"), count(marked, "rgb(0,158,115)"), "the third does not cross");
    }

    @Test
    void aCrossingWithoutBoundsIsACircleAlone() throws Exception {
        String circle = values(crossing(1, 5, Double.NaN, Double.NaN));
        assertTrue(circle.contains(">predicted ½λ<"));
        assertTrue(count(circle, "rgb(0,114,178)") > count(values(Predicted.NONE), "rgb(0,114,178)"));
        assertTrue(circle.length() < values(crossing(1, 5, 180, 210)).length());
    }

    @Test
    void aCrossingOfAGreyCurveIsNotMarked() throws Exception {
        assertFalse(values(crossing(5, 0.1, 10, 20)).contains(">predicted"));
    }

    @ParameterizedTest
    @CsvSource({"0, Infinity", "0, 0.5", "1e300, 1e301", "-5, 1e9"})
    void boundsBeyondTheAxisEndAtIt(double lower, double upper) throws Exception {
        String svg = values(crossing(1, 5, lower, upper));
        assertFalse(svg.contains("NaN") || svg.contains("Infinity"));
    }

    @Test
    void hundredsOfPredictionsStaySmall() throws Exception {
        List<Predicted.Crossing> crossings = new ArrayList<>();
        List<Predicted.Band> bands = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            crossings.add(new Predicted.Crossing(i, 250.0 / i, 5.0 * i, 7.0 * i, 6L * i));
            bands.add(new Predicted.Band(i, 5L * i, 6L * i, 5L * i, 5L * i + 1));
        }
        RunCurves curves = SampleRuns.photograph(512, 3_000, 3e-5).with(new Predicted(crossings, bands));
        int values = wellFormed(SingularValuesFigure.of(Columns.ONE, curves)).length();
        int ranks = wellFormed(EffectiveRankFigure.of(Columns.ONE, curves)).length();
        assertTrue(values < 500_000 && ranks < 100_000, () -> values + " " + ranks);
    }

    @ParameterizedTest
    @CsvSource({"0", "7"})
    void aRunOfOneRowIsDrawnWithItsPrediction(double step) throws Exception {
        double[] one = {1};
        RunCurves curves =
                new RunCurves("", new double[] {step}, new double[][] {one}, one, one, null, one).with(PREDICTED);
        assertTrue(wellFormed(SingularValuesFigure.of(Columns.ONE, curves)).contains(">σ₁<"));
        assertTrue(wellFormed(EffectiveRankFigure.of(Columns.ONE, curves)).contains("step k"));
    }

    @ParameterizedTest
    @CsvSource({"0,1,2,,", "1,-1,2,,", "1,5,4,,", "1,5,9,4,8", "1,5,9,6,10", "1,5,9,8,7", "1,5,9,8,", "1,5,9,,8"})
    void endsOutOfOrderAreRefused(int rank, long first, Long last, Long certifiedFirst, Long certifiedLast) {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Predicted.Band(rank, first, last, certifiedFirst, certifiedLast));
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 5", "1, 0, 5", "1, NaN, 5", "1, Infinity, 5", "1, 1, -1"})
    void crossingsOfNothingAreRefused(int index, double level, long step) {
        assertThrows(IllegalArgumentException.class, () -> new Predicted.Crossing(index, level, 0, 1, step));
    }
}
