package org.gradus.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumeralsTest {
    @ParameterizedTest
    @CsvSource({"0, 10⁰", "12, 10¹²", "-307, 10⁻³⁰⁷"})
    void powersOfTenHaveSuperscripts(int exponent, String expected) {
        assertEquals(expected, Numerals.powerOfTen(exponent));
    }

    @Test
    void indicesAreSubscripts() {
        assertEquals("₁₀₂₄", Numerals.subscript(1024));
    }

    @ParameterizedTest
    @CsvSource({"5, -1, 0.5", "-25, -2, −0.25", "0, -7, 0", "20, 3, 20000", "15, 4, 1.5·10⁵", "10, -8, 10⁻⁷"})
    void numbersArePlainNearOneAndPowersBeyond(long mantissa, int exponent, String expected) {
        assertEquals(expected, Numerals.number(mantissa, exponent));
    }

    @ParameterizedTest
    @CsvSource({"1, 1.00", "1.6449, 1.64", "100, 100.00", "123456, 1.23·10⁵", "0.01234, 0.0123", "0, 0"})
    void measuredValuesAreRounded(double value, String expected) {
        assertEquals(expected, Numerals.rounded(value));
    }
}
