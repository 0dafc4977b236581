package org.gradus.problem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.gradus.random.RandomStream;
import org.gradus.random.RandomStream.Purpose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RandomPlacesTest {
    private static RandomStream stream(long seed) {
        return new RandomStream(seed, Purpose.MASK, 0);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "10, 3", "1000, 999", "1000, 1000", "40000, 17"})
    void exactlySoManyPlacesAreChosenInOrderWithoutRepetition(int total, int count) {
        int[] chosen = RandomPlaces.choose(total, count, stream(5));
        assertEquals(count, chosen.length);
        assertArrayEquals(Arrays.stream(chosen).sorted().distinct().toArray(), chosen);
        assertTrue(Arrays.stream(chosen).allMatch(k -> k >= 0 && k < total));
    }

    /** Each of 6 places is in a third of 3,000 draws of 2: mean 1,000, standard deviation 26. */
    @Test
    void everyPlaceIsEquallyLikely() {
        int[] hits = new int[6];
        IntStream.range(0, 3000)
                .forEach(seed ->
                        Arrays.stream(RandomPlaces.choose(6, 2, stream(seed))).forEach(k -> hits[k]++));
        for (int count : hits) {
            assertEquals(1000, count, 130);
        }
    }

    @Test
    void moreThanThereAreCannotBeChosen() {
        assertThrows(IllegalArgumentException.class, () -> RandomPlaces.choose(3, 4, stream(1)));
    }
}
