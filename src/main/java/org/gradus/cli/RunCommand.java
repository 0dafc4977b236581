package org.gradus.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.gradus.backend.Backend;
import org.gradus.backend.Options;
import org.gradus.dynamics.Outcome;
import org.gradus.experiment.Config;
import org.gradus.experiment.Config.ComputeSection;
import org.gradus.experiment.Config.PrecisionKind;
import org.gradus.experiment.Config.SingularValuesKind;
import org.gradus.experiment.ConfigReader;
import org.gradus.experiment.Forecast;
import org.gradus.experiment.Manifest;
import org.gradus.experiment.Member;
import org.gradus.experiment.Overrides;
import org.gradus.experiment.Plan;
import org.gradus.experiment.Runner;
import org.gradus.report.Plots;
import org.gradus.report.RunCurves;
import org.gradus.select.Backends;
import org.gradus.store.RunDirectory;
import org.gradus.theory.Predictor;
import org.gradus.theory.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code gradus run CONFIG.yaml}: one run into a run directory. */
@Command(
        name = "run",
        description = "Carry out one configuration into a run directory.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "CONFIG.yaml", description = "The configuration; gradus init writes one to start from.")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "path.to.key=value",
            description = "Overrides a value of the configuration; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--backend", paramLabel = "auto|cpu|cuda|reference", description = "Overrides compute.backend.")
    private Optional<String> backend;

    @Option(names = "--precision", paramLabel = "float64|float32|tf32", description = "Overrides compute.precision.")
    private Optional<String> precision;

    @Option(names = "--output", paramLabel = "DIR", description = "The run directory; default runs/<configuration>.")
    private Optional<String> output;

    @Option(names = "--overwrite", description = "Replace the run that the directory holds.")
    private boolean overwrite;

    @Option(names = "--dry-run", description = "Print what would be run, and run nothing.")
    private boolean dryRun;

    @Option(names = "--no-plots", description = "Draw no pictures.")
    private boolean noPlots;

    @Override
    public Integer call() {
        Config config = ConfigReader.read(file, settings, new Overrides(backend, precision, output));
        String wanted = config.compute().backend().name().toLowerCase(Locale.ROOT);
        Backends.Selection selection = Backends.open(wanted, options(config.compute()));
        try (Backend opened = selection.backend()) {
            Plan plan = Plan.of(config, opened);
            return dryRun ? dryRun(plan, selection) : carryOut(plan, selection);
        }
    }

    private static Options options(ComputeSection compute) {
        return new Options(
                compute.threads().orElse(Runtime.getRuntime().availableProcessors()),
                compute.device(),
                compute.precision() == PrecisionKind.TF32,
                compute.singularValues() == SingularValuesKind.GRAM);
    }

    private int dryRun(Plan plan, Backends.Selection selection) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(YamlText.of(plan.config().source().tree()).stripTrailing());
        plan.describe(selection.backend(), selection.reason()).forEach(line -> out.println("# " + line));
        predictions(plan).forEach(line -> out.println("# predict  " + line));
        out.flush();
        plan.warnings().forEach(LOG::warn);
        return ExitCode.DONE;
    }

    /** The plateaus within the run, up to the horizon that predictions have by default. */
    private static List<String> predictions(Plan plan) {
        long horizon = Math.min(plan.config().descent().steps(), Query.DEFAULT_HORIZON);
        return Forecast.query(plan, List.of(), Query.DEFAULT_TOLERANCE, horizon)
                .map(query -> PredictionTable.brief(Predictor.predict(query)))
                .orElseGet(() -> List.of("nothing: " + Forecast.refusal(plan).orElseThrow()));
    }

    private int carryOut(Plan plan, Backends.Selection selection) {
        try (RunDirectory run = RunDirectory.open(plan.config().output(), overwrite)) {
            Interrupts.watch();
            plan.describe(selection.backend(), selection.reason()).forEach(LOG::info);
            plan.warnings().forEach(LOG::warn);
            Outcome outcome = descend(plan, selection, run);
            if (!noPlots && outcome.status() != Outcome.Status.INTERRUPTED) {
                draw(plan, run);
            }
            LOG.info("results  {}", run.path());
            tell(outcome, plan);
            return exitCode(outcome);
        }
    }

    private Outcome descend(Plan plan, Backends.Selection selection, RunDirectory run) {
        String command =
                CommandText.of(spec.root().commandLine().getParseResult().originalArgs());
        Manifest.Origin origin = new Manifest.Origin(Provenance.version(), Provenance.commit(), command);
        Manifest manifest = new Manifest(plan, selection.backend(), selection.reason(), origin);
        int columns = main.logging().quiet() ? 0 : Provenance.columns();
        long steps = plan.config().descent().steps();
        TerminalLine line = new TerminalLine(System.err, columns);
        try (RunProgress progress = new RunProgress(steps, line, System::nanoTime)) {
            return new Runner(List.of(new Member(plan, run, manifest)), selection.backend(), progress)
                    .run()
                    .get(0);
        }
    }

    private static void tell(Outcome outcome, Plan plan) {
        String status = outcome.status().name().toLowerCase(Locale.ROOT);
        if (outcome.status() == Outcome.Status.DIVERGED) {
            LOG.error("{}: {}; {}", status, outcome.reason(), plan.stepSize().advice());
        } else if (outcome.status() == Outcome.Status.STOPPED) {
            LOG.info("{} at step {}: {}", status, outcome.step(), outcome.reason());
        } else {
            LOG.info("{}: {}", status, outcome.reason());
        }
    }

    private static void draw(Plan plan, RunDirectory run) {
        Optional<RunCurves> curves = RunPictures.curves(plan, run);
        Optional<String> unavailable = Plots.unavailable();
        unavailable.ifPresent(LOG::warn);
        if (curves.isEmpty() || unavailable.isPresent()) {
            return;
        }
        Path folder = run.plot("loss").getParent();
        List<Path> written = Plots.write(folder, curves.get());
        String names = written.stream().map(p -> p.getFileName().toString()).collect(Collectors.joining(", "));
        LOG.info("plots    {} in {}", names, folder);
    }

    private static int exitCode(Outcome outcome) {
        return switch (outcome.status()) {
            case DONE, STOPPED -> ExitCode.DONE;
            case DIVERGED -> ExitCode.DIVERGED;
            case INTERRUPTED -> ExitCode.INTERRUPTED;
            case FAILED -> ExitCode.DEVICE;
        };
    }
}
