package org.gradus.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.gradus.linalg.Matrix;
import org.gradus.report.ContactSheet.Panel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContactSheetTest {
    @TempDir
    Path folder;

    private BufferedImage drawn(List<Panel> panels, int width) throws IOException {
        Path file = folder.resolve("sheet.png");
        ContactSheet.write(file, panels, width, 0, 1);
        return ImageIO.read(file.toFile());
    }

    private static Matrix constant(int rows, int cols, double value) {
        Matrix matrix = Matrix.zeros(rows, cols);
        Arrays.fill(matrix.data(), value);
        return matrix;
    }

    private static int[] at(BufferedImage sheet, int x, int y) {
        return sheet.getRaster().getPixel(x, y, (int[]) null);
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "4, 4", "5, 5", "6, 3", "7, 4", "8, 4", "9, 3", "10, 5", "11, 4", "12, 4", "15, 5"})
    void aRowHasThreeToFivePicturesAndAsFewCellsAsCanBeAreEmpty(int panels, int columns) {
        assertEquals(columns, ContactSheet.columns(panels));
    }

    @Test
    void panelsShowTheirChannelsOneAfterAnother() throws IOException {
        List<Matrix> red = List.of(constant(4, 8, 2), constant(4, 8, 0.2), constant(4, 8, -1));
        Panel grey = new Panel("grey", List.of("a line"), List.of(constant(4, 8, 0.4)));
        BufferedImage sheet = drawn(List.of(new Panel("red", List.of(), red), grey, grey), 330);
        assertEquals(330, sheet.getWidth());
        assertEquals(List.of(255, 51, 0), boxed(at(sheet, 60, 20)));
        assertEquals(List.of(102, 102, 102), boxed(at(sheet, 165, 20)));
        assertEquals(List.of(255, 255, 255), boxed(at(sheet, 2, 2)));
    }

    private static List<Integer> boxed(int[] samples) {
        return Arrays.stream(samples).boxed().toList();
    }

    @Test
    void aLargePictureIsAveragedByArea() throws IOException {
        Matrix stripes = Matrix.zeros(400, 400);
        for (int n = 0; n < stripes.data().length; n++) {
            stripes.data()[n] = n % 2;
        }
        BufferedImage sheet = drawn(Collections.nCopies(4, new Panel("a", List.of(), List.of(stripes))), 850);
        assertEquals(1, sheet.getRaster().getNumBands());
        for (int y = 20; y < 200; y++) {
            assertEquals(128, at(sheet, 100, y)[0], 1);
        }
    }

    @Test
    void everyPanelIsLabelledWithinItsWidth() throws IOException {
        Panel panel = new Panel("a title that is far too long for its panel", List.of("x"), List.of(constant(5, 5, 1)));
        BufferedImage sheet = drawn(Collections.nCopies(3, panel), 700);
        int cell = (700 - 10) / 3;
        for (int column = 0; column < 3; column++) {
            assertTrue(isDark(sheet, 10 + column * cell, (column + 1) * cell), "text below panel " + column);
            assertFalse(isDark(sheet, (column + 1) * cell + 1, (column + 1) * cell + 9), "the gap stays white");
        }
    }

    private static boolean isDark(BufferedImage sheet, int fromX, int toX) {
        for (int y = 0; y < sheet.getHeight(); y++) {
            for (int x = fromX; x < Math.min(toX, sheet.getWidth()); x++) {
                if (at(sheet, x, y)[0] < 128) {
                    return true;
                }
            }
        }
        return false;
    }

    @ParameterizedTest
    @CsvSource({"1, 900", "900, 1", "1, 1"})
    void aPictureOfAnyShapeFits(int rows, int cols) throws IOException {
        BufferedImage sheet =
                drawn(Collections.nCopies(3, new Panel("a", List.of(), List.of(constant(rows, cols, 0)))), 400);
        assertTrue(sheet.getHeight() < 400, "height " + sheet.getHeight());
        assertTrue(isDark(sheet, 0, 400));
    }
}
