package org.gradus.experiment;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.gradus.backend.Backend;
import org.gradus.dynamics.Outcome;
import org.gradus.dynamics.Solver;
import org.gradus.dynamics.State;
import org.gradus.experiment.Config.CheckpointSection;
import org.gradus.observe.Checkpoints;
import org.gradus.observe.Listener;
import org.gradus.observe.Observer;
import org.gradus.observe.Recorder;
import org.gradus.observe.StopRule;

/** Carries a batch of runs, or a single one, out into their run directories. */
public final class Runner {

    /** What the person at the terminal sees and says. */
    public interface Watcher {
        /**
         * A table has got a row.
         *
         * @param step how far the batch is known to have come, which may be beyond the row
         */
        void row(long step, double loss, double effectiveRank);

        /** @param step how far the batch is known to have come */
        void progress(long step);

        boolean interrupted();
    }

    private final List<Member> members;
    private final Backend backend;
    private final Watcher watcher;

    /** @param members whose plans differ in start and step size only, with one solver for all, see {@link Batches} */
    public Runner(List<Member> members, Backend backend, Watcher watcher) {
        this.members = List.copyOf(members);
        this.backend = backend;
        this.watcher = watcher;
    }

    /**
     * Runs to the end, whatever it is; the manifests tell it too.
     *
     * @return how each run ended
     * @throws org.gradus.store.StoreException if a file cannot be written
     * @throws org.gradus.backend.BackendException if the device fails
     */
    public List<Outcome> run() {
        try {
            members.forEach(Member::start);
            List<Outcome> outcomes = descend();
            for (int run = 0; run < members.size(); run++) {
                members.get(run).end(outcomes.get(run));
            }
            return outcomes;
        } catch (RuntimeException | Error failure) {
            members.forEach(member -> member.fail(failure));
            throw failure;
        }
    }

    private List<Outcome> descend() {
        Plan first = members.get(0).plan();
        List<Observer> observers = first.observers();
        List<Plan> plans = members.stream().map(Member::plan).toList();
        try (Solver solver = first.solver().open(plans, backend);
                Tables tables = new Tables()) {
            tables.open(Recorder.columns(observers));
            StopRule rule = first.stop().rule();
            Checkpoints checkpoints = checkpoints(first.config().record().checkpoint(), solver);
            Recorder recorder = new Recorder(solver, first.schedule(), observers, rule, new RowWriter(), checkpoints);
            if (members.get(0).checkpoint().isPresent()) {
                restore(solver, rule, recorder);
            }
            List<Outcome> outcomes = recorder.run(first.config().descent().steps());
            Present present = new Present(solver);
            for (int run = 0; run < members.size(); run++) {
                members.get(run).writeMatrices(present, run, recorder.lastProduct(run), outcomes.get(run));
            }
            return outcomes;
        }
    }

    private void restore(Solver solver, StopRule rule, Recorder recorder) {
        List<Checkpoint> saved = members.stream()
                .map(member -> member.checkpoint().orElseThrow())
                .toList();
        saved.forEach(checkpoint -> checkpoint.requireLengths(solver.savedLengths()));
        solver.restore(saved.get(0).step(), (run, index) -> saved.get(run).array(index));
        for (int run = 0; run < members.size(); run++) {
            rule.recall(run, members.get(run)::earlierRows);
        }
        recorder.restore(saved.stream().map(Checkpoint::standing).toList());
    }

    private Checkpoints checkpoints(Optional<CheckpointSection> section, Solver solver) {
        return section.isEmpty()
                ? Checkpoints.NONE
                : new CheckpointCadence(section.get(), System::nanoTime, (step, standings) -> {
                    for (int run = 0; run < members.size(); run++) {
                        members.get(run).keep(step, standings.apply(run), solver, run);
                    }
                });
    }

    /** The state of all runs at the end, measured when one of them first asks. */
    private static final class Present implements Supplier<State> {
        private final Solver solver;
        private State state;

        Present(Solver solver) {
            this.solver = solver;
        }

        @Override
        public State get() {
            state = state == null ? solver.observe() : state;
            return state;
        }
    }

    /** The tables of all members, closed together whatever happens. */
    private final class Tables implements AutoCloseable {
        void open(List<String> columns) {
            members.forEach(member -> member.openTable(columns));
        }

        @Override
        public void close() {
            RuntimeException failure = null;
            for (Member member : members) {
                try {
                    member.closeTable();
                } catch (RuntimeException thrown) {
                    failure = failure == null ? thrown : failure;
                }
            }
            if (failure != null) {
                throw failure;
            }
        }
    }

    private final class RowWriter implements Listener {
        private long furthest;

        @Override
        public void row(int run, State state, double[] values) {
            members.get(run).row(state, run, values);
            furthest = Math.max(furthest, state.step());
            watcher.row(furthest, values[0], values[1]);
        }

        @Override
        public void progress(long step) {
            furthest = Math.max(furthest, step);
            watcher.progress(furthest);
        }

        @Override
        public boolean interrupted() {
            return watcher.interrupted();
        }
    }
}
