package org.gradus.experiment;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gradus.backend.Backend;
import org.gradus.dynamics.Outcome;
import org.gradus.dynamics.Outcome.Status;
import org.gradus.dynamics.Solver;
import org.gradus.dynamics.State;
import org.gradus.linalg.Matrix;
import org.gradus.observe.Listener;
import org.gradus.observe.Observer;
import org.gradus.observe.Recorder;
import org.gradus.store.LabelsFile;
import org.gradus.store.NpyWriter;
import org.gradus.store.PictureWriter;
import org.gradus.store.RunDirectory;
import org.gradus.store.TrajectoryFile;

/** Carries a plan out into a run directory: table, products on the way, final matrices, manifest. */
public final class Runner {

    /** What the person at the terminal sees and says. */
    public interface Watcher {
        /**
         * The table has got a row.
         *
         * @param step how far the run is known to have come, which may be beyond the row
         */
        void row(long step, double loss, double effectiveRank);

        /** @param step how far the run is known to have come */
        void progress(long step);

        boolean interrupted();
    }

    private final Plan plan;
    private final Backend backend;
    private final RunDirectory directory;
    private final Manifest manifest;
    private final Watcher watcher;
    private long lastRow;
    private long furthest;

    public Runner(Plan plan, Backend backend, RunDirectory directory, Manifest manifest, Watcher watcher) {
        this.plan = plan;
        this.backend = backend;
        this.directory = directory;
        this.manifest = manifest;
        this.watcher = watcher;
    }

    /**
     * Runs to the end, whatever it is; the manifest tells it too.
     *
     * @throws org.gradus.store.StoreException if a file cannot be written
     * @throws org.gradus.backend.BackendException if the device fails
     */
    public Outcome run() {
        manifest.started(directory.manifest());
        try {
            writeLabels();
            Outcome outcome = descend();
            manifest.ended(directory.manifest(), outcome);
            return outcome;
        } catch (RuntimeException | Error failure) {
            Outcome failed = new Outcome(Status.FAILED, lastRow, String.valueOf(failure.getMessage()));
            try {
                manifest.ended(directory.manifest(), failed);
            } catch (RuntimeException alsoFailed) {
                failure.addSuppressed(alsoFailed);
            }
            throw failure;
        }
    }

    /** What rows and columns are called, where the data have names for them. */
    private void writeLabels() {
        plan.data().labels().ifPresent(labels -> {
            LabelsFile.write(directory.rowLabels(), labels.rows());
            LabelsFile.write(directory.columnLabels(), labels.columns());
        });
    }

    private Outcome descend() {
        List<Observer> observers = plan.observers();
        try (Solver solver = plan.openSolver(backend);
                TrajectoryFile table = TrajectoryFile.create(directory.trajectory(), Recorder.columns(observers))) {
            Recorder recorder =
                    new Recorder(solver, plan.schedule(), observers, plan.stop().rule(), new RowWriter(table));
            Outcome outcome = recorder.run(plan.config().descent().steps()).get(0);
            writeMatrices(solver, recorder, outcome);
            return outcome;
        }
    }

    /**
     * The product of the last row, of an interrupted run the present one where it is finite; of a diverged run no factors,
     * which are no longer finite.
     */
    private void writeMatrices(Solver solver, Recorder recorder, Outcome outcome) {
        Matrix product = recorder.lastProduct(0);
        boolean factors = plan.measures().factors() && outcome.status() != Status.DIVERGED;
        if (outcome.status() == Status.INTERRUPTED || factors) {
            State state = solver.observe();
            Matrix present = state.product(0);
            product = present.isFinite() ? present : product;
            for (int j = 1; factors && j <= plan.dimensions().depth(); j++) {
                NpyWriter.write(directory.factor(j), state.factor(0, j));
            }
        }
        if (product != null) {
            NpyWriter.write(directory.product(), product);
        }
    }

    private final class RowWriter implements Listener {
        private final TrajectoryFile table;
        private final Set<Long> productSteps =
                new HashSet<>(plan.config().record().products());
        private final double[] range = plan.data().greyRange();

        RowWriter(TrajectoryFile table) {
            this.table = table;
        }

        @Override
        public void row(int run, State state, double[] values) {
            table.append(state.step(), values);
            lastRow = state.step();
            if (productSteps.contains(state.step())) {
                Matrix product = state.product(run);
                NpyWriter.write(directory.productAt(state.step(), ".npy"), product);
                PictureWriter.write(directory.productAt(state.step(), ".png"), product, range[0], range[1]);
            }
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
