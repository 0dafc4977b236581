package org.gradus.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;
import org.gradus.report.Ensemble.Curve;
import org.gradus.report.Ensemble.Group;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What journals ask of figures at their printed size: letters of 7 points at least, lines of half a point. */
class PaperFitnessTest {
    private static final Pattern LINE = Pattern.compile("stroke-width:([0-9.]+)");
    private static final Pattern LETTERS = Pattern.compile("font-size:([0-9.]+)px");

    private static Ensemble ensemble() {
        List<Group> groups = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            List<Curve> runs = IntStream.range(1, 6)
                    .mapToObj(i -> new Curve(
                            new double[] {0, 1, 10, 100},
                            new double[] {9, 1, 1 + i / 10.0, 2},
                            new double[] {1, 0.1 * i, 0.01, 1e-3},
                            true))
                    .toList();
            groups.add(new Group(name, runs));
        }
        return new Ensemble("ensemble", groups, new double[] {2, 1});
    }

    private static SweepView sweep() {
        List<SweepRuns.Run> runs = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String outcome = i % 7 == 0 ? "diverged" : "done";
            List<String> values = List.of("" + i % 5, "" + i / 5 % 4, "" + i / 20);
            runs.add(new SweepRuns.Run(values, outcome, Map.of("loss", Math.exp(-i))));
        }
        SweepRuns all = new SweepRuns("sweep", List.of("a", "b", "c"), runs);
        return SweepView.of(all, "loss", 0, Optional.of(1), 10);
    }

    static Stream<Arguments> figures() {
        RunCurves photograph = SampleRuns.photograph(60, 3_000, 3e-5);
        Predicted predicted = new Predicted(
                List.of(new Predicted.Crossing(1, 5, 180, 210, 195)),
                List.of(new Predicted.Band(1, 189, 349L, 214L, 318L)));
        RunCurves steps = SampleRuns.steps().with(predicted);
        return Arrays.stream(Columns.values())
                .flatMap(columns -> Stream.of(
                                SingularValuesFigure.of(columns, steps),
                                SingularValuesFigure.of(columns, photograph),
                                EffectiveRankFigure.of(columns, steps),
                                CurveFigure.loss(columns, photograph),
                                CurveFigure.testError(columns, photograph),
                                ComparisonFigure.of(
                                        columns, List.of(new Compared("a", "modes", steps, Optional.of(steps)))),
                                EnsembleFigure.of(columns, ensemble()),
                                new HeatMapFigure(columns, sweep()),
                                SweepLinesFigure.of(columns, sweep()))
                        .map(figure -> Arguments.of(columns, figure)));
    }

    private static double least(Pattern pattern, String svg) {
        return pattern.matcher(svg)
                .results()
                .mapToDouble(match -> Double.parseDouble(match.group(1)))
                .min()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("figures")
    void lettersAndLinesAreLargeEnoughInPrint(Columns columns, Drawing figure) throws Exception {
        String svg = SvgFile.text(figure);
        assertTrue(least(LINE, svg) >= 0.5, "lines");
        assertTrue(least(LETTERS, svg) >= 7, "letters");
        assertTrue(svg.contains(" width=\"" + columns.millimetres() + "mm\""));
        assertEquals(columns.width(), figure.width());
    }

    /** Sideways labels too: where each sign begins and ends, as the PDF has it. */
    @ParameterizedTest
    @MethodSource("figures")
    void noLabelReachesBeyondThePaper(Columns columns, Drawing figure) throws Exception {
        List<String> beyond = new ArrayList<>();
        try (PDDocument document = Loader.loadPDF(PdfFile.bytes(figure))) {
            PDFTextStripper stripper = new PDFTextStripper() {
                @Override
                protected void processTextPosition(TextPosition sign) {
                    Matrix from = sign.getTextMatrix();
                    double right = Math.max(from.getTranslateX(), sign.getEndX());
                    double top = Math.max(from.getTranslateY(), sign.getEndY());
                    boolean within = from.getTranslateX() >= 0
                            && from.getTranslateY() >= 0
                            && right <= figure.width()
                            && top <= figure.height();
                    if (!within) {
                        beyond.add(sign.getUnicode() + " at " + from.getTranslateX() + ", " + from.getTranslateY());
                    }
                    super.processTextPosition(sign);
                }
            };
            assertTrue(stripper.getText(document).length() > 30);
        }
        assertEquals(List.of(), beyond);
    }
}
