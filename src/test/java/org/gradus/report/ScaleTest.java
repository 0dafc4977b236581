package org.gradus.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {
    private static List<String> labels(Scale scale) {
        return scale.marks().stream()
                .filter(mark -> !mark.isMinor())
                .map(Mark::label)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, 0 2 4 6 8 10",
        "1, 1.8, 1.0 1.2 1.4 1.6 1.8",
        "-1, 1, −1.0 −0.5 0 0.5 1.0",
        "0, 250, 0 50 100 150 200 250",
        "0, 3e-7, 0 5·10⁻⁸ 10⁻⁷ 1.5·10⁻⁷ 2·10⁻⁷ 2.5·10⁻⁷ 3·10⁻⁷",
        "0, 4e8, 0 10⁸ 2·10⁸ 3·10⁸ 4·10⁸"
    })
    void linearMarksAreRoundNumbers(double least, double greatest, String expected) {
        assertEquals(List.of(expected.split(" ")), labels(LinearScale.of(least, greatest)));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "5, 5", "-3, -3", "1e300, 1e300", "7, 7.0000000001", "1e-300, 3e-300"})
    void aLinearAxisOfNearlyOneValueHasARangeAndMarks(double least, double greatest) {
        LinearScale scale = LinearScale.of(least, greatest);
        assertTrue(scale.lower() <= least && greatest <= scale.upper());
        assertTrue(
                labels(scale).size() >= 2 && labels(scale).size() <= 8,
                () -> labels(scale).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1000, 10⁰ 10¹ 10² 10³",
        "1e-4, 0.05, 10⁻⁴ 10⁻³ 10⁻²",
        "1e-30, 1, 10⁻³⁰ 10⁻²⁵ 10⁻²⁰ 10⁻¹⁵ 10⁻¹⁰ 10⁻⁵ 10⁰",
        "3, 4, 2 5",
        "200, 900, 200 500 1000",
        "30, 350, 50 100 200"
    })
    void logarithmicLabelsArePowersOfTenOrWithinADecadeTheirSimpleMultiples(
            double least, double greatest, String expected) {
        assertEquals(List.of(expected.split(" ")), labels(LogScale.of(least, greatest)));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 5", "1e-320, 1e-320", "1e308, 1.7e308", "1e-320, 1e308", "9.99, 10.01"})
    void everyLogarithmicAxisHasTwoToEightLabelsWithinIt(double least, double greatest) {
        LogScale scale = LogScale.of(least, greatest);
        List<String> labels = labels(scale);
        assertTrue(labels.size() >= 2 && labels.size() <= 8, labels::toString);
        for (Mark mark : scale.marks()) {
            assertTrue(mark.position() >= scale.lower() - 1e-6 && mark.position() <= scale.upper() + 1e-6);
        }
    }

    @Test
    void valuesWithoutALogarithmAreGaps() {
        LogScale scale = LogScale.of(1, 100);
        for (double value : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertTrue(Double.isNaN(scale.position(value)));
        }
        assertEquals(2, scale.position(100));
    }

    @Test
    void stepZeroStandsAtTheLeftEndUnderItsOwnLabel() {
        StepScale scale = StepScale.of(new double[] {0, 1, 10, 1000});
        assertEquals(scale.lower(), scale.position(0));
        assertTrue(scale.lower() < scale.position(1));
        assertEquals(List.of("0", "10⁰", "10¹", "10²", "10³"), labels(scale));
    }

    @Test
    void withoutStepZeroTheAxisBeginsAtTheFirstStep() {
        StepScale scale = StepScale.of(new double[] {10, 1000});
        assertEquals(1, scale.lower());
        assertEquals(List.of("10¹", "10²", "10³"), labels(scale));
    }

    @Test
    void aRunOfStepZeroAloneHasAnAxis() {
        StepScale scale = StepScale.of(new double[] {0});
        assertTrue(scale.lower() < scale.upper());
        assertEquals("0", labels(scale).get(0));
    }
}
