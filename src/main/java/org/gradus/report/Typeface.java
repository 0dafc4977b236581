package org.gradus.report;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jfree.chart.text.TextUtils;

/**
 * The letters of a figure: DejaVu Sans, which has all our signs. It comes along, so that figures are the same on every
 * machine and PDF files can embed it. The only class through which the others reach Java's font system; loading it sets
 * {@code java.awt.headless} before any class of AWT starts.
 */
final class Typeface {
    static {
        System.setProperty("java.awt.headless", "true");
        // otherwise JFreeChart draws rotated text as outlines instead of text
        TextUtils.setUseDrawRotatedStringWorkaround(false);
    }

    private static final String FILE = "DejaVuSans.ttf";

    private static final Font DEJAVU = load();

    /** For SVG's font-family. */
    static final String FAMILIES = "DejaVu Sans, Helvetica, Arial, sans-serif";

    static final Font AXIS = DEJAVU.deriveFont(8f);
    static final Font TICK = DEJAVU.deriveFont(7f);

    /** Of pictures made of pixels, in pixels. */
    static final Font TITLE = new Font(Font.DIALOG, Font.BOLD, 12);

    static final Font CAPTION = new Font(Font.DIALOG, Font.PLAIN, 11);

    private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

    private Typeface() {}

    /** The font's file. */
    static byte[] bytes() throws IOException {
        try (InputStream in = Typeface.class.getResourceAsStream(FILE)) {
            return Objects.requireNonNull(in, FILE).readAllBytes();
        }
    }

    private static Font load() {
        try {
            return Font.createFont(Font.TRUETYPE_FONT, new ByteArrayInputStream(bytes()));
        } catch (IOException | FontFormatException e) {
            throw new IllegalStateException(FILE + " cannot be loaded: " + e.getMessage(), e);
        }
    }

    /** In points, the same for every format. */
    static double width(Font font, String text) {
        return font.getStringBounds(text, EXACT).getWidth();
    }

    /** What keeps Java from measuring text here; empty where it can. */
    static Optional<Throwable> failure() {
        try {
            for (Font font : List.of(TICK, TITLE)) {
                new TextLayout("σ₁ 10⁻³", font, EXACT).getAdvance();
            }
            return Optional.empty();
        } catch (RuntimeException | LinkageError | InternalError e) {
            return Optional.of(e);
        }
    }
}
