package org.gradus.experiment;

import java.util.Map;
import org.gradus.backend.Backend;
import org.gradus.experiment.Config.ComputeSection;

/**
 * The backend and the data of the group in hand, and the workers beside it: kept from one group to the next where these sections
 * are equal.
 */
final class SweepDevices implements AutoCloseable {

    private final SweepRunner.Opener opener;
    private SweepRunner.Device device;
    private SharedData shared;
    private SideBySide workers;
    private ComputeSection section;
    private Map<?, ?> compute;
    private Map<?, ?> problem;

    SweepDevices(SweepRunner.Opener opener) {
        this.opener = opener;
    }

    /** Makes ready for a group, of which {@code config} is a run's. */
    void take(SweepGroup group, Config config) {
        if (device == null || !group.compute().equals(compute)) {
            close();
            section = config.compute();
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

    SweepRunner.Device device() {
        return device;
    }

    /** With a thread of the CPU each, as many as the device has. */
    SideBySide workers() {
        if (workers == null) {
            String reason = device.reason();
            ComputeSection single = Portions.single(section);
            workers = new SideBySide(
                    Portions.threads(section),
                    () -> new SweepRunner.Device(opener.open(single).backend(), reason));
        }
        return workers;
    }

    /** Waits until all portions that were handed over have ended. */
    void finishPortions() {
        if (workers != null) {
            workers.finish();
        }
    }

    SharedData shared() {
        return shared;
    }

    @Override
    public void close() {
        if (workers != null) {
            workers.close();
            workers = null;
        }
        if (device != null) {
            device.backend().close();
            device = null;
        }
    }
}
