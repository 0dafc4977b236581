package org.gradus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.gradus.linalg.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ThumbnailTest {
    @TempDir
    Path folder;

    private BufferedImage thumbnail(Matrix picture, int side) throws IOException {
        Path file = folder.resolve("picture.png");
        PictureWriter.write(file, picture, 0, 255);
        return ImageIO.read(new ByteArrayInputStream(Thumbnail.png(file, side)));
    }

    private static Matrix ramp(int rows, int cols) {
        Matrix picture = Matrix.zeros(rows, cols);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                picture.set(i, j, 10 * i + j);
            }
        }
        return picture;
    }

    @Test
    void aSmallPictureStaysAsItIs() throws IOException {
        BufferedImage small = thumbnail(ramp(3, 5), 5);
        assertEquals(5, small.getWidth());
        assertEquals(3, small.getHeight());
        assertEquals(23, small.getRaster().getSample(3, 2, 0));
    }

    @Test
    void aLargeOneIsMadeOfMeansAlsoAtItsEdges() throws IOException {
        BufferedImage small = thumbnail(ramp(5, 3), 3);
        assertEquals(2, small.getWidth());
        assertEquals(3, small.getHeight());
        assertEquals(Math.round((0 + 1 + 10 + 11) / 4.0), small.getRaster().getSample(0, 0, 0));
        assertEquals(42, small.getRaster().getSample(1, 2, 0), "of one pixel");
    }

    @Test
    void whatIsNoPictureIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("false.png"), "no picture");
        assertThrows(StoreException.class, () -> Thumbnail.png(file, 10));
    }
}
