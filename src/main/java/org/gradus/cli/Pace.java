package org.gradus.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/** How fast something grows: its speed over the last seconds. */
final class Pace {
    private static final double WINDOW_SECONDS = 10;

    private final Deque<double[]> recent = new ArrayDeque<>();

    /**
     * @param seconds since some fixed moment, not decreasing from call to call
     * @param amount by now
     */
    double perSecond(double seconds, double amount) {
        recent.addLast(new double[] {seconds, amount});
        while (recent.size() > 2 && recent.peekFirst()[0] < seconds - WINDOW_SECONDS) {
            recent.removeFirst();
        }
        double[] first = recent.getFirst();
        return seconds > first[0] ? (amount - first[1]) / (seconds - first[0]) : 0;
    }
}
