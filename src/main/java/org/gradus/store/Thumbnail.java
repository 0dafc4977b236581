package org.gradus.store;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.gradus.linalg.Matrix;

/** Small grey copies of pictures. */
public final class Thumbnail {
    private Thumbnail() {}

    /**
     * The bytes of a PNG file of 8 bits with at most {@code side} rows and columns: the picture itself where it fits, else means
     * over squares of its pixels.
     *
     * @throws StoreException if the file is missing, malformed or larger than half of the heap
     */
    public static byte[] png(Path path, int side) {
        Matrix picture = MatrixFile.read(path);
        int longest = Math.max(picture.rows(), picture.cols());
        int square = (longest + side - 1) / side;
        BufferedImage small = new BufferedImage(
                (picture.cols() + square - 1) / square,
                (picture.rows() + square - 1) / square,
                BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < small.getHeight(); y++) {
            for (int x = 0; x < small.getWidth(); x++) {
                double grey = mean(picture, y * square, x * square, square);
                small.getRaster().setSample(x, y, 0, (int) Math.round(255 * grey));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            PictureWriter.write(bytes, small);
        } catch (IOException e) {
            throw new StoreException(path + ": cannot be made small: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    /** Over the part of a square that lies within. */
    private static double mean(Matrix picture, int top, int left, int square) {
        int bottom = Math.min(top + square, picture.rows());
        int right = Math.min(left + square, picture.cols());
        double sum = 0;
        for (int j = left; j < right; j++) {
            for (int i = top; i < bottom; i++) {
                sum += picture.get(i, j);
            }
        }
        return sum / ((bottom - top) * (right - left));
    }
}
