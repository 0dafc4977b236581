package org.gradus.experiment;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.gradus.dynamics.Outcome;
import org.gradus.dynamics.Outcome.Status;
import org.gradus.dynamics.State;
import org.gradus.linalg.Matrix;
import org.gradus.store.ArraysFile;
import org.gradus.store.LabelsFile;
import org.gradus.store.NpyWriter;
import org.gradus.store.PictureWriter;
import org.gradus.store.RunDirectory;
import org.gradus.store.TrajectoryFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a batch and what it writes: manifest, labels, table, products on the way, final matrices. */
public final class Member {
    private static final Logger LOG = LoggerFactory.getLogger(Member.class);

    private final Plan plan;
    private final RunDirectory directory;
    private final Manifest manifest;
    private final Set<Long> productSteps;
    private TrajectoryFile table;
    private long lastRow;
    private Outcome outcome;

    public Member(Plan plan, RunDirectory directory, Manifest manifest) {
        this.plan = plan;
        this.directory = directory;
        this.manifest = manifest;
        productSteps = new HashSet<>(plan.config().record().products());
    }

    Plan plan() {
        return plan;
    }

    void start() {
        ArraysFile.remove(directory);
        manifest.started(directory.manifest());
        plan.data().labels().ifPresent(labels -> {
            LabelsFile.write(directory.rowLabels(), labels.rows());
            LabelsFile.write(directory.columnLabels(), labels.columns());
        });
    }

    void openTable(List<String> columns) {
        table = TrajectoryFile.create(directory.trajectory(), columns);
    }

    void row(State state, int run, double[] values) {
        table.append(state.step(), values);
        lastRow = state.step();
        if (productSteps.contains(state.step())) {
            double[] range = plan.data().greyRange();
            Matrix product = state.product(run);
            NpyWriter.write(directory.productAt(state.step(), ".npy"), product);
            PictureWriter.write(directory.productAt(state.step(), ".png"), product, range[0], range[1]);
        }
    }

    void closeTable() {
        if (table != null) {
            table.close();
        }
    }

    /**
     * The product of the last row, of an interrupted run the present one where it is finite; of a diverged run no factors,
     * which are no longer finite.
     *
     * @param present the state of the batch at its end
     * @param run number in the batch
     * @param last the product of the last row; null where there is none
     */
    void writeMatrices(Supplier<State> present, int run, Matrix last, Outcome how) {
        Matrix product = last;
        boolean factors = plan.measures().factors() && how.status() != Status.DIVERGED;
        if (how.status() == Status.INTERRUPTED || factors) {
            State state = present.get();
            Matrix latest = state.product(run);
            product = latest.isFinite() ? latest : product;
            for (int j = 1; factors && j <= plan.dimensions().depth(); j++) {
                NpyWriter.write(directory.factor(j), state.factor(run, j));
            }
        }
        if (product != null) {
            NpyWriter.write(directory.product(), product);
        }
    }

    /** Last of all the manifest: a run that it calls done has all of its files. */
    void end(Outcome how) {
        manifest.ended(how);
        if (how.status() != Status.FAILED) {
            ArraysFile.write(directory, manifest.content()).ifPresent(this::tellThatArraysAreMissing);
        }
        manifest.write(directory.manifest());
        outcome = how;
    }

    private void tellThatArraysAreMissing(String reason) {
        LOG.warn("no trajectory.h5: {}", reason);
        manifest.withoutArrays(reason);
    }

    /** How the run ended; empty before. */
    Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    RunDirectory directory() {
        return directory;
    }

    /** Tells the manifest of a failure, if the run had not ended before. */
    void fail(Throwable failure) {
        if (outcome != null) {
            return;
        }
        try {
            end(new Outcome(Status.FAILED, lastRow, String.valueOf(failure.getMessage())));
        } catch (RuntimeException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }
}
