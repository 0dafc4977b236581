package org.gradus.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.gradus.linalg.Matrix;
import org.gradus.store.PictureWriter;

/** Pictures of one shape side by side in one PNG, each with lines of text below, three to five to a row. */
public final class ContactSheet {
    private static final int FEWEST_COLUMNS = 3;
    private static final int MOST_COLUMNS = 5;
    private static final int GAP = 10;
    private static final int LINE = 15;
    private static final int SMALLEST_TYPE = 7;
    /** Of a panel's height, in widths. */
    private static final double TALLEST = 1.5;

    private ContactSheet() {}

    /**
     * One picture.
     *
     * @param title in bold
     * @param lines below it
     * @param channels one grey matrix, or red, green and blue
     */
    public record Panel(String title, List<String> lines, List<Matrix> channels) {
        public Panel {
            lines = List.copyOf(lines);
            channels = List.copyOf(channels);
        }
    }

    /**
     * Writes the sheet. Pictures larger than a panel are averaged by area, smaller ones enlarged without
     * smoothing.
     *
     * @param panels at least one, all of one shape
     * @param width of the sheet in pixels
     * @param low shown black, high white; what lies beyond is clipped
     * @throws IllegalStateException if text is {@linkplain Plots#unavailable() unavailable} here
     * @throws org.gradus.store.StoreException if the file cannot be written
     */
    public static void write(Path path, List<Panel> panels, int width, double low, double high) {
        Plots.unavailable().ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
        PictureWriter.write(path, draw(panels, width, low, high));
    }

    /** As many columns as leave the fewest cells empty, four where that does not decide. */
    static int columns(int panels) {
        return IntStream.of(4, MOST_COLUMNS, FEWEST_COLUMNS)
                .boxed()
                .min((a, b) -> Integer.compare(empty(panels, a), empty(panels, b)))
                .orElseThrow();
    }

    private static int empty(int panels, int columns) {
        return (panels + columns - 1) / columns * columns - panels;
    }

    private static BufferedImage draw(List<Panel> panels, int width, double low, double high) {
        int columns = columns(panels.size());
        int cell = (width - GAP) / columns - GAP;
        Matrix shape = panels.get(0).channels().get(0);
        double scale = Math.min((double) cell / shape.cols(), TALLEST * cell / shape.rows());
        int cols = Math.max(1, (int) Math.round(scale * shape.cols()));
        int rows = Math.max(1, (int) Math.round(scale * shape.rows()));
        int text = LINE
                * (1 + panels.stream().mapToInt(p -> p.lines().size()).max().orElse(0));
        int pitch = rows + text + 2 * GAP;
        int height = (panels.size() + columns - 1) / columns * pitch + GAP;
        boolean grey = panels.stream().allMatch(panel -> panel.channels().size() == 1);
        int type = grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
        BufferedImage sheet = new BufferedImage(width, height, type);
        Graphics2D graphics = sheet.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, width, height);
            graphics.setColor(Color.BLACK);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            for (int n = 0; n < panels.size(); n++) {
                int x = GAP + n % columns * (cell + GAP);
                int y = GAP + n / columns * pitch;
                paste(sheet, x + (cell - cols) / 2, y, rows, cols, panels.get(n).channels(), low, high);
                label(graphics, x, y + rows, cell, panels.get(n));
            }
        } finally {
            graphics.dispose();
        }
        return sheet;
    }

    private static void label(Graphics2D graphics, int x, int y, int width, Panel panel) {
        fitted(graphics, panel.title(), Typeface.TITLE, x, y + LINE, width);
        for (int line = 0; line < panel.lines().size(); line++) {
            fitted(graphics, panel.lines().get(line), Typeface.CAPTION, x, y + (line + 2) * LINE, width);
        }
    }

    /** In smaller type where the text is wider than the panel. */
    private static void fitted(Graphics2D graphics, String text, Font font, int x, int y, int width) {
        Font used = font;
        while (graphics.getFontMetrics(used).stringWidth(text) > width && used.getSize() > SMALLEST_TYPE) {
            used = used.deriveFont(used.getSize() - 1f);
        }
        graphics.setFont(used);
        graphics.drawString(text, x, y);
    }

    private static void paste(
            BufferedImage sheet, int x, int y, int rows, int cols, List<Matrix> channels, double low, double high) {
        int bands = sheet.getRaster().getNumBands();
        for (int band = 0; band < bands; band++) {
            Matrix channel = channels.get(channels.size() == 1 ? 0 : band);
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < cols; j++) {
                    double mean = mean(channel, i, rows, j, cols, low, high);
                    int sample = (int) Math.round(255 * (mean - low) / (high - low));
                    sheet.getRaster().setSample(x + j, y + i, band, sample);
                }
            }
        }
    }

    /** Over the part of the matrix that falls on pixel (i, j) of a rows×cols picture, weighted by area, clipped to [low, high]. */
    private static double mean(Matrix matrix, int i, int rows, int j, int cols, double low, double high) {
        double fromRow = (double) i * matrix.rows() / rows;
        double toRow = (i + 1.0) * matrix.rows() / rows;
        double fromCol = (double) j * matrix.cols() / cols;
        double toCol = (j + 1.0) * matrix.cols() / cols;
        double sum = 0;
        double area = 0;
        for (int col = (int) fromCol; col < Math.min(toCol, matrix.cols()); col++) {
            double across = Math.min(toCol, col + 1.0) - Math.max(fromCol, col);
            for (int row = (int) fromRow; row < Math.min(toRow, matrix.rows()); row++) {
                double weight = across * (Math.min(toRow, row + 1.0) - Math.max(fromRow, row));
                sum += weight * Math.max(low, Math.min(high, matrix.get(row, col)));
                area += weight;
            }
        }
        return sum / area;
    }
}
