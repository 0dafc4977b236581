package org.gradus.reproduce;

import org.gradus.experiment.Plan;
import org.gradus.report.Predicted;

/** What theory says of a run, as pictures show it. */
@FunctionalInterface
public interface Foresight {
    /** @param last step of the picture */
    Predicted of(Plan plan, long last);
}
