package org.gradus.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Seconds that a piece took in each round.
 *
 * @param seconds of one repetition, ascending
 */
record Sample(double[] seconds) {

    /** @throws IllegalArgumentException without a round */
    Sample {
        if (seconds.length == 0) {
            throw new IllegalArgumentException("no round was measured");
        }
        seconds = seconds.clone();
        Arrays.sort(seconds);
    }

    /** The value at a share of the way from least to largest, between two linearly (Hyndman and Fan 1996, type 7). */
    double quantile(double share) {
        double at = share * (seconds.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, seconds.length - 1);
        return seconds[below] + (at - below) * (seconds[above] - seconds[below]);
    }

    double median() {
        return quantile(0.5);
    }

    /** {median, quartile_1, quartile_3, least, largest, rounds}. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("median", median());
        tree.put("quartile_1", quantile(0.25));
        tree.put("quartile_3", quantile(0.75));
        tree.put("least", seconds[0]);
        tree.put("largest", seconds[seconds.length - 1]);
        tree.put("rounds", seconds.length);
        return tree;
    }
}
