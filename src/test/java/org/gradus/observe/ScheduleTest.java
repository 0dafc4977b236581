package org.gradus.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScheduleTest {

    private static List<Long> upTo(Schedule schedule, long last) {
        List<Long> steps = new ArrayList<>();
        for (long step = schedule.next(0); step <= last; step = schedule.next(step)) {
            steps.add(step);
        }
        return steps;
    }

    @Test
    void everyIntervalGivesItsMultiples() {
        assertEquals(List.of(7L, 14L, 21L, 28L), upTo(Schedule.every(7), 30));
        assertEquals(List.of(1L, 2L, 3L), upTo(Schedule.every(1), 3));
        assertEquals(21, Schedule.every(7).next(20));
        assertEquals(28, Schedule.every(7).next(21));
        assertEquals(Schedule.NEVER, Schedule.every(7).next(Long.MAX_VALUE - 3));
    }

    @Test
    void theGeometricScheduleOfTenPercentByHand() {
        assertEquals(
                List.of(
                        1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L, 20L, 22L,
                        24L, 26L, 28L, 30L, 33L, 36L, 39L, 42L, 46L, 50L, 55L, 60L),
                upTo(Schedule.geometric(1.1), 65));
        assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 32L), upTo(Schedule.geometric(2), 63));
        assertEquals(List.of(1L, 2L, 3L, 4L, 6L, 9L, 13L, 19L), upTo(Schedule.geometric(1.5), 20));
    }

    /** 0, 1, then k ← max(k + 1, ⌊g·k⌋), also when asked from a step between. */
    @ParameterizedTest
    @ValueSource(doubles = {1.001, 1.05, 1.1, 1.25, 1.5, 2, 3.7, 1000})
    void theGeometricScheduleFollowsItsRule(double ratio) {
        Schedule schedule = Schedule.geometric(ratio);
        long k = 1;
        for (long step = 0; step < 3_000; step++) {
            if (step >= k) {
                k = Math.max(k + 1, (long) Math.floor(ratio * k));
            }
            assertEquals(k, schedule.next(step), "after " + step);
        }
    }

    @Test
    void aListGivesItsStepsInOrderAndThenNone() {
        Schedule schedule = Schedule.listed(List.of(10L, 0L, 3L, 10L));
        assertEquals(List.of(3L, 10L), upTo(schedule, 100));
        assertEquals(Schedule.NEVER, schedule.next(10));
        assertEquals(Schedule.NEVER, Schedule.listed(List.of()).next(0));
    }

    @Test
    void aUnionGivesTheStepsOfEitherOnce() {
        Schedule union = Schedule.every(10).or(Schedule.listed(List.of(5L, 20L, 21L)));
        assertEquals(List.of(5L, 10L, 20L, 21L, 30L), upTo(union, 35));
    }
}
