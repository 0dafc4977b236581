package org.gradus.store;

import static org.gradus.store.Fixtures.row;
import static org.gradus.store.Fixtures.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.gradus.linalg.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class PictureTest {
    @TempDir
    Path folder;

    static Stream<Arguments> greyPictures() {
        return Stream.of(
                Arguments.of("grey8", rows(row(0, 1 / 255.0, 77 / 255.0), row(128 / 255.0, 200 / 255.0, 1))),
                Arguments.of(
                        "grey16", rows(row(0, 1 / 65535.0, 257 / 65535.0), row(30000 / 65535.0, 65534 / 65535.0, 1))),
                Arguments.of("grey4", rows(row(51 / 255.0, 1))),
                Arguments.of("grey1", rows(row(0, 1))),
                Arguments.of("grey_alpha8", rows(row(77 / 255.0, 200 / 255.0))),
                Arguments.of("grey_gamma", rows(row(77 / 255.0, 200 / 255.0))));
    }

    @ParameterizedTest
    @MethodSource("greyPictures")
    void greySamplesAreReadWithoutAnyConversion(String name, Matrix expected) {
        assertEquals(expected, MatrixFile.read(Fixtures.file(name + ".png")));
    }

    static Stream<Arguments> colourPictures() {
        return Stream.of(
                Arguments.of("rgb8", rows(row(0.299, 0.587), row(0.114, 77 / 255.0))),
                Arguments.of("rgb16", rows(row(0.299 + (0.587 * 1000 + 0.114 * 3) / 65535))),
                Arguments.of("rgba8", rows(row(luma(10, 20, 30), luma(200, 100, 50)))),
                Arguments.of("palette", rows(row(0, luma(10, 20, 30), 77 / 255.0))));
    }

    @ParameterizedTest
    @MethodSource("colourPictures")
    void coloursBecomeTheirLumaAndAlphaIsIgnored(String name, Matrix expected) {
        Matrix matrix = MatrixFile.read(Fixtures.file(name + ".png"));
        assertEquals(expected.rows(), matrix.rows());
        for (int n = 0; n < expected.data().length; n++) {
            assertEquals(expected.data()[n], matrix.data()[n], 1e-15);
        }
    }

    private static double luma(int red, int green, int blue) {
        return (0.299 * red + 0.587 * green + 0.114 * blue) / 255;
    }

    @Test
    void aJpegOfOneGreyIsThatGrey() throws IOException {
        BufferedImage picture = new BufferedImage(16, 8, BufferedImage.TYPE_BYTE_GRAY);
        for (int n = 0; n < 128; n++) {
            picture.getRaster().setSample(n % 16, n / 16, 0, 77);
        }
        Path file = folder.resolve("grey.JPG");
        assertTrue(ImageIO.write(picture, "jpeg", file.toFile()));
        Matrix matrix = MatrixFile.read(file);
        assertEquals(8, matrix.rows());
        assertEquals(77 / 255.0, matrix.get(3, 11));
    }

    @Test
    void aColourJpegIsCloseToItsLuma() throws IOException {
        BufferedImage picture = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        for (int n = 0; n < 256; n++) {
            picture.setRGB(n % 16, n / 16, 200 << 16 | 100 << 8 | 50);
        }
        Path file = folder.resolve("colour.jpeg");
        assertTrue(ImageIO.write(picture, "jpeg", file.toFile()));
        assertEquals(luma(200, 100, 50), MatrixFile.read(file).get(9, 9), 2.0 / 255);
    }

    @Test
    void everyGreyValueSurvivesARoundTrip() {
        Matrix matrix = Matrix.zeros(16, 16);
        for (int n = 0; n < 256; n++) {
            matrix.set(n / 16, n % 16, n / 255.0);
        }
        PictureWriter.write(folder.resolve("a.png"), matrix, 0, 1);
        assertEquals(matrix, MatrixFile.read(folder.resolve("a.png")));
    }

    @Test
    void whatLiesOutsideTheRangeIsClipped() {
        Path file = folder.resolve("a.png");
        PictureWriter.write(file, rows(row(-9, 1, 2, 3, Double.POSITIVE_INFINITY)), 1, 3);
        assertEquals(rows(row(0, 0, 128 / 255.0, 1, 1)), MatrixFile.read(file));
    }

    static Stream<Arguments> channels() {
        return Stream.of(
                Arguments.of("grey8", List.of(rows(row(0, 1 / 255.0, 77 / 255.0), row(128 / 255.0, 200 / 255.0, 1)))),
                Arguments.of("grey_alpha8", List.of(rows(row(77 / 255.0, 200 / 255.0)))),
                Arguments.of(
                        "rgb8",
                        List.of(
                                rows(row(1, 0), row(0, 77 / 255.0)),
                                rows(row(0, 1), row(0, 77 / 255.0)),
                                rows(row(0, 0), row(1, 77 / 255.0)))),
                Arguments.of("rgb16", List.of(rows(row(1)), rows(row(1000 / 65535.0)), rows(row(3 / 65535.0)))),
                Arguments.of(
                        "rgba8",
                        List.of(
                                rows(row(10 / 255.0, 200 / 255.0)),
                                rows(row(20 / 255.0, 100 / 255.0)),
                                rows(row(30 / 255.0, 50 / 255.0)))),
                Arguments.of(
                        "palette",
                        List.of(
                                rows(row(0, 10 / 255.0, 77 / 255.0)),
                                rows(row(0, 20 / 255.0, 77 / 255.0)),
                                rows(row(0, 30 / 255.0, 77 / 255.0)))));
    }

    @ParameterizedTest
    @MethodSource("channels")
    void coloursAreReadAsThreeChannelsAndGreysAsOneWithoutAlpha(String name, List<Matrix> expected) {
        assertEquals(expected, MatrixFile.readChannels(Fixtures.file(name + ".png")));
    }

    @Test
    void coloursSurviveARoundTripAndOnesThatAreAllGreyAreGrey() {
        Path file = folder.resolve("a.png");
        List<Matrix> colours = List.of(
                rows(row(0, 1), row(51 / 255.0, 0)), rows(row(0, 0.2), row(1, 0)), rows(row(1, 1), row(0.4, 0)));
        PictureWriter.write(file, colours, 0, 1);
        assertEquals(colours, MatrixFile.readChannels(file));
        PictureWriter.write(file, List.of(colours.get(0), colours.get(0), colours.get(0)), 0, 1);
        assertEquals(colours.subList(0, 1), MatrixFile.readChannels(file));
        assertThrows(IllegalArgumentException.class, () -> PictureWriter.write(file, colours.subList(0, 2), 0, 1));
    }

    @Test
    void aMatrixFileIsOneChannelAndCsvReadsBackToTheSameDoubles() {
        Path file = folder.resolve("a.csv");
        Matrix matrix = rows(row(1.0 / 3, -2e-300, 7), row(0, Math.PI, -1e17));
        DelimitedWriter.write(file, matrix);
        assertEquals(List.of(matrix), MatrixFile.readChannels(file));
    }

    @Test
    void aNaNIsNotDrawn() {
        Path file = folder.resolve("a.png");
        assertThrows(StoreException.class, () -> PictureWriter.write(file, rows(row(Double.NaN)), 0, 1));
        assertFalse(Files.exists(file));
    }

    @ParameterizedTest
    @CsvSource({"a.png, true", "a.JPG, true", "a.b.jpeg, true", "png, false", "a.npy, false", "a.png.csv, false"})
    void theEndingTellsAPicture(String name, boolean picture) {
        assertEquals(picture, MatrixFile.isPicture(Path.of(name)));
    }
}
