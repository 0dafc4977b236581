package org.gradus.problem;

import java.util.Arrays;
import org.gradus.random.RandomStream;

/** Places drawn without replacement, every set of so many equally likely. */
public final class RandomPlaces {
    private RandomPlaces() {}

    /**
     * {@code count} of the numbers 0 … total − 1: those with the smallest of {@code total} uniform random keys.
     *
     * @return ascending
     * @throws IllegalArgumentException unless 0 ≤ count ≤ total
     */
    public static int[] choose(int total, int count, RandomStream stream) {
        if (count < 0 || count > total) {
            throw new IllegalArgumentException(count + " of " + total + " places");
        }
        double[] keys = stream.uniforms(total, 1);
        double[] sorted = keys.clone();
        Arrays.parallelSort(sorted);
        double bound = count == 0 ? Double.NEGATIVE_INFINITY : sorted[count - 1];
        int below = 0;
        for (double key : keys) {
            below += key < bound ? 1 : 0;
        }
        int equal = count - below; // of keys equal to the bound the first ones
        int[] chosen = new int[count];
        int next = 0;
        for (int i = 0; i < total && next < count; i++) {
            if (keys[i] < bound || (keys[i] == bound && equal-- > 0)) {
                chosen[next++] = i;
            }
        }
        return chosen;
    }
}
