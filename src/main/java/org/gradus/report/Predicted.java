package org.gradus.report;

import java.util.List;

/**
 * What theory says of a run before it starts, to be drawn over what it did.
 *
 * @param crossings when singular values reach a level; at most {@value #MOST} are drawn
 * @param plateaus by rank, ascending; those up to rank {@value #MOST} are drawn
 */
public record Predicted(List<Crossing> crossings, List<Band> plateaus) {
    /** As many crossings, and plateaus up to this rank, as a figure of this size shows. */
    public static final int MOST = 12;

    /** Nothing is known. */
    public static final Predicted NONE = new Predicted(List.of(), List.of());

    public Predicted {
        crossings = List.copyOf(crossings);
        plateaus = List.copyOf(plateaus);
    }

    /**
     * σ_index reaches a value.
     *
     * @param index of the singular value at that step, from 1
     * @param level the value, in units of the singular values
     * @param lower real lower bound of the step; NaN where none is known
     * @param upper real upper bound of the step; NaN where none is known
     * @param step the exact one
     */
    public record Crossing(int index, double level, double lower, double upper, long step) {
        /** @throws IllegalArgumentException for an index below 1, a step below 0 or a level that is not finite and positive */
        public Crossing {
            if (index < 1 || step < 0 || !(level > 0) || Double.isInfinite(level)) {
                throw new IllegalArgumentException("σ_" + index + " reaches " + level + " at step " + step
                        + ": indices count from 1, levels are positive, steps are at least 0");
            }
        }

        boolean isBounded() {
            return lower <= upper;
        }
    }

    /**
     * The steps, ends included, at which the effective rank is that of the rank-L truncation.
     *
     * @param rank L ≥ 1
     * @param first its first step
     * @param last null where it goes on beyond the last recorded step
     * @param certifiedFirst of the part that is certain without simulation; null where nothing is
     * @param certifiedLast null where that part is empty or goes on beyond the last recorded step
     */
    public record Band(int rank, long first, Long last, Long certifiedFirst, Long certifiedLast) {
        /** @throws IllegalArgumentException for a rank below 1, or ends that are out of order or not within each other */
        public Band {
            boolean ordered = last == null || first <= last;
            boolean within = certifiedFirst == null
                    ? certifiedLast == null
                    : first <= certifiedFirst
                            && (certifiedLast == null ? last == null : certifiedFirst <= certifiedLast)
                            && (certifiedLast == null || last == null || certifiedLast <= last);
            if (rank < 1 || first < 0 || !ordered || !within) {
                throw new IllegalArgumentException("plateau of rank " + rank + " from " + first + " to " + last
                        + ", certified from " + certifiedFirst + " to " + certifiedLast
                        + ": ends are in order, the certified ones within the others");
            }
        }
    }
}
