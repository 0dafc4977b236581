package org.gradus.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gradus.backend.Backend;
import org.gradus.backend.Options;
import org.gradus.dynamics.Outcome;
import org.gradus.experiment.Config;
import org.gradus.experiment.Config.ComputeSection;
import org.gradus.experiment.Config.PrecisionKind;
import org.gradus.experiment.Config.SingularValuesKind;
import org.gradus.experiment.Forecast;
import org.gradus.experiment.Loading;
import org.gradus.experiment.Manifest;
import org.gradus.experiment.Member;
import org.gradus.experiment.Plan;
import org.gradus.experiment.Runner;
import org.gradus.select.Backends;
import org.gradus.store.RunDirectory;
import org.gradus.theory.Prediction;
import org.gradus.theory.Predictor;
import org.gradus.theory.Query;

/**
 * A configuration made concrete on a backend: data loaded, solver, step size and memory decided. To be used by one thread; several
 * sessions may run at the same time, each in its own. It may run more than once, from step 0 each time.
 */
public final class Session implements AutoCloseable {
    private final Backends.Selection selection;
    private final boolean owned;
    private final Plan plan;
    private boolean used;

    private Session(Backends.Selection selection, boolean owned, Plan plan) {
        this.selection = selection;
        this.owned = owned;
        this.plan = plan;
    }

    /**
     * On the backend that the configuration asks for, which closes with the session.
     *
     * @throws org.gradus.experiment.ConfigException for values that do not fit the data
     * @throws org.gradus.store.StoreException for files
     * @throws org.gradus.backend.BackendException if the backend cannot be had, or is too small
     */
    public static Session open(Config config) {
        return open(config, Loading.UNWATCHED);
    }

    /** The same, told how far data that take long have come. */
    public static Session open(Config config, Loading loading) {
        Backends.Selection selection = select(config.compute());
        try {
            return new Session(selection, true, Plan.of(config, selection.backend(), loading));
        } catch (RuntimeException | Error failure) {
            selection.backend().close();
            throw failure;
        }
    }

    /** On a backend of the caller's, which stays open. */
    public static Session on(Backend backend, Config config) {
        return new Session(new Backends.Selection(backend, "handed in"), false, Plan.of(config, backend));
    }

    /**
     * Opens the backend that a configuration asks for.
     *
     * @throws org.gradus.backend.BackendException if it cannot be had
     */
    public static Backends.Selection select(ComputeSection compute) {
        Options options = new Options(
                compute.threads().orElse(Runtime.getRuntime().availableProcessors()),
                compute.device(),
                compute.precision() == PrecisionKind.TF32,
                compute.singularValues() == SingularValuesKind.GRAM);
        return Backends.open(compute.backend().name().toLowerCase(Locale.ROOT), options);
    }

    /** What has been decided: data, start, step size with its limits, solver and memory, each with its reason. */
    public Plan plan() {
        return plan;
    }

    public Backend backend() {
        return selection.backend();
    }

    /** What theory says beforehand, with its default levels and tolerance; empty where it does not cover the start. */
    public Optional<Prediction> predict() {
        return Forecast.query(plan, Query.DEFAULT_LEVELS, Query.DEFAULT_TOLERANCE, Query.DEFAULT_HORIZON)
                .map(Predictor::predict);
    }

    /**
     * Runs to the end, whatever it is, in memory.
     *
     * @throws org.gradus.experiment.ConfigException where the rows recorded come to fill half of the heap
     * @throws org.gradus.backend.BackendException if the device fails
     */
    public Result run(Watch watch) {
        return new InMemory(planOfNextRun(), watch).run(selection.backend());
    }

    /**
     * Runs to the end, whatever it is, into a run directory, whose files are those of {@code gradus run --no-plots}.
     *
     * @param overwrite whether the files of an earlier run in it are removed
     * @throws org.gradus.store.StoreException if it holds a run, or cannot be written
     * @throws org.gradus.backend.BackendException if the device fails
     */
    public Outcome runInto(Path directory, boolean overwrite, Watch watch) {
        try (RunDirectory run = RunDirectory.open(directory, overwrite)) {
            Plan next = planOfNextRun();
            Manifest manifest = new Manifest(next, selection.backend(), selection.reason(), origin());
            Member member = new Member(next, run, manifest);
            return new Runner(List.of(member), selection.backend(), watch).run().get(0);
        }
    }

    private Plan planOfNextRun() {
        Plan next = used ? plan.again() : plan;
        used = true;
        return next;
    }

    private static Manifest.Origin origin() {
        String version = Session.class.getPackage().getImplementationVersion();
        return new Manifest.Origin(version == null ? "unpackaged" : version, "unknown", "a program, by org.gradus.api");
    }

    @Override
    public void close() {
        if (owned) {
            selection.backend().close();
        }
    }
}
