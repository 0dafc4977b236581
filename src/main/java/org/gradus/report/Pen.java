package org.gradus.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Draws letters and cells of figures without a chart library, in points. */
final class Pen {
    private static final BasicStroke LINE = new BasicStroke(0.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER);

    /** Of hatching. */
    private static final double DISTANCE = 3;

    private final Graphics2D graphics;

    Pen(Graphics2D graphics) {
        this.graphics = graphics;
    }

    /**
     * Writes in one line.
     *
     * @param share of the text's width that lies left of x: 0, 0.5 or 1
     * @param baseline of the letters
     */
    void write(String text, Font font, Color colour, double x, double baseline, double share) {
        graphics.setFont(font);
        graphics.setPaint(colour);
        graphics.drawString(text, (float) (x - share * Typeface.width(font, text)), (float) baseline);
    }

    /** Writes upwards, centred at y. */
    void writeUp(String text, Font font, double baseline, double y) {
        AffineTransform before = graphics.getTransform();
        graphics.rotate(-Math.PI / 2, baseline, y);
        write(text, font, Palette.TEXT, baseline, y, 0.5);
        graphics.setTransform(before);
    }

    void fill(Rectangle2D field, Color colour) {
        graphics.setPaint(colour);
        graphics.fill(field);
    }

    void outline(Rectangle2D field, Color colour) {
        graphics.setPaint(colour);
        graphics.setStroke(LINE);
        graphics.draw(field);
    }

    void line(double fromX, double fromY, double toX, double toY) {
        graphics.setPaint(Palette.TEXT);
        graphics.setStroke(LINE);
        graphics.draw(new Line2D.Double(fromX, fromY, toX, toY));
    }

    /** Lines x + y = c through a field, c such that fields side by side have lines in common. */
    void hatch(Rectangle2D field) {
        fill(field, Color.WHITE);
        graphics.setPaint(Palette.REFERENCE);
        graphics.setStroke(LINE);
        double first = Math.ceil((field.getMinX() + field.getMinY()) / DISTANCE) * DISTANCE;
        for (double sum = first; sum < field.getMaxX() + field.getMaxY(); sum += DISTANCE) {
            double left = Math.max(field.getMinX(), sum - field.getMaxY());
            double right = Math.min(field.getMaxX(), sum - field.getMinY());
            graphics.draw(new Line2D.Double(left, sum - left, right, sum - right));
        }
    }

    /** A triangle in the upper right corner of a field. */
    void corner(Rectangle2D field, Color colour) {
        double side = Math.min(5, 0.4 * Math.min(field.getWidth(), field.getHeight()));
        Path2D.Double triangle = new Path2D.Double();
        triangle.moveTo(field.getMaxX() - side, field.getMinY());
        triangle.lineTo(field.getMaxX(), field.getMinY());
        triangle.lineTo(field.getMaxX(), field.getMinY() + side);
        triangle.closePath();
        graphics.setPaint(colour);
        graphics.fill(triangle);
    }

    /** Words in as few lines as the width allows; a word that is wider has a line of its own. */
    static List<String> wrapped(String text, Font font, double width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.isBlank() ? new String[0] : text.strip().split("\\s+")) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (line.isEmpty() || Typeface.width(font, longer) <= width) {
                line = longer;
            } else {
                lines.add(line);
                line = word;
            }
        }
        if (!line.isEmpty()) {
            lines.add(line);
        }
        return lines;
    }
}
