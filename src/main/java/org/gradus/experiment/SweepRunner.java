package org.gradus.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.dynamics.Outcome;
import org.gradus.dynamics.Outcome.Status;
import org.gradus.experiment.Config.ComputeSection;
import org.gradus.store.RunDirectory;
import org.gradus.store.RunFormat;
import org.gradus.store.StoreException;
import org.gradus.store.SweepDirectory;
import org.gradus.store.Trajectory;

/**
 * Carries a sweep out, batch by batch. A run that cannot be carried out, or that fails, is told in the table and stops no other.
 */
public final class SweepRunner implements AutoCloseable {

    /** A backend, and why it was taken. */
    public record Device(Backend backend, String reason) {}

    /** Opens the backend that a section asks for. */
    public interface Opener {
        Device open(ComputeSection section);
    }

    /** What the person at the terminal sees and says. */
    public interface Watcher extends Runner.Watcher {
        /** A batch of so many runs begins. */
        void begins(Plan first, Device device, int runs);

        /** A run of the batch in hand has ended, its files are there. */
        void ended(int number, Plan plan, RunDirectory directory, Outcome outcome);

        /** A run could not be carried out. */
        void failed(int number, RuntimeException failure);
    }

    private final Sweep sweep;
    private final Manifest.Origin origin;
    private final SweepDevices devices;
    private final SweepTable table;
    private final Map<Integer, Outcome> outcomes = new TreeMap<>();
    private SweepPlans ready;
    private long written = System.nanoTime();

    public SweepRunner(Sweep sweep, Opener opener, Manifest.Origin origin) {
        this.sweep = sweep;
        this.origin = origin;
        devices = new SweepDevices(opener);
        table = new SweepTable(sweep);
    }

    /**
     * Plans the batch that comes first; nothing is written or run.
     *
     * @return its plans, with the batch's memory
     * @throws RuntimeException why no run of it can be planned
     */
    public List<Plan> prepare() {
        SweepGroup first = sweep.groups().get(0);
        ready = plan(first, chunks(first.numbers()).get(0));
        return ready.of(ready.batches().get(0), devices.backend());
    }

    /** The device of the batch that was planned last. */
    public Device device() {
        return new Device(devices.backend(), devices.reason());
    }

    /**
     * To the end, or until the watcher interrupts.
     *
     * @return how the runs that were begun ended, by number
     * @throws StoreException if the sweep's own files cannot be written
     */
    public Map<Integer, Outcome> run(SweepDirectory directory, Watcher watcher) {
        directory.describe(description());
        for (SweepGroup group : sweep.groups()) {
            for (List<Integer> numbers : chunks(group.numbers())) {
                if (!watcher.interrupted()) {
                    carryOut(group, numbers, directory, watcher);
                }
            }
        }
        directory.writeTable(table.rows());
        return outcomes;
    }

    private Map<String, Object> description() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put(RunFormat.KEY, RunFormat.VERSION);
        description.put("configuration", sweep.tree());
        description.put("keys", sweep.keys());
        description.put("runs", sweep.runs());
        description.put("version", origin.version());
        description.put("commit", origin.commit());
        description.put("command", origin.command());
        description.put("start", Instant.now().toString());
        return description;
    }

    private static List<List<Integer>> chunks(List<Integer> numbers) {
        List<List<Integer>> chunks = new ArrayList<>();
        for (int from = 0; from < numbers.size(); from += Batches.MOST_TOGETHER) {
            chunks.add(numbers.subList(from, Math.min(numbers.size(), from + Batches.MOST_TOGETHER)));
        }
        return chunks;
    }

    /** @throws RuntimeException the first failure, where no run can be planned */
    private SweepPlans plan(SweepGroup group, List<Integer> numbers) {
        devices.take(group, sweep.config(numbers.get(0)));
        SweepPlans plans = SweepPlans.of(sweep, numbers, devices.shared(), devices.backend());
        if (plans.plans().isEmpty()) {
            throw plans.failures().get(numbers.get(0));
        }
        return plans;
    }

    private void carryOut(SweepGroup group, List<Integer> numbers, SweepDirectory directory, Watcher watcher) {
        SweepPlans plans;
        try {
            plans = ready == null ? plan(group, numbers) : ready;
            ready = null;
        } catch (ConfigException | StoreException | BackendException | ArithmeticException e) {
            numbers.forEach(number -> fail(number, e, watcher));
            return;
        }
        plans.failures().forEach((number, failure) -> fail(number, failure, watcher));
        for (List<Integer> batch : plans.batches()) {
            if (watcher.interrupted()) {
                return;
            }
            List<Plan> planned = plans.of(batch, devices.backend());
            watcher.begins(planned.get(0), device(), batch.size());
            try (Members members = new Members(batch, planned, directory)) {
                carryOut(members, watcher);
            }
            writeTable(directory, batch.size());
        }
    }

    private void carryOut(Members members, Watcher watcher) {
        RuntimeException failure = null;
        try {
            members.open();
            new Runner(members.list, devices.backend(), watcher).run();
        } catch (StoreException | BackendException | ArithmeticException e) {
            failure = e;
        }
        for (int i = 0; i < members.numbers.size(); i++) {
            int number = members.numbers.get(i);
            Optional<Member> member = i < members.list.size() ? Optional.of(members.list.get(i)) : Optional.empty();
            Optional<Outcome> outcome = member.flatMap(Member::outcome);
            if (outcome.isEmpty() || outcome.get().status() == Status.FAILED) {
                fail(number, failure, watcher);
            } else {
                RunDirectory directory = member.get().directory();
                add(number, outcome.get(), Optional.of(Trajectory.read(directory.trajectory())));
                watcher.ended(number, member.get().plan(), directory, outcome.get());
            }
        }
    }

    /** The runs of a batch with their directories, given back together. */
    private final class Members implements AutoCloseable {
        private final List<Integer> numbers;
        private final List<Plan> plans;
        private final SweepDirectory whole;
        private final List<Member> list = new ArrayList<>();

        Members(List<Integer> numbers, List<Plan> plans, SweepDirectory whole) {
            this.numbers = numbers;
            this.plans = plans;
            this.whole = whole;
        }

        void open() {
            for (int i = 0; i < numbers.size(); i++) {
                Plan plan = plans.get(i);
                RunDirectory directory = whole.openRun(sweep.name(numbers.get(i)));
                Manifest manifest = new Manifest(plan, devices.backend(), devices.reason(), origin);
                list.add(new Member(plan, directory, manifest));
            }
        }

        @Override
        public void close() {
            list.forEach(member -> member.directory().close());
        }
    }

    private void fail(int number, RuntimeException failure, Watcher watcher) {
        add(number, new Outcome(Status.FAILED, 0, String.valueOf(failure.getMessage())), Optional.empty());
        watcher.failed(number, failure);
    }

    private void add(int number, Outcome outcome, Optional<Trajectory> rows) {
        outcomes.put(number, outcome);
        table.add(number, outcome, rows);
    }

    /** The table is written anew each time, so not after each of many single runs. */
    private void writeTable(SweepDirectory directory, int runs) {
        long now = System.nanoTime();
        if (runs > 1 || now - written > 1_000_000_000L) {
            directory.writeTable(table.rows());
            written = now;
        }
    }

    @Override
    public void close() {
        devices.close();
    }
}
