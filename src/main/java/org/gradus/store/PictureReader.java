package org.gradus.store;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.gradus.linalg.Matrix;

/**
 * PNG and JPEG as grey values in [0, 1], row 0 on top: a grey sample over its largest value, or the luma of ITU-R BT.601,
 * 0.299 R + 0.587 G + 0.114 B, of the sRGB samples. Transparency is ignored.
 *
 * <p>Grey samples come from the raster: the colour model would first take them through Java's linear grey space.
 */
final class PictureReader {
    private static final long MOST_PIXELS = 100_000_000;

    private PictureReader() {}

    static Matrix read(Path path) throws IOException {
        return grey(decode(path, 2 * Double.BYTES));
    }

    /** One matrix of grey samples, or three of the sRGB samples red, green and blue; a picture of nothing but greys is grey. */
    static List<Matrix> readChannels(Path path) throws IOException {
        BufferedImage picture = decode(path, 4 * Double.BYTES);
        if (picture.getColorModel().getNumColorComponents() == 1) {
            return List.of(grey(picture));
        }
        List<Matrix> channels = colours(picture);
        boolean grey =
                channels.get(0).equals(channels.get(1)) && channels.get(0).equals(channels.get(2));
        return grey ? channels.subList(0, 1) : channels;
    }

    private static BufferedImage decode(Path path, int bytesPerPixel) throws IOException {
        try (ImageInputStream input = new FileImageInputStream(path.toFile())) {
            ImageReader reader = reader(path, input);
            try {
                reader.setInput(input, true, true);
                long rows = reader.getHeight(0);
                long cols = reader.getWidth(0);
                if (rows * cols > MOST_PIXELS) {
                    throw InputFiles.refused(path, rows + "×" + cols + " pixels; at most 100 megapixels are read");
                }
                InputFiles.requireHolds(path, rows, cols, bytesPerPixel);
                return reader.read(0);
            } catch (IllegalArgumentException
                    | IllegalStateException
                    | IndexOutOfBoundsException
                    | NegativeArraySizeException
                    | NullPointerException
                    | ClassCastException e) {
                // ImageIO's decoders answer some malformed files so
                throw new StoreException(path + ": not a readable picture", e);
            } finally {
                reader.dispose();
            }
        }
    }

    /** By content, so that a JPEG named .png is read as what it is. */
    private static ImageReader reader(Path path, ImageInputStream input) throws IOException {
        for (Iterator<ImageReader> all = ImageIO.getImageReaders(input); all.hasNext(); ) {
            ImageReader reader = all.next();
            String format = reader.getFormatName().toLowerCase(Locale.ROOT);
            if (format.equals("png") || format.equals("jpeg")) {
                return reader;
            }
            reader.dispose();
        }
        throw InputFiles.refused(path, "is neither a PNG nor a JPEG picture");
    }

    private static Matrix grey(BufferedImage picture) {
        Raster raster = picture.getRaster();
        ColorModel model = picture.getColorModel();
        Matrix matrix = Matrix.zeros(picture.getHeight(), picture.getWidth());
        if (model instanceof ComponentColorModel && model.getNumColorComponents() == 1) {
            double white = (1 << model.getComponentSize(0)) - 1;
            fill(matrix, (x, y) -> raster.getSample(x, y, 0) / white);
        } else if (model instanceof ComponentColorModel && isSrgb(model)) {
            double white = (1 << model.getComponentSize(0)) - 1;
            fill(
                    matrix,
                    (x, y) -> luma(
                            raster.getSample(x, y, 0) / white,
                            raster.getSample(x, y, 1) / white,
                            raster.getSample(x, y, 2) / white));
        } else {
            // palettes and foreign colour spaces: getRGB gives sRGB, 8 bits each
            fill(matrix, (x, y) -> luma8(picture.getRGB(x, y)));
        }
        return matrix;
    }

    private static List<Matrix> colours(BufferedImage picture) {
        Raster raster = picture.getRaster();
        ColorModel model = picture.getColorModel();
        boolean asStored = model instanceof ComponentColorModel && isSrgb(model);
        double white = asStored ? (1 << model.getComponentSize(0)) - 1 : 255;
        List<Matrix> channels = new ArrayList<>();
        for (int channel = 0; channel < 3; channel++) {
            int band = channel;
            Matrix samples = Matrix.zeros(picture.getHeight(), picture.getWidth());
            fill(
                    samples,
                    asStored
                            ? (x, y) -> raster.getSample(x, y, band) / white
                            : (x, y) -> (picture.getRGB(x, y) >> (16 - 8 * band) & 0xff) / white);
            channels.add(samples);
        }
        return channels;
    }

    private static boolean isSrgb(ColorModel model) {
        ColorSpace space = model.getColorSpace();
        return model.getNumColorComponents() == 3 && space.isCS_sRGB();
    }

    private interface Sample {
        double at(int x, int y);
    }

    private static void fill(Matrix matrix, Sample sample) {
        for (int y = 0; y < matrix.rows(); y++) {
            for (int x = 0; x < matrix.cols(); x++) {
                matrix.set(y, x, sample.at(x, y));
            }
        }
    }

    private static double luma8(int rgb) {
        int red = rgb >> 16 & 0xff;
        int green = rgb >> 8 & 0xff;
        int blue = rgb & 0xff;
        return red == green && green == blue ? red / 255.0 : luma(red / 255.0, green / 255.0, blue / 255.0);
    }

    private static double luma(double red, double green, double blue) {
        return red == green && green == blue ? red : 0.299 * red + 0.587 * green + 0.114 * blue;
    }
}
