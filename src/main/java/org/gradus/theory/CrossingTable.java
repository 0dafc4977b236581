package org.gradus.theory;

import java.util.Arrays;
import java.util.stream.IntStream;

/** First steps at which modes reach levels; a mode's row is written by one thread only. */
final class CrossingTable {
    private final double[] ascending;
    private final int[] place;
    private final long[][] steps;
    private final int[] reached;

    CrossingTable(double[] levels, int modes) {
        for (double level : levels) {
            if (!(level > 0 && level < 1)) {
                throw new IllegalArgumentException("level " + level + " is outside (0, 1)");
            }
        }
        place = IntStream.range(0, levels.length)
                .boxed()
                .sorted((i, j) -> Double.compare(levels[i], levels[j]))
                .mapToInt(i -> i)
                .toArray();
        ascending = Arrays.stream(place).mapToDouble(i -> levels[i]).toArray();
        steps = new long[modes][levels.length];
        for (long[] row : steps) {
            Arrays.fill(row, -1);
        }
        reached = new int[modes];
    }

    /** The lowest value of p (|p| for λ &lt; 0) that the mode has yet to reach; NaN where there is none. */
    double next(int mode, double lambda) {
        return reached[mode] == ascending.length ? Double.NaN : ascending[reached[mode]] * Math.abs(lambda);
    }

    void reach(int mode, long step) {
        steps[mode][place[reached[mode]++]] = step;
    }

    /** In the order of the levels given; −1: not reached. */
    long[] steps(int mode) {
        return steps[mode].clone();
    }
}
