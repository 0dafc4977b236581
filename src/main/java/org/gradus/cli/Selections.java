package org.gradus.cli;

import org.gradus.api.Session;
import org.gradus.experiment.Config.ComputeSection;
import org.gradus.select.Backends;

/** From the section {@code compute} to a backend. */
final class Selections {
    private Selections() {}

    static Backends.Selection open(ComputeSection compute) {
        return Session.select(compute);
    }
}
