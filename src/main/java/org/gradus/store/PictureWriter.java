package org.gradus.store;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.gradus.linalg.Matrix;

/** Matrices as grey PNG pictures of 8 bits, row 0 on top. */
public final class PictureWriter {
    private PictureWriter() {}

    /**
     * Entry x becomes round(255·(x − low)/(high − low)), clipped to 0 … 255.
     *
     * @throws IllegalArgumentException unless low &lt; high, both finite
     * @throws StoreException if an entry is not a number or the file cannot be written
     */
    public static void write(Path path, Matrix matrix, double low, double high) {
        if (!(low < high && Double.isFinite(high - low))) {
            throw new IllegalArgumentException("a picture from " + low + " to " + high);
        }
        BufferedImage picture = new BufferedImage(matrix.cols(), matrix.rows(), BufferedImage.TYPE_BYTE_GRAY);
        WritableRaster raster = picture.getRaster();
        for (int j = 0; j < matrix.cols(); j++) {
            for (int i = 0; i < matrix.rows(); i++) {
                double grey = 255 * ((matrix.get(i, j) - low) / (high - low));
                if (Double.isNaN(grey)) {
                    throw InputFiles.refused(
                            path, "cannot show entry (" + i + ", " + j + "), counted from 0: not a number");
                }
                raster.setSample(j, i, 0, (int) Math.max(0, Math.min(255, Math.round(grey))));
            }
        }
        AtomicFile.write(path, out -> {
            ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
            try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
                writer.setOutput(stream);
                writer.write(picture);
            } finally {
                writer.dispose();
            }
        });
    }
}
