package org.gradus.bench;

import java.util.ArrayList;
import java.util.List;

/** Something whose time is taken, in turns with others. */
final class Piece {

    /** Carried out so many times, and waited for. */
    @FunctionalInterface
    interface Work {
        void repeat(long times);
    }

    private final Work work;
    private final List<Double> seconds = new ArrayList<>();
    private int rounds;
    private long times = 1;

    Piece(Work work) {
        this.work = work;
    }

    /**
     * One round of at least one repetition; the first ones find out how many fill {@code slot} and are not counted.
     *
     * @param slot seconds that a round should take
     */
    void round(double slot) {
        long start = System.nanoTime();
        work.repeat(times);
        double each = Math.max(1e-9, (System.nanoTime() - start) / 1e9) / times;
        if (rounds++ >= Settings.WARM_UP_ROUNDS) {
            seconds.add(each);
        } else {
            times = (long) Math.max(1, Math.min(100_000_000, slot / each));
        }
    }

    /** What was counted; empty for none. */
    List<Double> seconds() {
        return seconds;
    }

    Sample sample() {
        return new Sample(seconds.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
