package org.gradus.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The known answers of Random123 for philox4x32-10, words in order. */
final class PhiloxTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    00000000 00000000 00000000 00000000 | 00000000 00000000 | 6627e8d5 e169c58d bc57ac4c 9b00dbd8
                    ffffffff ffffffff ffffffff ffffffff | ffffffff ffffffff | 408f276d 41c83b0e a20bc7c6 6d5451fd
                    243f6a88 85a308d3 13198a2e 03707344 | a4093822 299f31d0 | d16cfe09 94fdcceb 5001e420 24126ea1
                    """)
    void theKnownAnswersHold(String counter, String key, String answer) {
        Philox.Block block = Philox.block(half(counter, 0), half(counter, 1), half(key, 0));
        assertEquals(new Philox.Block(half(answer, 0), half(answer, 1)), block);
    }

    /** Words 2·index and 2·index + 1 as one number, the first word low. */
    private static long half(String words, int index) {
        String[] word = words.trim().split(" ", -1);
        return Long.parseLong(word[2 * index], 16) | Long.parseLong(word[2 * index + 1], 16) << 32;
    }
}
