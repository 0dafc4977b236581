package org.gradus.theory;

import java.util.List;

/**
 * What a prediction is asked for.
 *
 * @param stepSize η &gt; 0, that of ½‖W − Ŵ‖²; beyond the stable limit the recursion shows what happens
 * @param levels fractions of λ, each in (0, 1)
 * @param horizon the last step looked at, ≥ 0
 */
public record Query(Modes modes, Start start, double stepSize, List<Double> levels, Tolerance tolerance, long horizon) {
    public static final long DEFAULT_HORIZON = 10_000_000;
    public static final List<Double> DEFAULT_LEVELS = List.of(0.01, 0.5, 0.9);
    public static final Tolerance DEFAULT_TOLERANCE = Tolerance.relative(0.05);

    public Query {
        if (!(stepSize > 0) || Double.isInfinite(stepSize)) {
            throw new IllegalArgumentException("step size " + stepSize + " is not a positive finite number");
        }
        for (double level : levels) {
            if (!(level > 0 && level < 1)) {
                throw new IllegalArgumentException("level " + level + " is outside (0, 1)");
            }
        }
        if (horizon < 0) {
            throw new IllegalArgumentException("horizon " + horizon + " is not a number of steps; 0 or more");
        }
        levels = List.copyOf(levels);
    }

    /** With the defaults for levels, tolerance and horizon. */
    public static Query of(Modes modes, Start start, double stepSize) {
        return new Query(modes, start, stepSize, DEFAULT_LEVELS, DEFAULT_TOLERANCE, DEFAULT_HORIZON);
    }
}
