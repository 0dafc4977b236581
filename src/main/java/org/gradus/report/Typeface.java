package org.gradus.report;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.util.Optional;
import org.jfree.chart.text.TextUtils;

/**
 * The letters of a figure. The only class through which the others reach Java's font system; loading it sets
 * {@code java.awt.headless} before any class of AWT starts.
 *
 * <p>Widths are measured with Java's logical font Dialog, a sans serif everywhere. VectorGraphics2D takes it for its
 * default and names no family; for any other logical font it compares every font of the machine, for half a second and
 * more. The file's root names {@link #FAMILIES} instead.
 */
final class Typeface {
    static {
        System.setProperty("java.awt.headless", "true");
        // otherwise JFreeChart draws rotated text as outlines instead of text
        TextUtils.setUseDrawRotatedStringWorkaround(false);
    }

    /** For SVG's font-family, the one with all our signs first. */
    static final String FAMILIES = "DejaVu Sans, Helvetica, Arial, sans-serif";

    static final Font AXIS = new Font(Font.DIALOG, Font.PLAIN, 8);
    static final Font TICK = new Font(Font.DIALOG, Font.PLAIN, 7);

    /** Of pictures made of pixels, in pixels. */
    static final Font TITLE = new Font(Font.DIALOG, Font.BOLD, 12);

    static final Font CAPTION = new Font(Font.DIALOG, Font.PLAIN, 11);

    private Typeface() {}

    /** What keeps Java from measuring text here; empty where it can. */
    static Optional<Throwable> failure() {
        try {
            new TextLayout("σ₁ 10⁻³", TICK, new FontRenderContext(null, true, true)).getAdvance();
            return Optional.empty();
        } catch (RuntimeException | LinkageError | InternalError e) {
            return Optional.of(e);
        }
    }
}
