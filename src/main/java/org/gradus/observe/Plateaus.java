package org.gradus.observe;

import java.util.List;

/** Plateaus of the effective rank as they are found in a table, by the rule that stops runs on line. */
public final class Plateaus {

    /**
     * A stretch of rows at which the effective rank hardly changes.
     *
     * @param first step of its first row
     * @param last step of its last row
     * @param rank the effective rank there
     */
    public record Plateau(long first, long last, double rank) {}

    private Plateaus() {}

    /**
     * In the order in which they come, see PlateauDetector; the last one may end with the table.
     *
     * @param steps ascending
     * @param effectiveRanks one for each step; those that are not finite are left out
     */
    public static List<Plateau> of(double[] steps, double[] effectiveRanks) {
        PlateauDetector detector = new PlateauDetector();
        for (int row = 0; row < steps.length; row++) {
            detector.add((long) steps[row], effectiveRanks[row]);
        }
        return detector.plateaus();
    }
}
