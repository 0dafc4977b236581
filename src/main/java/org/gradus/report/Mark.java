package org.gradus.report;

/**
 * A mark on an axis.
 *
 * @param position in the axis's own coordinate
 * @param label empty for a minor mark, which has neither text nor grid line
 */
record Mark(double position, String label) {
    static Mark minor(double position) {
        return new Mark(position, "");
    }

    boolean isMinor() {
        return label.isEmpty();
    }
}
