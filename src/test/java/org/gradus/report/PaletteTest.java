package org.gradus.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PaletteTest {
    /** Sharma, Wu and Dalal's table 1. */
    @ParameterizedTest
    @CsvSource({
        "50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425",
        "50, -1, 2, 50, 0, 0, 2.3669",
        "50, 2.49, -0.001, 50, -2.49, 0.0011, 7.2195",
        "50, 2.5, 0, 73, 25, -18, 27.1492",
        "50, 2.5, 0, 58, 24, 15, 19.4535",
        "6.7747, -0.2908, -2.4247, 5.8714, -0.0985, -2.2286, 0.6377",
        "2.0776, 0.0795, -1.135, 0.9033, -0.0636, -0.5514, 0.9082"
    })
    void differencesOfColoursAreThoseOfTheStandard(
            double l, double a, double b, double l2, double a2, double b2, double difference) {
        assertEquals(difference, ColourVision.ciede2000(new double[] {l, a, b}, new double[] {l2, a2, b2}), 5e-5);
    }

    static Stream<Arguments> curves() {
        return IntStream.rangeClosed(2, 12)
                .boxed()
                .flatMap(count -> Arrays.stream(ColourVision.values()).map(vision -> Arguments.of(count, vision)));
    }

    private static double least(int count, ColourVision vision) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
                least = Math.min(least, vision.difference(Palette.of(i, count), Palette.of(j, count)));
            }
        }
        return least;
    }

    /** More than seven are an ordered map: neighbours are told apart by their place, lightness leads through all. */
    @ParameterizedTest
    @MethodSource("curves")
    void coloursOfCurvesAreToldApartByEveryColourVision(int count, ColourVision vision) {
        double least = least(count, vision);
        assertTrue(least >= (count <= 7 ? 10 : 1.9), () -> "" + least);
        for (int i = 1; i < count && count > 7; i++) {
            assertTrue(vision.lab(Palette.of(i, count))[0] > vision.lab(Palette.of(i - 1, count))[0], "lightness");
        }
    }

    @Test
    void noCurveVanishesOnWhitePaper() {
        for (int count = 1; count <= 12; count++) {
            for (int i = 0; i < count; i++) {
                Color colour = Palette.of(i, count);
                double contrast = 1.05 / (ColourMap.luminance(colour) + 0.05);
                assertTrue(contrast >= 2, () -> colour + " has a contrast of " + contrast);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ColourVision.class)
    void theColourMapGrowsLighterInEvenSteps(ColourVision vision) {
        int steps = 20;
        double least = Double.POSITIVE_INFINITY;
        double greatest = 0;
        for (int i = 0; i < steps; i++) {
            Color from = ColourMap.at((double) i / steps);
            Color to = ColourMap.at((i + 1.0) / steps);
            assertTrue(vision.lab(to)[0] > vision.lab(from)[0], "lightness at " + i);
            least = Math.min(least, vision.difference(from, to));
            greatest = Math.max(greatest, vision.difference(from, to));
        }
        assertTrue(least > 1.5, "the smallest step");
        assertTrue(vision == ColourVision.TRITANOPIA || greatest < 10, "the largest step");
    }

    @Test
    void lettersOnTheColourMapAreRead() {
        for (int i = 0; i <= 100; i++) {
            Color ground = ColourMap.at(i / 100.0);
            double light = Math.max(ColourMap.luminance(ground), ColourMap.luminance(ColourMap.ink(ground)));
            double dark = Math.min(ColourMap.luminance(ground), ColourMap.luminance(ColourMap.ink(ground)));
            assertTrue((light + 0.05) / (dark + 0.05) >= 4.5, ground::toString);
        }
    }
}
