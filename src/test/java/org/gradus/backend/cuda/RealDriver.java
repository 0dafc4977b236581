package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;

/** For tests of what is said where there is no GPU. */
public final class RealDriver {
    private RealDriver() {}

    /** Skips the test on a machine that has NVIDIA's driver. */
    public static void assumeAbsent() {
        boolean present = LibrarySearch.ofSystem(System.getenv(), Path.of("/"))
                .findDriver()
                .isPresent();
        assumeFalse(present, "this machine has a driver");
    }
}
