package org.gradus.bench;

import java.util.Locale;

/** The solvers that are measured; modes run on the host whatever the backend. */
public enum SolverKind {
    DENSE,
    SUBSPACE,
    MODES;

    /** The name that configurations use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
