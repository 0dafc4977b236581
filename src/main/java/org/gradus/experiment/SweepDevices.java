package org.gradus.experiment;

import java.util.Map;
import org.gradus.backend.Backend;
import org.gradus.experiment.Config.ComputeSection;

/** The backend and the data of the group in hand: kept from one group to the next where these sections are equal. */
final class SweepDevices implements AutoCloseable {

    private final SweepRunner.Opener opener;
    private SweepRunner.Device device;
    private SharedData shared;
    private Map<?, ?> compute;
    private Map<?, ?> problem;

    SweepDevices(SweepRunner.Opener opener) {
        this.opener = opener;
    }

    /** Makes ready for a group, of which {@code config} is a run's. */
    void take(SweepGroup group, Config config) {
        if (device == null || !group.compute().equals(compute)) {
            close();
            ComputeSection section = config.compute();
            device = opener.open(section);
            compute = group.compute();
        }
        if (shared == null || !group.problem().equals(problem)) {
            shared = null; // before the next data are made
            shared = new SharedData(config);
            problem = group.problem();
        }
    }

    Backend backend() {
        return device.backend();
    }

    String reason() {
        return device.reason();
    }

    SharedData shared() {
        return shared;
    }

    @Override
    public void close() {
        if (device != null) {
            device.backend().close();
            device = null;
        }
    }
}
