package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** For tests of what is said where there is no GPU. */
public final class RealDriver {
    private RealDriver() {}

    /** Skips the test on a machine that has NVIDIA's driver. */
    public static void assumeAbsent() {
        assumeFalse(Places.driver().isPresent(), "this machine has a driver");
    }
}
