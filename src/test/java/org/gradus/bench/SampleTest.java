package org.gradus.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How times are taken and summed up. */
final class SampleTest {

    @Test
    void quantilesAreThoseOfNumPyByDefault() {
        Sample sample = new Sample(new double[] {4, 1, 3, 2});
        assertEquals(2.5, sample.median());
        assertEquals(1.75, sample.quantile(0.25));
        assertEquals(3.25, sample.quantile(0.75));
        assertEquals(1, sample.quantile(0));
        assertEquals(4, sample.quantile(1));
        assertEquals(7, new Sample(new double[] {7}).quantile(0.75));
    }

    @Test
    void withoutARoundThereIsNoSample() {
        assertThrows(IllegalArgumentException.class, () -> new Sample(new double[0]));
    }

    @Test
    void aPieceFillsItsSlotAndDoesNotCountTheRoundsThatFindOutHow() {
        List<Long> repeats = new ArrayList<>();
        Piece piece = new Piece(times -> {
            repeats.add(times);
            long until = System.nanoTime() + 100_000 * times;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        });
        for (int round = 0; round < Settings.WARM_UP_ROUNDS + 3; round++) {
            piece.round(0.01);
        }
        assertEquals(3, piece.seconds().size());
        assertEquals(1, repeats.get(0));
        assertTrue(repeats.get(4) > 1 && repeats.get(4) <= 100, repeats::toString);
        assertTrue(piece.sample().quantile(0) >= 1e-4, () -> piece.seconds().toString());
    }

    @Test
    void whatTakesLongerThanItsSlotIsDoneOnce() {
        List<Long> repeats = new ArrayList<>();
        Piece piece = new Piece(times -> {
            repeats.add(times);
            long until = System.nanoTime() + 2_000_000;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        });
        for (int round = 0; round < 4; round++) {
            piece.round(0.001);
        }
        assertEquals(List.of(1L, 1L, 1L, 1L), repeats);
    }
}
