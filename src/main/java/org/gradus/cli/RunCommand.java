package org.gradus.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gradus.backend.Backend;
import org.gradus.dynamics.Outcome;
import org.gradus.experiment.Config;
import org.gradus.experiment.ConfigReader;
import org.gradus.experiment.Manifest;
import org.gradus.experiment.Overrides;
import org.gradus.experiment.Plan;
import org.gradus.experiment.Runner;
import org.gradus.report.Plots;
import org.gradus.select.Backends;
import org.gradus.store.RunDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gradus run CONFIG.yaml}: one run into a run directory. */
@Command(
        name = "run",
        description = "Carry out one configuration into a run directory.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class RunCommand implements Callable<Integer>, Logged {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    @Spec
    private CommandSpec spec;

    @Mixin
    private LoggingOptions logging;

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
    public LoggingOptions logging() {
        return logging;
    }

    @Override
    public Integer call() {
        logging.apply();
        Config config = ConfigReader.read(file, settings, new Overrides(backend, precision, output));
        int threads = config.compute().threads().orElse(Runtime.getRuntime().availableProcessors());
        String wanted = config.compute().backend().name().toLowerCase(Locale.ROOT);
        Backends.Selection selection = Backends.open(wanted, threads);
        try (Backend opened = selection.backend()) {
            Plan plan = Plan.of(config, opened);
            List<String> description = plan.describe(opened, selection.reason());
            plan.warning().ifPresent(LOG::warn);
            if (dryRun) {
                return dryRun(config, description);
            }
            description.forEach(LOG::info);
            return carryOut(plan, opened, selection.reason());
        }
    }

    private int dryRun(Config config, List<String> description) {
        spec.commandLine().getOut().println(YamlText.of(config.source().tree()).stripTrailing());
        description.forEach(line -> spec.commandLine().getOut().println("# " + line));
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }

    private int carryOut(Plan plan, Backend opened, String reason) {
        Path directory = plan.config().output();
        try (RunDirectory run = RunDirectory.open(directory, overwrite)) {
            Interrupts.watch();
            Manifest.Origin origin = new Manifest.Origin(Provenance.version(), Provenance.commit(), command());
            Manifest manifest = new Manifest(plan, opened, reason, origin);
            Outcome outcome;
            try (RunProgress progress = RunProgress.of(plan, logging.quiet())) {
                outcome = new Runner(plan, opened, run, manifest, progress).run();
            }
            LOG.info(
                    "{} at step {}: {}",
                    outcome.status().name().toLowerCase(Locale.ROOT),
                    outcome.step(),
                    outcome.reason());
            if (!noPlots && outcome.status() != Outcome.Status.INTERRUPTED) {
                draw(plan, run);
            }
            LOG.info("results  {}", directory);
            return exitCode(outcome);
        }
    }

    private static void draw(Plan plan, RunDirectory run) {
        Optional<String> why = Plots.unavailable();
        if (why.isPresent()) {
            LOG.warn("no plots: {}", why.get());
            return;
        }
        Path folder = run.plot("loss").getParent();
        List<Path> written = Plots.write(folder, RunPictures.curves(plan, run));
        LOG.info(
                "plots    {} in {}",
                String.join(
                        ", ",
                        written.stream().map(p -> p.getFileName().toString()).toList()),
                folder);
    }

    private static int exitCode(Outcome outcome) {
        return switch (outcome.status()) {
            case DONE, STOPPED -> ExitCode.DONE;
            case DIVERGED -> ExitCode.DIVERGED;
            case INTERRUPTED -> ExitCode.INTERRUPTED;
            case FAILED -> ExitCode.DEVICE;
        };
    }

    private String command() {
        return "gradus "
                + String.join(" ", spec.root().commandLine().getParseResult().originalArgs());
    }
}
