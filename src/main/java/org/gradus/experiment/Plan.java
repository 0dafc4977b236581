package org.gradus.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.backend.Precision;
import org.gradus.dynamics.Measures;
import org.gradus.dynamics.MemoryDemand;
import org.gradus.dynamics.MemoryPlan;
import org.gradus.dynamics.Solver;
import org.gradus.experiment.Config.ComputeSection;
import org.gradus.experiment.Config.Every;
import org.gradus.experiment.Config.Geometric;
import org.gradus.experiment.Config.Listed;
import org.gradus.experiment.Config.PrecisionKind;
import org.gradus.experiment.Config.SingularValuesKind;
import org.gradus.experiment.Config.SolverKind;
import org.gradus.experiment.Config.StepsSection;
import org.gradus.init.Dimensions;
import org.gradus.init.Initialization;
import org.gradus.observe.Alignment;
import org.gradus.observe.Observer;
import org.gradus.observe.Schedule;
import org.gradus.problem.Loss;

/**
 * A configuration made concrete on a backend: data loaded, every decision taken, nothing allocated on the device yet.
 *
 * @param data what is fitted
 * @param targetValues singular values of the target as the loss sees it, without a target of A*(y); descending
 * @param stepSize the value in use, with its limits
 * @param alignment with the target's singular vectors, where it is asked for
 * @param solver which one, and why
 * @param memory of the batch that the run is in
 * @param stop where the run ends early
 * @param inputs the files that the configuration names
 */
public record Plan(
        Config config,
        Data data,
        Dimensions dimensions,
        Initialization start,
        Precision precision,
        double[] targetValues,
        StepSizeChoice stepSize,
        Measures measures,
        Optional<Alignment> alignment,
        SolverChoice solver,
        MemoryPlan memory,
        StopChoice stop,
        Inputs inputs) {
    /** Of one plan. */
    private static final int RUNS = 1;

    /**
     * Loads and decides.
     *
     * @throws ConfigException for values that do not fit the data
     * @throws org.gradus.store.StoreException for files
     * @throws BackendException if the backend's memory does not hold the run
     */
    public static Plan of(Config config, Backend backend) {
        return of(config, backend, Loading.UNWATCHED);
    }

    /** The same, told how far data that take long have come. */
    public static Plan of(Config config, Backend backend, Loading loading) {
        return of(config, new SharedData(config, loading), backend);
    }

    /**
     * The same with data that other runs have too.
     *
     * @param shared of a configuration with the same section {@code problem}
     */
    static Plan of(Config config, SharedData shared, Backend backend) {
        Precision precision = precision(config, backend);
        Measures measures =
                new Measures(config.record().factors(), config.record().balancedness());
        DataSource source = shared.source();
        Dimensions dimensions = dimensions(config, source);
        // before anything of this size is made: a synthetic target can be larger than the memory
        MemoryDemand least = new MemoryDemand(source.footprint(), dimensions, precision, measures);
        int snapshots = 0;
        if (SolverChoice.mustBeDense(config)) {
            Room.requireOnDevice(least, backend, RUNS);
            snapshots = MemoryPlan.fitting(least, backend, RUNS).snapshots();
        }
        Room.requireOnHost(config, dimensions, source.hostNumbers(), snapshots);
        Data data = Room.fitting(shared.data(), dimensions, precision, measures, backend, RUNS);
        Initialization start = Starts.of(config, shared, dimensions);
        double[] values = shared.spectrum();
        StepSizeChoice stepSize = StepSizeChoice.of(config, dimensions, start, values[0], data);
        SolverChoice solver = SolverChoice.of(config, data, dimensions, start, values);
        Optional<Alignment> alignment = AlignmentChoice.of(config, shared, precision);
        Optional<MemoryDemand> demand =
                solver.demand(new MemoryDemand(data.problem().footprint(), dimensions, precision, measures));
        demand.ifPresent(wanted -> Room.requireOnDevice(wanted, backend, RUNS));
        MemoryPlan memory =
                demand.map(wanted -> MemoryPlan.fitting(wanted, backend, RUNS)).orElse(MemoryPlan.NONE);
        if (solver.kind() == SolverKind.DENSE) {
            Room.requireOnHost(config, dimensions, source.hostNumbers(), memory.snapshots());
        }
        Plan open = new Plan(
                config,
                data,
                dimensions,
                start,
                precision,
                values,
                stepSize,
                measures,
                alignment,
                solver,
                memory,
                StopChoice.NEVER,
                Inputs.of(config, shared));
        return open.with(StopChoice.of(open));
    }

    private Plan with(StopChoice choice) {
        return new Plan(
                config,
                data,
                dimensions,
                start,
                precision,
                targetValues,
                stepSize,
                measures,
                alignment,
                solver,
                memory,
                choice,
                inputs);
    }

    /** The same with a stopping rule that has seen no row yet, for a second run. */
    public Plan again() {
        return with(StopChoice.of(this));
    }

    /** The same run in a batch that needs so much. */
    Plan with(MemoryPlan batch) {
        return new Plan(
                config,
                data,
                dimensions,
                start,
                precision,
                targetValues,
                stepSize,
                measures,
                alignment,
                solver,
                batch,
                stop,
                inputs);
    }

    /** What a dense descent of the run has to hold. */
    MemoryDemand demand() {
        return new MemoryDemand(data.problem().footprint(), dimensions, precision, measures);
    }

    /** tf32 is float32 in memory; the backend was opened for it. */
    private static Precision precision(Config config, Backend backend) {
        ComputeSection compute = config.compute();
        boolean cuda = backend.name().equals("cuda");
        if (compute.precision() == PrecisionKind.TF32 && !cuda) {
            throw config.source()
                    .error("compute.precision", "tf32 is an arithmetic of CUDA devices; float32 or float64 here");
        }
        if (compute.singularValues() == SingularValuesKind.GRAM && !cuda) {
            throw config.source()
                    .error(
                            "compute.singular-values",
                            "gram saves time on CUDA devices only, and is less accurate; exact here");
        }
        return compute.precision() == PrecisionKind.FLOAT64 ? Precision.FLOAT64 : Precision.FLOAT32;
    }

    private static Dimensions dimensions(Config config, DataSource source) {
        int rows = source.rows();
        int cols = source.cols();
        int depth = config.factors().depth();
        List<Integer> hidden =
                config.factors().widths().orElseGet(() -> Collections.nCopies(depth - 1, Math.max(rows, cols)));
        List<Integer> sizes = new ArrayList<>(List.of(cols));
        sizes.addAll(hidden);
        sizes.add(rows);
        return new Dimensions(sizes);
    }

    /** The solver at step 0. */
    public Solver openSolver(Backend backend) {
        return solver.open(List.of(this), backend);
    }

    /** When rows are recorded: the schedule asked for, and the steps at which the product is written. */
    public Schedule schedule() {
        Schedule schedule = scheduleAskedFor();
        List<Long> extra = new ArrayList<>(config.record().products());
        stop.step().ifPresent(extra::add);
        return schedule.or(Schedule.listed(extra));
    }

    private Schedule scheduleAskedFor() {
        StepsSection steps = config.record().steps();
        if (steps instanceof Every every) {
            return Schedule.every(every.steps());
        }
        return steps instanceof Geometric geometric
                ? Schedule.geometric(geometric.ratio())
                : Schedule.listed(((Listed) steps).steps());
    }

    /** The columns after {@code step}, in the promised order. */
    public List<Observer> observers() {
        int rank = targetValues.length;
        List<Observer> observers = new ArrayList<>(List.of(Observer.loss(), Observer.ranks()));
        if (data.problem().hasTestError()) {
            observers.add(Observer.testError());
        }
        observers.add(Observer.singularValues(
                Math.min(rank, config.record().singularValues().orElse(rank))));
        if (measures.factors()) {
            observers.add(Observer.factorSingularValues(dimensions));
        }
        if (measures.balancedness()) {
            observers.add(Observer.balancedness());
        }
        alignment.ifPresent(observers::add);
        return observers;
    }

    /** What is about to be run, a line each, for people. */
    public List<String> describe(Backend backend, String backendReason) {
        Loss loss = data.problem().loss();
        return List.of(
                "target   " + data.describe() + ", " + (isTargetKnown() ? "" : "A*(y) has ") + "σ₁ … = "
                        + leading(targetValues),
                "factors  depth " + dimensions.depth() + ", sizes " + dimensions.sizes() + ", "
                        + start.describe(dimensions),
                "solver   " + solver.name() + ": " + solver.reason(),
                "descent  step size " + stepSize.describe() + ", "
                        + config.descent().steps() + " steps, loss "
                        + loss.name().toLowerCase(Locale.ROOT),
                "backend  " + backend.name() + " (" + backendReason + "): " + backend.describe() + ", "
                        + Value.word(config.compute().precision()),
                "memory   " + memory.describe() + "; " + MemoryPlan.bytes(backend.availableBytes()) + " available");
    }

    /** Whether {@link #targetValues} are those of a target, and not of A*(y). */
    public boolean isTargetKnown() {
        return config.problem().target().isPresent();
    }

    private static String leading(double[] values) {
        StringBuilder text = new StringBuilder();
        Arrays.stream(values).limit(6).forEach(value -> text.append(String.format(Locale.ROOT, "%.4g, ", value)));
        return values.length > 6 ? text + "…" : text.substring(0, text.length() - 2);
    }

    /** What there is reason to warn of. */
    public List<String> warnings() {
        return Stream.concat(
                        data.warnings().stream(),
                        Stream.of(stepSize.warning(), solver.warning()).flatMap(Optional::stream))
                .toList();
    }
}
