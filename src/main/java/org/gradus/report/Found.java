package org.gradus.report;

/**
 * A plateau that was found in a run, where no theorem predicts it: the effective rank hardly changes from its first step to
 * its last.
 *
 * @param rank the effective rank there
 */
public record Found(long first, long last, double rank) {

    /** @throws IllegalArgumentException if the steps are out of order */
    public Found {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("a plateau from step " + first + " to step " + last);
        }
    }
}
