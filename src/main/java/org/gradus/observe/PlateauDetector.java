package org.gradus.observe;

import java.util.ArrayList;
import java.util.List;
import org.gradus.observe.Plateaus.Plateau;

/**
 * Counts plateaus of the effective rank on line, where no theorem says when they come. A plateau is a stretch of rows that is
 * flat in log k: the ranks differ by at most {@link #FLATNESS} of the smallest, while the step grows by the factor
 * {@link #LENGTH}, over at least {@link #LEAST_ROWS} rows, and have not fallen meanwhile. What a small start shows first, equal singular values and hence a
 * rank near n, is no plateau: nothing counts until the rank has left that level, and a start that it leaves upwards was the
 * first plateau. A stretch continues the plateau before it while it stays within the flatness of that level.
 */
final class PlateauDetector {
    static final double FLATNESS = 0.03;
    static final double LENGTH = 1.25;
    static final int LEAST_ROWS = 3;

    /** The dip from n begins slowly: by the time it has left its level it falls faster than this in the factor LENGTH. */
    static final double STILL_FALLING = 0.003;

    private record Row(long step, double rank) {}

    private final List<Row> window = new ArrayList<>();
    private double startRank = Double.NaN;
    private boolean leftStart;
    private double level = Double.NaN;
    private final List<Plateau> plateaus = new ArrayList<>();
    private long previousStep;

    /** Takes the next row and answers how many plateaus have been reached, the present one included. */
    int add(long step, double rank) {
        if (!Double.isFinite(rank)) {
            return plateaus.size();
        }
        if (Double.isNaN(startRank)) {
            startRank = rank;
        }
        if (!leftStart && !near(rank, startRank)) {
            leftStart = true;
            window.clear();
            if (rank > startRank) {
                plateaus.add(new Plateau(0, previousStep, startRank));
                level = startRank;
            }
        }
        if (leftStart) {
            slide(new Row(step, rank));
            countPlateau();
        }
        previousStep = step;
        return plateaus.size();
    }

    /** Those found so far. */
    List<Plateau> plateaus() {
        return List.copyOf(plateaus);
    }

    /** The longest stretch of rows up to the newest that is flat. */
    private void slide(Row newest) {
        window.add(newest);
        int from = window.size() - 1;
        double low = newest.rank();
        double high = newest.rank();
        while (from > 0) {
            double before = window.get(from - 1).rank();
            low = Math.min(low, before);
            high = Math.max(high, before);
            if (!near(low, high)) {
                break;
            }
            from--;
        }
        window.subList(0, from).clear();
    }

    private void countPlateau() {
        Row last = window.get(window.size() - 1);
        boolean flat = window.size() >= LEAST_ROWS && isAtRest(last);
        if (flat && (Double.isNaN(level) || !near(level, last.rank()))) {
            plateaus.add(new Plateau(window.get(0).step(), last.step(), last.rank()));
        } else if (flat) {
            Plateau present = plateaus.remove(plateaus.size() - 1);
            plateaus.add(new Plateau(present.first(), last.step(), last.rank()));
        }
        if (flat) {
            level = last.rank();
        }
    }

    /** Whether the stretch goes back by the factor wanted, and the rank has not fallen since then. */
    private boolean isAtRest(Row last) {
        for (int i = window.size() - 1; i >= 0; i--) {
            Row before = window.get(i);
            if (last.step() >= LENGTH * Math.max(before.step(), 1)) {
                return last.rank() >= (1 - STILL_FALLING) * before.rank();
            }
        }
        return false;
    }

    private static boolean near(double a, double b) {
        return Math.abs(a - b) <= FLATNESS * Math.min(a, b);
    }
}
