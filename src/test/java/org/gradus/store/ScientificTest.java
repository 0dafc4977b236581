package org.gradus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ScientificTest {
    /** Bits and text, as glibc's printf wrote it: subnormals, ties at the 17th digit, powers of ten, random bits. */
    static Stream<String> printed() throws IOException {
        return Files.readAllLines(Fixtures.file("printf.txt")).stream().filter(line -> !line.startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("printed")
    void aNumberIsWrittenAsPrintfWritesIt(String line) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(line.substring(0, 16), 16));
        assertEquals(line.substring(17), Scientific.format(value));
    }

    @Test
    void theCasesIncludeTies() throws IOException {
        long ties = printed()
                .map(line -> Double.longBitsToDouble(Long.parseUnsignedLong(line.substring(0, 16), 16)))
                .filter(Double::isFinite)
                .map(value -> new BigDecimal(value).stripTrailingZeros())
                .filter(exact -> exact.precision() == 18
                        && exact.unscaledValue().toString().endsWith("5"))
                .count();
        assertTrue(ties >= 20, ties + " ties");
    }

    @Test
    void anyDoubleReadsBackToItself() {
        Random random = new Random(11);
        for (int n = 0; n < 20_000; n++) {
            double value = Double.longBitsToDouble(random.nextLong());
            assertEquals(value, NumberText.parse(Scientific.format(value)));
        }
    }
}
