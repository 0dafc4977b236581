package org.gradus.theory;

import java.util.List;

/**
 * What is known of a run before it starts.
 *
 * @param modes the distinct eigenvalues, descending
 * @param plateaus one for each rank L = 1, 2, … up to that of what the start recovers
 */
public record Prediction(List<Mode> modes, List<Plateau> plateaus, StepSizes stepSize) {
    public Prediction {
        modes = List.copyOf(modes);
        plateaus = List.copyOf(plateaus);
    }

    /**
     * @param count how often the eigenvalue occurs
     * @param crossings in the order of the levels asked for; none for λ = 0, nor for λ &lt; 0 with an identical start
     */
    public record Mode(double lambda, int count, List<Crossing> crossings) {
        public Mode {
            crossings = List.copyOf(crossings);
        }
    }

    /**
     * When p reaches level·λ (|p| reaches level·|λ| for λ &lt; 0).
     *
     * @param flowTime time of the gradient flow, in units of η·steps; null for a perturbed start
     * @param lower real lower bound of the step; null for a perturbed start
     * @param upper real upper bound of the step; null for a perturbed start
     * @param step the first step of the scalar recursion, 0 where the start is there; null beyond the horizon
     */
    public record Crossing(double level, Double flowTime, Double lower, Double upper, Long step) {}

    /**
     * The longest interval of steps, ends included, at which the effective rank is within the tolerance of r(Ŵ_L).
     *
     * @param rank L
     * @param first null where there is none
     * @param last null where there is none, where it lasts for ever or where it ends beyond the horizon
     * @param certifiedFirst first step of the part that is certain without simulation; null where nothing is
     * @param certifiedLast its last step, null as last is
     * @param effectiveRank r(Ŵ_L)
     * @param forEver whether the interval goes on for ever, as bounds of all that is still to come show
     */
    public record Plateau(
            int rank,
            Long first,
            Long last,
            Long certifiedFirst,
            Long certifiedLast,
            double effectiveRank,
            boolean forEver) {
        public boolean exists() {
            return first != null;
        }
    }

    /** @see StepSize */
    public record StepSizes(double value, double monotoneLimit, double stableLimit) {}
}
