package org.gradus.report;

import de.rototor.pdfbox.graphics2d.IPdfBoxGraphics2DFontTextDrawer;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2DFontTextDrawer;
import java.awt.Font;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * A drawing as a PDF file: one page, of the drawing's size, with the used part of the font embedded. A label with a sign
 * that the font lacks is drawn as outlines. Nothing in the file tells when or where it was written.
 */
final class PdfFile {
    private PdfFile() {}

    static byte[] bytes(Drawing drawing) throws IOException {
        float width = (float) drawing.width();
        float height = (float) drawing.height();
        try (TrueTypeFont letters = letters();
                PDDocument document = new PDDocument()) {
            document.setDocumentId(0L); // from which, instead of the time, the file's identifier is made
            document.getDocumentInformation().setTitle(drawing.title());
            document.getDocumentInformation().setSubject(drawing.description());
            document.getDocumentInformation().setCreator("Gradus");
            PDPage page = new PDPage(new PDRectangle(width, height));
            document.addPage(page);
            PdfBoxGraphics2D graphics = new PdfBoxGraphics2D(document, width, height);
            graphics.setFontTextDrawer(new OneFont(PDType0Font.load(document, letters, true)));
            drawing.draw(graphics);
            graphics.dispose();
            try (PDPageContentStream content = new PDPageContentStream(document, page)) {
                content.drawForm(graphics.getXFormObject());
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            document.save(bytes);
            return bytes.toByteArray();
        }
    }

    /** Without ligatures: they would be signs of their own to whoever searches or copies text. */
    private static TrueTypeFont letters() throws IOException {
        TrueTypeFont letters = new TTFParser(true).parse(new RandomAccessReadBuffer(Typeface.bytes()));
        letters.setEnableGsub(false);
        return letters;
    }

    /** All of a figure's fonts are the same one in different sizes. */
    private static final class OneFont extends PdfBoxGraphics2DFontTextDrawer {
        private final PDFont font;

        OneFont(PDFont font) {
            this.font = font;
        }

        @Override
        protected PDFont mapFont(Font asked, IPdfBoxGraphics2DFontTextDrawer.IFontTextDrawerEnv env) {
            return font;
        }
    }
}
