package org.gradus.experiment;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.gradus.dynamics.Outcome;
import org.gradus.dynamics.Outcome.Status;
import org.gradus.dynamics.Solver;
import org.gradus.dynamics.State;
import org.gradus.linalg.Matrix;
import org.gradus.observe.Standing;
import org.gradus.observe.StopRule;
import org.gradus.store.ArraysFile;
import org.gradus.store.CheckpointFolder;
import org.gradus.store.LabelsFile;
import org.gradus.store.NpyWriter;
import org.gradus.store.PictureWriter;
import org.gradus.store.RunDirectory;
import org.gradus.store.Trajectory;
import org.gradus.store.TrajectoryFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a batch and what it writes: manifest, labels, table, checkpoints, products on the way, final matrices. */
public final class Member {
    private static final Logger LOG = LoggerFactory.getLogger(Member.class);

    private final Plan plan;
    private final RunDirectory directory;
    private final Manifest manifest;
    private final Set<Long> productSteps;
    private final Optional<Checkpoint> checkpoint;
    private final CheckpointFolder checkpoints;
    private final RunIdentity identity;
    private TrajectoryFile table;
    private long lastRow;
    private Outcome outcome;

    /** A run that begins. */
    public Member(Plan plan, RunDirectory directory, Manifest manifest) {
        this(plan, directory, manifest, Optional.empty());
    }

    private Member(Plan plan, RunDirectory directory, Manifest manifest, Optional<Checkpoint> checkpoint) {
        this.plan = plan;
        this.directory = directory;
        this.manifest = manifest;
        this.checkpoint = checkpoint;
        productSteps = new HashSet<>(plan.config().record().products());
        checkpoints = new CheckpointFolder(directory);
        identity = manifest.identity();
        lastRow = checkpoint.map(known -> known.standing().lastRow()).orElse(0L);
    }

    /**
     * A run that goes on in its directory; {@link Resumption} finds the checkpoint. All members of a batch go on, from the same
     * step, or none.
     *
     * @param manifest made by {@link Manifest#resuming}
     */
    static Member resuming(Plan plan, RunDirectory directory, Manifest manifest, Checkpoint checkpoint) {
        return new Member(plan, directory, manifest, Optional.of(checkpoint));
    }

    /** The step that the run goes on from; 0 for one that begins. */
    public long firstStep() {
        return checkpoint.map(Checkpoint::step).orElse(0L);
    }

    /** How the run had ended where it goes on from, if a rule or a divergence had ended it: no number of steps changes that. */
    public Optional<Outcome> endedBefore() {
        return checkpoint.flatMap(known -> known.standing().outcome());
    }

    Optional<Checkpoint> checkpoint() {
        return checkpoint;
    }

    Plan plan() {
        return plan;
    }

    void start() {
        ArraysFile.remove(directory);
        manifest.started(
                directory.manifest(),
                firstStep(),
                checkpoint.map(Checkpoint::seconds).orElse(0.0));
        plan.data().labels().ifPresent(labels -> {
            LabelsFile.write(directory.rowLabels(), labels.rows());
            LabelsFile.write(directory.columnLabels(), labels.columns());
        });
    }

    void openTable(List<String> columns) {
        table = checkpoint.isPresent()
                ? TrajectoryFile.reopen(directory.trajectory(), columns, lastRow)
                : TrajectoryFile.create(directory.trajectory(), columns);
    }

    /** The rows that the run had before it went on, for its stopping rule. */
    StopRule.Rows earlierRows() {
        Trajectory rows = Trajectory.read(directory.trajectory());
        return new StopRule.Rows(rows.column("step"), rows.column("effective_rank"));
    }

    /** Writes a checkpoint; the rows that it builds on are on the disk before it. */
    void keep(long step, Standing standing, Solver solver, int run) {
        table.force();
        Checkpoint.write(
                checkpoints,
                identity,
                plan,
                manifest.seconds(),
                step,
                standing,
                solver.savedLengths(),
                i -> solver.save(run, i));
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
            end(new Outcome(Status.FAILED, Math.max(0, lastRow), String.valueOf(failure.getMessage())));
        } catch (RuntimeException alsoFailed) {
            failure.addSuppressed(alsoFailed);
        }
    }
}
