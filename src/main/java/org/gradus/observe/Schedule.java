package org.gradus.observe;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The steps at which a row is recorded, besides the first and the last step of a run. */
@FunctionalInterface
public interface Schedule {

    /** What {@link #next} answers when nothing follows. */
    long NEVER = Long.MAX_VALUE;

    /** The first step of this schedule after {@code step}. */
    long next(long step);

    /** Every multiple of {@code interval} ≥ 1. */
    static Schedule every(long interval) {
        return step -> step > NEVER - interval ? NEVER : (step / interval + 1) * interval;
    }

    /** 0, 1, then k ← max(k + 1, ⌊ratio·k⌋), ratio &gt; 1. */
    static Schedule geometric(double ratio) {
        long[] reached = {0}; // where the last search ended: a run asks in order, and so walks the sequence once
        return step -> {
            long k = step < reached[0] ? 0 : reached[0];
            while (k <= step) {
                reached[0] = k;
                k = k == 0 ? 1 : Math.max(k + 1, (long) Math.floor(ratio * k));
            }
            return k;
        };
    }

    /** Exactly these steps. */
    static Schedule listed(List<Long> steps) {
        NavigableSet<Long> sorted = new TreeSet<>(steps);
        return step -> {
            Long following = sorted.higher(step);
            return following == null ? NEVER : following;
        };
    }

    /** The steps of either. */
    default Schedule or(Schedule other) {
        return step -> Math.min(next(step), other.next(step));
    }
}
