package org.gradus.report;

import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A drawing as an SVG file. VectorGraphics2D draws; what it writes is then put right: the size in millimetres, the font
 * families in one place, coordinates to 1/100 point, clip paths numbered, no reference to a DTD on the network.
 */
final class SvgFile {
    private static final Pattern HEAD = Pattern.compile("(?s)\\A.*?<svg[^>]*>");
    private static final Pattern TAG = Pattern.compile("<[^>]*>");
    private static final Pattern LONG_DECIMAL = Pattern.compile("-?\\d+\\.\\d+(E-?\\d+)?");
    private static final Pattern FAMILY = Pattern.compile("font-family:&quot;[^&]*&quot;;");
    private static final Pattern CLIP = Pattern.compile("clip-?\\d+");

    /** In points. */
    static final double MILLIMETRE = 72 / 25.4;

    private SvgFile() {}

    static String text(Drawing drawing) throws IOException {
        VectorGraphics2D graphics = new VectorGraphics2D();
        drawing.draw(graphics);
        Document document = Processors.get("svg")
                .getDocument(graphics.getCommands(), new PageSize(drawing.width(), drawing.height()));
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        document.writeTo(raw);
        String body = HEAD.matcher(raw.toString(StandardCharsets.UTF_8)).replaceFirst("");
        return head(drawing) + numbered(rounded(FAMILY.matcher(body).replaceAll("")));
    }

    private static String head(Drawing drawing) {
        String width = two(drawing.width());
        String height = two(drawing.height());
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\""
                + two(drawing.width() / MILLIMETRE)
                + "mm\" height=\"" + two(drawing.height() / MILLIMETRE) + "mm\" viewBox=\"0 0 " + width + " " + height
                + "\" font-family=\"" + Typeface.FAMILIES
                + "\">\n  <title>" + escaped(drawing.title()) + "</title>\n  <desc>" + escaped(drawing.description())
                + "</desc>";
    }

    /** Decimals within tags, that is coordinates and not labels, to 1/100. */
    private static String rounded(String svg) {
        return TAG.matcher(svg)
                .replaceAll(tag -> LONG_DECIMAL
                        .matcher(tag.group())
                        .replaceAll(number -> two(Double.parseDouble(number.group()))));
    }

    /** VectorGraphics2D names clip paths by hash codes; here they are clip1, clip2, … as they come. */
    private static String numbered(String svg) {
        Map<String, String> names = new LinkedHashMap<>();
        return CLIP.matcher(svg)
                .replaceAll(name -> names.computeIfAbsent(name.group(), hash -> "clip" + (names.size() + 1)));
    }

    private static String two(double number) {
        BigDecimal rounded = BigDecimal.valueOf(number).setScale(2, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** As XML text. */
    private static String escaped(String text) {
        return legal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Signs that XML cannot hold become U+FFFD. */
    static String legal(String text) {
        StringBuilder legal = new StringBuilder();
        text.codePoints().forEach(sign -> {
            boolean known = sign == '\t' || sign == '\n' || (sign >= 0x20 && sign != 0xFFFE && sign != 0xFFFF);
            boolean surrogate = sign >= 0xD800 && sign <= 0xDFFF;
            legal.appendCodePoint(known && !surrogate ? sign : 0xFFFD);
        });
        return legal.toString();
    }
}
