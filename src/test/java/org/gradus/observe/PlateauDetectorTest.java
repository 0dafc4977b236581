package org.gradus.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Plateaus counted on made-up curves r(k), recorded 5 % apart. */
final class PlateauDetectorTest {

    private static int count(DoubleUnaryOperator rank, long until) {
        PlateauDetector detector = new PlateauDetector();
        Schedule schedule = Schedule.geometric(1.05);
        int count = 0;
        for (long k = 0; k <= until; k = schedule.next(k)) {
            int now = detector.add(k, rank.applyAsDouble((double) k));
            assertTrue(now == count || now == count + 1, "plateaus come one after another");
            count = now;
        }
        return count;
    }

    /** A step of height 1 at k = at, 1 % of k wide in log k. */
    private static double rise(double k, double at) {
        return 1 / (1 + Math.exp(-Math.log(Math.max(k, 1e-9) / at) / 0.05));
    }

    /** From n = 100 down to 1 at k = 100, exponentially as the first value grows out of the others. */
    private static double dip(double k) {
        return 1 + 99 / (1 + Math.exp((k - 80) / 5));
    }

    @Test
    void theFlatBeginningAtTheFullRankIsNoPlateau() {
        assertEquals(0, count(k -> 100, 10_000));
        assertEquals(0, count(PlateauDetectorTest::dip, 100));
    }

    @Test
    void theFirstPlateauFollowsTheDip() {
        assertEquals(1, count(PlateauDetectorTest::dip, 200));
        assertEquals(1, count(PlateauDetectorTest::dip, 100_000));
    }

    @Test
    void everyStepOfTheStaircaseCountsOnce() {
        DoubleUnaryOperator staircase = k -> dip(k) + 0.5 * rise(k, 1000) + 0.2 * rise(k, 5000) + 0.1 * rise(k, 20_000);
        assertEquals(1, count(staircase, 900));
        assertEquals(2, count(staircase, 3000));
        assertEquals(3, count(staircase, 12_000));
        assertEquals(4, count(staircase, 100_000));
    }

    @Test
    void aStartThatIsLeftUpwardsWasTheFirstPlateau() {
        DoubleUnaryOperator rising = k -> 1 + 0.5 * rise(k, 1000);
        assertEquals(0, count(rising, 500));
        assertEquals(2, count(rising, 5000));
    }

    @Test
    void aSlowClimbIsNoPlateau() {
        assertEquals(1, count(k -> dip(k) + Math.max(0, Math.log(Math.max(k, 1) / 200)), 100_000));
    }

    @Test
    void wobblesWithinTheFlatnessDoNotCountTwice() {
        assertEquals(1, count(k -> dip(k) + 0.01 * Math.sin(3 * Math.log(k + 1)), 100_000));
    }

    @Test
    void undefinedRanksAreLeftOut() {
        assertEquals(1, count(k -> k < 10 || k % 7 == 0 ? Double.NaN : dip(k), 1000));
    }

    @Test
    void plateausLieWhereTheStaircaseIsFlat() {
        DoubleUnaryOperator staircase = k -> dip(k) + 0.5 * rise(k, 1000) + 0.2 * rise(k, 5000);
        Schedule schedule = Schedule.geometric(1.05);
        List<Long> steps = new ArrayList<>();
        for (long k = 0; k <= 20_000; k = schedule.next(k)) {
            steps.add(k);
        }
        double[] rows = steps.stream().mapToDouble(k -> k).toArray();
        double[] ranks = Arrays.stream(rows).map(staircase).toArray();
        List<Plateaus.Plateau> plateaus = Plateaus.of(rows, ranks);
        assertEquals(3, plateaus.size());
        double[] levels = {1, 1.5, 1.7};
        long[] from = {100, 1000, 5000};
        long[] to = {1000, 5000, 20_000};
        for (int i = 0; i < 3; i++) {
            Plateaus.Plateau plateau = plateaus.get(i);
            assertEquals(levels[i], plateau.rank(), 0.03 * levels[i]);
            assertTrue(plateau.first() >= from[i] && plateau.first() <= 1.5 * from[i], plateau::toString);
            assertTrue(plateau.last() <= to[i] && plateau.last() >= 0.7 * to[i], plateau::toString);
        }
    }
}
