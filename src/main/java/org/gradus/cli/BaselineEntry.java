package org.gradus.cli;

import java.util.OptionalDouble;
import org.gradus.baseline.Certificate;
import org.gradus.baseline.Estimate;
import org.gradus.observe.Ranks;
import org.gradus.problem.LinearObservations;

/**
 * An estimate in numbers.
 *
 * @param certificate null where the estimate solves no convex program
 * @param values singular values, descending
 * @param loss as a run would record it
 */
record BaselineEntry(Certificate certificate, double[] values, double loss, OptionalDouble testError) {

    static BaselineEntry of(Estimate estimate, LinearObservations observations) {
        return new BaselineEntry(
                estimate.certificate().orElse(null),
                estimate.values(),
                observations.loss(estimate.matrix()),
                observations.testError(estimate.matrix()));
    }

    int rank() {
        return values.length;
    }

    double nuclearNorm() {
        return Ranks.nuclearNorm(values);
    }

    /** NaN for the zero matrix. */
    double effectiveRank() {
        return values.length == 0 ? Double.NaN : Ranks.effective(values);
    }

    boolean reached() {
        return certificate == null || certificate.reached();
    }
}
