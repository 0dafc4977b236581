package org.gradus.reproduce;

import java.util.List;
import java.util.Optional;
import org.gradus.backend.Backend;
import org.gradus.dynamics.Outcome;
import org.gradus.experiment.Config;
import org.gradus.experiment.Manifest;
import org.gradus.experiment.Member;
import org.gradus.experiment.Plan;
import org.gradus.experiment.Runner;
import org.gradus.experiment.SweepRunner;
import org.gradus.store.RunDirectory;
import org.gradus.store.SweepDirectory;

/** Carries a part out: a run, or a sweep, which goes on where it stopped. */
final class Descent {
    private final SweepRunner.Opener opener;
    private final Manifest.Origin origin;
    private final Reproduction.Watcher watcher;
    private volatile RuntimeException failure;

    Descent(SweepRunner.Opener opener, Manifest.Origin origin, Reproduction.Watcher watcher) {
        this.opener = opener;
        this.origin = origin;
        this.watcher = watcher;
    }

    /**
     * To the end, or until the watcher interrupts.
     *
     * @param overwrite whether runs that are there are carried out anew; else what is there is of the same configuration
     * @throws RuntimeException why a run could not be carried out; no further one is begun then
     */
    void carryOut(Part part, boolean overwrite) {
        if (part.sweep().isPresent()) {
            sweep(part, !overwrite && SweepDirectory.holdsSweep(part.folder()));
        } else {
            single(part);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void single(Part part) {
        Config config = part.configs().get(0);
        SweepRunner.Device device = opener.open(config.compute());
        try (Backend backend = device.backend();
                RunDirectory directory = RunDirectory.open(part.folder(), true)) {
            Plan plan = Plan.of(config, backend);
            Manifest manifest = new Manifest(plan, backend, device.reason(), origin);
            watcher.begins(plan, 1);
            new Runner(List.of(new Member(plan, directory, manifest)), backend, new Batch()).run();
            watcher.ended();
        }
    }

    private void sweep(Part part, boolean goesOn) {
        try (SweepRunner runner = new SweepRunner(part.sweep().orElseThrow(), Optional.empty(), opener, origin);
                SweepDirectory directory =
                        goesOn ? SweepDirectory.reopen(part.folder()) : SweepDirectory.open(part.folder(), true)) {
            if (goesOn) {
                runner.requireSame(directory);
            } else {
                directory.describe(runner.description());
            }
            runner.run(directory, goesOn, new Whole());
        }
    }

    private synchronized void keep(RuntimeException thrown) {
        failure = failure == null ? thrown : failure;
    }

    private boolean interrupted() {
        return watcher.interrupted() || failure != null;
    }

    /** A sweep's batches. */
    private final class Whole implements SweepRunner.Watcher {
        @Override
        public void remaining(int there, int begun, int left, double steps) {}

        @Override
        public SweepRunner.BatchWatcher begins(Plan first, SweepRunner.Device device, int runs) {
            watcher.begins(first, runs);
            return new Batch();
        }

        @Override
        public void failed(int number, RuntimeException thrown) {
            keep(thrown);
        }

        @Override
        public void looked(int runs, int of) {}

        @Override
        public boolean interrupted() {
            return Descent.this.interrupted();
        }
    }

    /** The runs of a batch, or a single one. */
    private final class Batch implements SweepRunner.BatchWatcher {
        @Override
        public void row(long step, double loss, double effectiveRank) {
            watcher.progress(step);
        }

        @Override
        public void progress(long step) {
            watcher.progress(step);
        }

        @Override
        public void ended(int number, Plan plan, RunDirectory directory, Outcome outcome) {
            watcher.ended();
        }

        @Override
        public void failed(int number, RuntimeException thrown) {
            keep(thrown);
        }

        @Override
        public void warned(String line) {}

        @Override
        public boolean interrupted() {
            return Descent.this.interrupted();
        }
    }
}
