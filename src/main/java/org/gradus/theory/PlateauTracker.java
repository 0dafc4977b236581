package org.gradus.theory;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The longest intervals of steps at which the effective rank lies in each of some bands. Fed with the rank at each step, or told
 * that it met no edge of a band for a while.
 */
final class PlateauTracker {
    private final double[] lower;
    private final double[] upper;
    private final double[] edges;
    private final int[] owner;
    private final boolean[] inside;
    private final long[] since;
    private final long[] bestFirst;
    private final long[] bestLast;
    private double previous = Double.NaN;

    /** Bands [r_i − w_i, r_i + w_i], ends included. */
    PlateauTracker(double[] ranks, Tolerance tolerance) {
        int bands = ranks.length;
        lower = new double[bands];
        upper = new double[bands];
        for (int band = 0; band < bands; band++) {
            lower[band] = ranks[band] - tolerance.around(ranks[band]);
            upper[band] = ranks[band] + tolerance.around(ranks[band]);
        }
        owner = IntStream.range(0, 2 * bands)
                .boxed()
                .sorted((i, j) -> Double.compare(edge(i), edge(j)))
                .mapToInt(i -> i)
                .toArray();
        edges = Arrays.stream(owner).mapToDouble(this::edge).toArray();
        inside = new boolean[bands];
        since = new long[bands];
        bestFirst = filled(bands);
        bestLast = filled(bands);
    }

    int bands() {
        return lower.length;
    }

    private double edge(int i) {
        return i < lower.length ? lower[i] : upper[i - lower.length];
    }

    private static long[] filled(int size) {
        long[] none = new long[size];
        Arrays.fill(none, -1);
        return none;
    }

    /** Whether the rank may have entered or left a band while between low and high; true where they are not numbers. */
    boolean mayMove(double low, double high) {
        int first = firstEdgeFrom(low);
        return !(low <= high) || (first < edges.length && edges[first] <= high);
    }

    private int firstEdgeFrom(double rank) {
        int found = Arrays.binarySearch(edges, rank);
        int first = found < 0 ? -found - 1 : found;
        while (first > 0 && edges[first - 1] == rank) {
            first--;
        }
        return first;
    }

    /** The rank at a step; steps come in order, those left out met no edge. NaN is in no band. */
    void observe(long step, double rank) {
        if (Double.isNaN(rank) || Double.isNaN(previous)) {
            for (int band = 0; band < inside.length; band++) {
                update(band, step, rank);
            }
        } else {
            double high = Math.max(previous, rank);
            for (int i = firstEdgeFrom(Math.min(previous, rank)); i < edges.length && edges[i] <= high; i++) {
                update(owner[i] % inside.length, step, rank);
            }
        }
        previous = rank;
    }

    private void update(int band, long step, double rank) {
        boolean now = rank >= lower[band] && rank <= upper[band];
        if (now && !inside[band]) {
            since[band] = step;
        } else if (!now && inside[band]) {
            close(band, step - 1);
        }
        inside[band] = now;
    }

    private void close(int band, long last) {
        if (bestFirst[band] < 0 || last - since[band] > bestLast[band] - bestFirst[band]) {
            bestFirst[band] = since[band];
            bestLast[band] = last;
        }
    }

    /** From a step on the rank stays between low and high for ever and goes on to move between them: closes bands it leaves. */
    void settle(long step, double low, double high) {
        for (int band = 0; band < inside.length; band++) {
            if (inside[band] && !stays(band, low, high)) {
                close(band, step);
                inside[band] = false;
            }
        }
    }

    /** Whether the band holds the present rank and all between low and high. */
    boolean stays(int band, double low, double high) {
        return inside[band] && low >= lower[band] && high <= upper[band];
    }

    /** The longest interval; one that is open at the horizon counts up to there, or as the longest where it lasts for ever. */
    ExactPlateau longest(int band, long horizon, boolean forEver) {
        if (inside[band]
                && (forEver || bestFirst[band] < 0 || horizon - since[band] > bestLast[band] - bestFirst[band])) {
            return new ExactPlateau(since[band], null, forEver);
        }
        return bestFirst[band] < 0
                ? new ExactPlateau(null, null, false)
                : new ExactPlateau(bestFirst[band], bestLast[band], false);
    }

    /** First and last step; last is null where it lies beyond the horizon or nowhere, both where there is no plateau. */
    record ExactPlateau(Long first, Long last, boolean forEver) {}
}
