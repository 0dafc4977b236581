package org.gradus.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradus.backend.BackendException;
import org.gradus.dynamics.Outcome;
import org.gradus.dynamics.Outcome.Status;
import org.gradus.store.RunDirectory;
import org.gradus.store.StoreException;
import org.gradus.store.SweepDirectory;
import org.gradus.store.Trajectory;

/** Runs that one solver carries out together, and their directories, given back together. */
final class SweepBatch implements AutoCloseable {

    private final Sweep sweep;
    private final List<Integer> numbers;
    private final List<Plan> plans;
    private final SweepDirectory whole;
    private final Manifest.Origin origin;
    private final boolean goesOn;
    private final List<RunDirectory> directories = new ArrayList<>();
    private List<Member> members = List.of();

    /**
     * @param plans with the batch's memory, in the order of {@code numbers}
     * @param goesOn whether all have a checkpoint of the same step
     */
    SweepBatch(
            Sweep sweep,
            List<Integer> numbers,
            List<Plan> plans,
            boolean goesOn,
            SweepDirectory whole,
            Manifest.Origin origin) {
        this.sweep = sweep;
        this.numbers = numbers;
        this.plans = plans;
        this.goesOn = goesOn;
        this.whole = whole;
        this.origin = origin;
    }

    /** To the end of all runs, or until the watcher interrupts. */
    void carryOut(SweepRunner.Device device, SweepResults results, SweepRunner.Watcher watcher) {
        SweepRunner.BatchWatcher own = watcher.begins(plans.get(0), device, numbers.size());
        RuntimeException failure = null;
        try {
            members = open(device, own);
            new Runner(members, device.backend(), own).run();
        } catch (ConfigException | StoreException | BackendException | ArithmeticException e) {
            failure = e;
        }
        for (int i = 0; i < numbers.size(); i++) {
            int number = numbers.get(i);
            Optional<Member> member = i < members.size() ? Optional.of(members.get(i)) : Optional.empty();
            Optional<Outcome> outcome = member.flatMap(Member::outcome);
            if (outcome.isEmpty() || outcome.get().status() == Status.FAILED) {
                results.fail(number, failure);
                own.failed(number, failure);
            } else {
                RunDirectory directory = member.get().directory();
                results.add(number, outcome.get(), Optional.of(Trajectory.read(directory.trajectory())));
                own.ended(number, member.get().plan(), directory, outcome.get());
            }
        }
    }

    private List<Member> open(SweepRunner.Device device, SweepRunner.BatchWatcher watcher) {
        for (int number : numbers) {
            String name = sweep.name(number);
            directories.add(goesOn ? whole.reopenRun(name) : whole.openRun(name));
        }
        if (goesOn) {
            return Resumption.members(plans, directories, device.backend(), device.reason(), origin, watcher::warned);
        }
        List<Member> begun = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            Manifest manifest = new Manifest(plans.get(i), device.backend(), device.reason(), origin);
            begun.add(new Member(plans.get(i), directories.get(i), manifest));
        }
        return begun;
    }

    @Override
    public void close() {
        directories.forEach(RunDirectory::close);
    }
}
