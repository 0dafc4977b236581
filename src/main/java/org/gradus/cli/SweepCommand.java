package org.gradus.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.gradus.dynamics.Outcome;
import org.gradus.experiment.Plan;
import org.gradus.experiment.Sweep;
import org.gradus.experiment.SweepRunner;
import org.gradus.report.Ensemble;
import org.gradus.report.Plots;
import org.gradus.select.Backends;
import org.gradus.store.SweepDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code gradus sweep CONFIG.yaml}: the runs that a section {@code sweep} spans, batch by batch. */
@Command(
        name = "sweep",
        description = "Carry out the runs that the section sweep of a configuration spans.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class SweepCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(SweepCommand.class);

    /** Numbers of runs in one line of the log. */
    private static final int MOST_NAMED = 10;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Parameters(
            paramLabel = "CONFIG.yaml",
            description = "The configuration, with a section sweep: {over: {KEY: [values]}}.")
    private Path file;

    @Mixin
    private RunOptions options;

    @Option(names = "--plots", description = "Draw the pictures of each run too.")
    private boolean plots;

    @Option(names = "--yes", description = "Carry out more than 100,000 runs.")
    private boolean many;

    @Override
    public Integer call() {
        Sweep sweep = Sweep.read(file, options.settings(), options.overrides(), many);
        try (SweepRunner runner = new SweepRunner(
                sweep,
                compute -> {
                    Backends.Selection selection = Selections.open(compute);
                    return new SweepRunner.Device(selection.backend(), selection.reason());
                },
                Provenance.origin(spec))) {
            return options.dryRun() ? dryRun(sweep, runner) : carryOut(sweep, runner);
        }
    }

    private int dryRun(Sweep sweep, SweepRunner runner) {
        List<Plan> batch = runner.prepare();
        Plan first = batch.get(0);
        PrintWriter out = spec.commandLine().getOut();
        out.println(YamlText.of(sweep.tree()).stripTrailing());
        out.println("# sweep    " + sweep.describe());
        out.println("# batch    of the first " + (batch.size() == 1 ? "run" : batch.size() + " runs"));
        SweepRunner.Device device = runner.device();
        first.describe(device.backend(), device.reason()).forEach(line -> out.println("# " + line));
        PredictionTable.within(first).forEach(line -> out.println("# predict  " + line));
        out.flush();
        first.warnings().forEach(LOG::warn);
        return ExitCode.DONE;
    }

    private int carryOut(Sweep sweep, SweepRunner runner) {
        Plan first = runner.prepare().get(0);
        TerminalLine line = new TerminalLine(System.err, main.logging().quiet() ? 0 : Provenance.columns());
        try (SweepDirectory directory = SweepDirectory.open(sweep.output(), options.overwrite())) {
            Interrupts.watch();
            LOG.info("sweep    {}", sweep.describe());
            Map<Integer, Outcome> outcomes;
            int status;
            try (SweepProgress progress = new SweepProgress(sweep, plots && options.plots(), line, System::nanoTime)) {
                outcomes = runner.run(directory, progress);
                status = Interrupts.requested() ? ExitCode.INTERRUPTED : progress.status();
            }
            if (options.plots() && !Interrupts.requested()) {
                draw(sweep, directory, outcomes, targetValues(sweep, first));
            }
            tell(sweep, outcomes);
            LOG.info("results  {}", directory.table());
            return status;
        }
    }

    /** Of the target that all runs have, if they have one. */
    private static double[] targetValues(Sweep sweep, Plan first) {
        boolean same = sweep.keys().stream().noneMatch(key -> key.startsWith("problem."));
        return same && first.isTargetKnown() ? first.targetValues() : new double[0];
    }

    private static void draw(
            Sweep sweep, SweepDirectory directory, Map<Integer, Outcome> outcomes, double[] targetValues) {
        Optional<Ensemble> ensemble = EnsemblePicture.of(sweep, directory, outcomes, targetValues);
        Optional<String> unavailable = Plots.unavailable();
        unavailable.ifPresent(LOG::warn);
        if (ensemble.isPresent() && unavailable.isEmpty()) {
            Path picture = directory.plot("ensemble");
            Plots.ensemble(picture, ensemble.get());
            LOG.info("plots    {}", picture);
        }
    }

    private static void tell(Sweep sweep, Map<Integer, Outcome> outcomes) {
        for (Outcome.Status status : Outcome.Status.values()) {
            List<Integer> numbers = outcomes.entrySet().stream()
                    .filter(entry -> entry.getValue().status() == status)
                    .map(Map.Entry::getKey)
                    .toList();
            String word = status.name().toLowerCase(Locale.ROOT);
            String names = numbers.stream().limit(MOST_NAMED).map(sweep::name).collect(Collectors.joining(", "))
                    + (numbers.size() > MOST_NAMED ? ", …" : "");
            switch (status) {
                case DONE, STOPPED -> {
                    if (!numbers.isEmpty()) {
                        LOG.info("{} {} of {} runs", word, numbers.size(), sweep.runs());
                    }
                }
                case DIVERGED, INTERRUPTED, FAILED -> {
                    if (!numbers.isEmpty()) {
                        LOG.warn("{} of {} runs {}: {}", numbers.size(), sweep.runs(), word, names);
                    }
                }
            }
        }
    }
}
