package org.gradus.store;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.gradus.linalg.Matrix;

/** Matrices as PNG pictures of 8 bits, grey or colour, row 0 on top. */
public final class PictureWriter {
    private PictureWriter() {}

    /**
     * Entry x becomes round(255·(x − low)/(high − low)), clipped to 0 … 255.
     *
     * @throws IllegalArgumentException unless low &lt; high, both finite
     * @throws StoreException if an entry is not a number or the file cannot be written
     */
    public static void write(Path path, Matrix matrix, double low, double high) {
        write(path, List.of(matrix), low, high);
    }

    /**
     * The same for one grey channel, or for red, green and blue of one shape.
     *
     * @throws IllegalArgumentException also for another number of channels
     */
    public static void write(Path path, List<Matrix> channels, double low, double high) {
        if (!(low < high && Double.isFinite(high - low))) {
            throw new IllegalArgumentException("a picture from " + low + " to " + high);
        }
        if (channels.size() != 1 && channels.size() != 3) {
            throw new IllegalArgumentException("a picture of " + channels.size() + " channels");
        }
        Matrix first = channels.get(0);
        int type = channels.size() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
        BufferedImage picture = new BufferedImage(first.cols(), first.rows(), type);
        for (int band = 0; band < channels.size(); band++) {
            fill(path, picture.getRaster(), band, channels.get(band), low, high);
        }
        write(path, picture);
    }

    private static void fill(Path path, WritableRaster raster, int band, Matrix matrix, double low, double high) {
        for (int j = 0; j < matrix.cols(); j++) {
            for (int i = 0; i < matrix.rows(); i++) {
                double sample = 255 * ((matrix.get(i, j) - low) / (high - low));
                if (Double.isNaN(sample)) {
                    throw InputFiles.refused(
                            path, "cannot show entry (" + i + ", " + j + "), counted from 0: not a number");
                }
                raster.setSample(j, i, band, (int) Math.max(0, Math.min(255, Math.round(sample))));
            }
        }
    }

    /** A drawn picture, as it is. */
    public static void write(Path path, BufferedImage picture) {
        AtomicFile.write(path, out -> write(out, picture));
    }

    static void write(OutputStream out, BufferedImage picture) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(picture);
        } finally {
            writer.dispose();
        }
    }
}
