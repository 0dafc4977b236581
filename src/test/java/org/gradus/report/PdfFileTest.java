package org.gradus.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.text.PDFTextStripper;
import org.gradus.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PdfFileTest {
    private static final Paper BOTH = new Paper(Columns.ONE, EnumSet.allOf(Format.class));

    @TempDir
    Path folder;

    private static List<PDFont> fonts(PDResources resources) throws Exception {
        List<PDFont> fonts = new ArrayList<>();
        for (COSName name : resources.getFontNames()) {
            fonts.add(resources.getFont(name));
        }
        for (COSName name : resources.getXObjectNames()) {
            assertFalse(resources.getXObject(name) instanceof PDImageXObject, "pixels");
            if (resources.getXObject(name) instanceof PDFormXObject form) {
                fonts.addAll(fonts(form.getResources()));
            }
        }
        return fonts;
    }

    /** PDFBox puts a line break behind every few signs of a rotated line. */
    private static String withoutSpace(String text) {
        return text.replaceAll("\\s+", "");
    }

    private static String text(byte[] pdf) throws Exception {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return withoutSpace(new PDFTextStripper().getText(document));
        }
    }

    @ParameterizedTest
    @EnumSource(Columns.class)
    void aFileIsOnePageOfTheFiguresSizeWithItsFontEmbedded(Columns columns) throws Exception {
        for (Path file : Plots.write(folder, SampleRuns.steps(), new Paper(columns, Set.of(Format.PDF)))) {
            try (PDDocument document = Loader.loadPDF(file.toFile())) {
                assertEquals(1, document.getNumberOfPages());
                assertEquals(
                        columns == Columns.ONE ? 90 : 180,
                        document.getPage(0).getMediaBox().getWidth() * 25.4 / 72,
                        1e-3);
                assertEquals(
                        columns == Columns.ONE ? 65 : 80,
                        document.getPage(0).getMediaBox().getHeight() * 25.4 / 72,
                        1e-3);
                List<PDFont> fonts = fonts(document.getPage(0).getResources());
                assertEquals(1, fonts.size());
                assertTrue(fonts.get(0).isEmbedded());
                assertTrue(fonts.get(0).getName().matches("[A-Z]{6}\\+DejaVuSans"), fonts.get(0)::getName);
                assertTrue(Files.size(file) < 60_000, () -> file + " holds more of the font than it uses");
            }
        }
    }

    @Test
    void everyLabelOfTheSvgIsTextInThePdf() throws Exception {
        RunCurves curves = SampleRuns.steps();
        String text = text(PdfFile.bytes(SingularValuesFigure.of(Columns.ONE, curves)));
        for (String label : List.of("singular values of W(k)", "step k", "σ₁", "σ₅–σ₁₀₀", "target", "10³")) {
            assertTrue(text.contains(withoutSpace(label)), () -> label + " in " + text);
        }
        String ranks = text(PdfFile.bytes(EffectiveRankFigure.of(Columns.ONE, curves)));
        assertTrue(ranks.contains("effectiverankr(W(k))") && ranks.contains("r(Ŵ₂)=1.50"), ranks);
    }

    @Test
    void theSameCurvesGiveTheSameBytesInAnyLocaleAndNoTimeIsTold() throws Exception {
        Locale before = Locale.getDefault();
        byte[] first = PdfFile.bytes(SingularValuesFigure.of(Columns.ONE, SampleRuns.steps()));
        try {
            Locale.setDefault(Locale.GERMANY);
            Thread.sleep(1_100); // dates in PDF count seconds
            assertArrayEquals(first, PdfFile.bytes(SingularValuesFigure.of(Columns.ONE, SampleRuns.steps())));
        } finally {
            Locale.setDefault(before);
        }
        try (PDDocument document = Loader.loadPDF(first)) {
            assertNull(document.getDocumentInformation().getCreationDate());
            assertNull(document.getDocumentInformation().getModificationDate());
            assertEquals("λ = 10, 5, 2, 1", document.getDocumentInformation().getTitle());
            assertTrue(document.getDocumentInformation().getSubject().startsWith("singular values of the product"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"漢字", "😀", "a\u0000b", "\ud800", "ﬁ", "עברית", "<b>&amp;", "e\u0301"})
    void namesOfAnySignsAreDrawn(String name) throws Exception {
        Compared panel = new Compared(name, "modes", SampleRuns.steps(), Optional.empty());
        assertTrue(text(PdfFile.bytes(ComparisonFigure.of(Columns.ONE, List.of(panel))))
                .contains("stepk"));
    }

    @Test
    void bothFormatsStandBesideEachOther() {
        List<Path> written = Plots.write(folder, SampleRuns.steps(), BOTH);
        assertEquals(
                List.of(
                        "singular-values.svg",
                        "singular-values.pdf",
                        "effective-rank.svg",
                        "effective-rank.pdf",
                        "loss.svg",
                        "loss.pdf"),
                written.stream().map(file -> file.getFileName().toString()).toList());
    }

    @Test
    void theEndingOfTheNameIsTheFormat() throws Exception {
        Path file = folder.resolve("a/RANKS.PDF");
        Plots.compare(file, List.of(new Compared("a", "modes", SampleRuns.steps(), Optional.empty())), Columns.TWO);
        assertTrue(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                .startsWith("%PDF-"));
        assertThrows(
                IllegalArgumentException.class,
                () -> Plots.compare(folder.resolve("ranks.png"), List.of(), Columns.ONE));
        assertEquals(Optional.empty(), Format.of(Path.of("pdf")));
    }

    @Test
    void aFigureThatCannotReplaceItsTargetLeavesNothingBehind() throws Exception {
        Files.createDirectories(folder.resolve("loss.pdf/occupied"));
        assertThrows(
                StoreException.class,
                () -> Plots.write(
                        folder, SampleRuns.curves("", new double[] {1}, new double[0][], new double[0], false), BOTH));
        try (var present = Files.list(folder)) {
            assertFalse(present.anyMatch(file -> file.getFileName().toString().startsWith(".")));
        }
    }

    @Test
    void figuresOfNoFormatAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Paper(Columns.ONE, Set.of()));
    }
}
