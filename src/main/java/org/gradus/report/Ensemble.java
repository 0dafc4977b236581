package org.gradus.report;

import java.util.List;

/**
 * Several runs as one picture shows them.
 *
 * @param title of the sweep, kept in the figure's metadata
 * @param groups of runs that share a colour, at least one; told apart in the legend where there are several
 * @param targetSingularValues of the target that all runs have, descending; empty where there is none
 */
public record Ensemble(String title, List<Group> groups, double[] targetSingularValues) {

    /**
     * Runs that belong together, such as those of one step size.
     *
     * @param label for the legend
     */
    public record Group(String label, List<Curve> runs) {
        public Group {
            runs = List.copyOf(runs);
        }
    }

    /**
     * What one run has recorded. The arrays are not copied.
     *
     * @param steps ascending, at least one
     * @param counted whether it enters mean and quartiles; a run that diverged does not
     */
    public record Curve(double[] steps, double[] effectiveRank, double[] loss, boolean counted) {
        public Curve {
            if (steps.length == 0 || effectiveRank.length != steps.length || loss.length != steps.length) {
                throw new IllegalArgumentException(
                        steps.length + " steps with " + effectiveRank.length + " ranks and " + loss.length + " losses");
            }
        }
    }

    public Ensemble {
        groups = List.copyOf(groups);
        if (groups.stream().allMatch(group -> group.runs().isEmpty())) {
            throw new IllegalArgumentException("no run has a row");
        }
    }
}
