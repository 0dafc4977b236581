package org.gradus.experiment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.dynamics.Outcome;
import org.gradus.experiment.Config.ComputeSection;
import org.gradus.store.RunDirectory;
import org.gradus.store.RunFormat;
import org.gradus.store.StoreException;
import org.gradus.store.SweepDirectory;

/**
 * Carries a sweep out, or a shard of it, batch by batch, some side by side. A run that cannot be carried out, or that fails, is told
 * in the table and stops no other; one that an earlier attempt finished is taken as it is.
 */
public final class SweepRunner implements AutoCloseable {

    /** A backend, and why it was taken. */
    public record Device(Backend backend, String reason) {}

    /** Opens the backend that a section asks for. */
    public interface Opener {
        Device open(ComputeSection section);
    }

    /** What the person at the terminal sees and says; asked and told from several threads. */
    public interface Watcher extends Looking {
        /**
         * What is going to be carried out, once it is known.
         *
         * @param there how many runs are there already
         * @param begun how many go on from checkpoints
         * @param left how many are carried out, these included
         * @param steps of these together
         */
        void remaining(int there, int begun, int left, double steps);

        /** A batch of so many runs begins, perhaps beside others. */
        BatchWatcher begins(Plan first, Device device, int runs);

        /** A run cannot even be planned. */
        void failed(int number, RuntimeException failure);

        boolean interrupted();
    }

    /** What is told of one batch, by one thread. */
    public interface BatchWatcher extends Runner.Watcher {
        /** A run has ended, its files are there. */
        void ended(int number, Plan plan, RunDirectory directory, Outcome outcome);

        /** A run could not be carried out. */
        void failed(int number, RuntimeException failure);

        /** A line on a checkpoint that could not be used. */
        void warned(String line);
    }

    private final Sweep sweep;
    private final Manifest.Origin origin;
    private final SweepDevices devices;
    private final SweepIdentity identity;
    private final List<SweepGroup> own;
    private SweepPlans ready;
    private List<SweepGroup> left;

    /** @param shard of which the runs are carried out; empty for all runs */
    public SweepRunner(Sweep sweep, Optional<Shard> shard, Opener opener, Manifest.Origin origin) {
        this.sweep = sweep;
        this.origin = origin;
        devices = new SweepDevices(opener);
        identity = SweepIdentity.of(sweep, sweep.config(1));
        own = shard.map(one -> one.of(sweep.groups())).orElse(sweep.groups());
        left = own;
    }

    /** How many runs the shard has, or the sweep. */
    public int runs() {
        return SweepGroup.runs(own);
    }

    /**
     * Plans the batch that comes first, of at least one run; nothing is written or run.
     *
     * @return its plans, with the batch's memory
     * @throws RuntimeException why no run of it can be planned
     */
    public List<Plan> prepare() {
        SweepGroup first = own.get(0);
        ready = plan(first, chunks(first.numbers()).get(0));
        return ready.of(ready.batches().get(0), devices.backend());
    }

    /** The device of the batch that was planned last. */
    public Device device() {
        return devices.device();
    }

    /** What is written into sweep.json. */
    public Map<String, Object> description() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put(RunFormat.KEY, RunFormat.VERSION);
        description.put("configuration", sweep.tree());
        description.put("keys", sweep.keys());
        description.put("runs", sweep.runs());
        description.put("hash", identity.hash());
        description.put("resolved", identity.resolved());
        description.put("version", origin.version());
        description.put("commit", origin.commit());
        description.put("command", origin.command());
        description.put("start", Instant.now().toString());
        return description;
    }

    /** @throws StoreException if the directory holds another sweep */
    public void requireSame(SweepDirectory directory) {
        Map<String, Object> there = directory.description();
        if (!identity.hash().equals(there.get("hash"))) {
            String difference = there.get("resolved") instanceof Map<?, ?> resolved
                    ? identity.difference(resolved).orElse("sweep.json was changed")
                    : "it has no hash, as of a Gradus that could not go on";
            throw new StoreException(
                    directory.path() + ": holds another sweep: " + difference + "; --overwrite replaces it");
        }
    }

    /**
     * Carries out what is not there yet, to the end or until the watcher interrupts.
     *
     * @param goingOn whether runs that are there already are kept
     * @return how the runs ended, by number, those included that were there
     * @throws StoreException if the sweep's own files cannot be written
     */
    public Map<Integer, Outcome> run(SweepDirectory directory, boolean goingOn, Watcher watcher) {
        try (SweepResults results = new SweepResults(sweep, directory)) {
            if (goingOn) {
                left = new EarlierRuns(sweep, directory).look(own, results, watcher);
                ready = left.equals(own) ? ready : null;
            }
            tellWhatIsLeft(watcher);
            results.write();
            try {
                carryOut(directory, results, watcher);
            } finally {
                devices.close();
            }
            results.write();
            return results.outcomes();
        }
    }

    /** How many of many runs have been looked at. */
    public interface Looking {
        void looked(int runs, int of);
    }

    /**
     * Writes the table of a whole sweep, if all its runs are there.
     *
     * @return how the runs that are there ended, by number
     */
    public static Map<Integer, Outcome> putTogether(Sweep sweep, SweepDirectory directory, Looking looking) {
        try (SweepResults results = new SweepResults(sweep, directory)) {
            if (new EarlierRuns(sweep, directory)
                    .look(sweep.groups(), results, looking)
                    .isEmpty()) {
                results.write();
            }
            return results.outcomes();
        }
    }

    private void tellWhatIsLeft(Watcher watcher) {
        int count = SweepGroup.runs(left);
        int begun = SweepGroup.runs(
                left.stream().filter(group -> group.firstStep() > 0).toList());
        watcher.remaining(runs() - count, begun, count, SweepGroup.steps(left));
    }

    private void carryOut(SweepDirectory directory, SweepResults results, Watcher watcher) {
        int runsLeft = SweepGroup.runs(left);
        for (SweepGroup group : left) {
            for (List<Integer> numbers : chunks(group.numbers())) {
                Optional<SweepPlans> plans =
                        watcher.interrupted() ? Optional.empty() : planned(group, numbers, results, watcher);
                for (List<Integer> batch : plans.map(SweepPlans::batches).orElse(List.of())) {
                    if (!watcher.interrupted()) {
                        hand(batch, plans.get(), group.firstStep() > 0, runsLeft, directory, results, watcher);
                    }
                    runsLeft -= batch.size();
                }
            }
        }
        devices.finishPortions();
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

    private Optional<SweepPlans> planned(
            SweepGroup group, List<Integer> numbers, SweepResults results, Watcher watcher) {
        try {
            SweepPlans plans = ready == null ? plan(group, numbers) : ready;
            ready = null;
            plans.failures().forEach((number, failure) -> fail(number, failure, results, watcher));
            return Optional.of(plans);
        } catch (ConfigException | StoreException | BackendException | ArithmeticException e) {
            numbers.forEach(number -> fail(number, e, results, watcher));
            return Optional.empty();
        }
    }

    private static void fail(int number, RuntimeException failure, SweepResults results, Watcher watcher) {
        results.fail(number, failure);
        watcher.failed(number, failure);
    }

    /** Carries a batch out by all threads, when they have nothing else to do, or hands portions of it to single ones. */
    private void hand(
            List<Integer> batch,
            SweepPlans plans,
            boolean goesOn,
            int runsLeft,
            SweepDirectory directory,
            SweepResults results,
            Watcher watcher) {
        List<Plan> planned = plans.of(batch, devices.backend());
        Optional<List<List<Integer>>> portions = Portions.of(planned, devices.shared(), devices.backend(), runsLeft);
        if (portions.isEmpty()) {
            devices.finishPortions();
            carryOut(batch, planned, goesOn, devices.device(), directory, results, watcher);
            return;
        }
        for (List<Integer> portion : portions.get()) {
            List<Integer> numbers = portion.stream().map(batch::get).toList();
            List<Plan> own = plans.of(numbers, devices.backend());
            devices.workers().give(device -> carryOut(numbers, own, goesOn, device, directory, results, watcher));
        }
    }

    private void carryOut(
            List<Integer> numbers,
            List<Plan> plans,
            boolean goesOn,
            Device device,
            SweepDirectory directory,
            SweepResults results,
            Watcher watcher) {
        try (SweepBatch batch = new SweepBatch(sweep, numbers, plans, goesOn, directory, origin)) {
            batch.carryOut(device, results, watcher);
        }
    }

    @Override
    public void close() {
        devices.close();
    }
}
