package org.gradus.report;

import java.util.List;

/** How values stand along an axis: a coordinate, its visible range and its marks. */
sealed interface Scale permits LinearScale, LogScale, PlacesScale, StepScale, WholeScale {

    /** The coordinate of a value; NaN where it has none. */
    double position(double value);

    /** The coordinate at the axis's lower end. */
    double lower();

    /** The coordinate at the axis's upper end, above {@link #lower()}. */
    double upper();

    /** In ascending order, all within the range. */
    List<Mark> marks();

    default double[] positions(double[] values) {
        double[] positions = new double[values.length];
        for (int j = 0; j < values.length; j++) {
            positions[j] = position(values[j]);
        }
        return positions;
    }
}
