package org.gradus.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlNumberTest {

    @ParameterizedTest
    @CsvSource({
        "10, 10",
        "-7, -7",
        "+7, 7",
        "007, 7",
        "1e-3, 0.001",
        "1.0e-12, 1e-12",
        ".5, 0.5",
        "2., 2",
        "1E4, 1e4",
        "0x1F, 31",
        "0o17, 15",
        "4.9e-324, 4.9e-324",
        "1.7976931348623157e308, 1.7976931348623157e308",
        "0e99999999999, 0",
        "0.000, 0"
    })
    void coreNumbersAreRead(String text, double value) {
        assertEquals(value, YamlNumber.toDouble(text));
    }

    @ParameterizedTest
    @CsvSource({
        "2.0, 2",
        "1e6, 1000000",
        "1e18, 1000000000000000000",
        "9007199254740993, 9007199254740993",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
        "0x7fffffffffffffff, 9223372036854775807",
        "0e99999999999, 0",
        "12.50e1, 125"
    })
    void integersAreReadExactly(String text, long value) {
        assertEquals(value, YamlNumber.toLong(text));
    }

    @ParameterizedTest
    @CsvSource({
        "2.5, is no integer",
        "1e-3, is no integer",
        "9223372036854775808, is no integer of 64 bits",
        "-9223372036854775809, is no integer of 64 bits",
        "0xffffffffffffffffff, is no integer of 64 bits",
        "1e300, is no integer of 64 bits",
        "1e99999999999, 'is beyond the largest double, 1.8e308'",
        "1e-99999999999, 'is below the smallest double, 4.9e-324'",
        "-.INF, is not finite",
        ".NaN, is not finite",
        "11111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111,"
                + " has more than 100 digits"
    })
    void otherNumbersAreNoIntegers(String text, String reason) {
        assertEquals(
                reason,
                assertThrows(ArithmeticException.class, () -> YamlNumber.toLong(text))
                        .getMessage());
    }
}
