package org.gradus.baseline;

import java.util.Locale;

/** No matrix satisfies A(W) = y. */
public final class InconsistentObservations extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param residual the least ‖A(W) − y‖/‖y‖ */
    InconsistentObservations(double residual) {
        super(String.format(
                Locale.ROOT,
                "no matrix agrees with all observations (at best within %.2e of their norm); use %s with a penalty",
                residual,
                Baselines.SOFT_IMPUTE));
    }
}
