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
import org.gradus.experiment.ConfigException;
import org.gradus.experiment.Plan;
import org.gradus.experiment.Shard;
import org.gradus.experiment.Sweep;
import org.gradus.experiment.SweepRunner;
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

    @Option(
            names = "--shard",
            paramLabel = "i/n",
            description = "Carry out only what falls to the i-th of n processes that share the output directory.")
    private Optional<String> part = Optional.empty();

    @Override
    public Integer call() {
        Optional<Shard> shard = part.map(Shard::parse);
        if (shard.isPresent() && options.overwrite()) {
            throw new ConfigException(
                    "--overwrite: each shard would remove what the others wrote; remove the directory first");
        }
        Sweep sweep = read();
        try (SweepRunner runner = new SweepRunner(
                sweep,
                shard,
                compute -> {
                    Backends.Selection selection = Selections.open(compute);
                    return new SweepRunner.Device(selection.backend(), selection.reason());
                },
                Provenance.origin(spec))) {
            if (runner.runs() == 0) {
                LOG.info("no run falls to shard {}: the sweep has {}", part.get(), sweep.runs());
                return ExitCode.DONE;
            }
            return options.dryRun() ? dryRun(sweep, runner) : carryOut(sweep, shard, runner);
        }
    }

    private Sweep read() {
        try (CountProgress progress = new CountProgress("checking the configurations", line(), System::nanoTime)) {
            return Sweep.read(file, options.settings(), options.overrides(), many, progress::at);
        }
    }

    private TerminalLine line() {
        return new TerminalLine(System.err, main.logging().quiet() ? 0 : Provenance.columns());
    }

    private int dryRun(Sweep sweep, SweepRunner runner) {
        List<Plan> batch = runner.prepare();
        Plan first = batch.get(0);
        PrintWriter out = spec.commandLine().getOut();
        out.println(YamlText.of(sweep.tree()).stripTrailing());
        out.println("# sweep    " + sweep.describe());
        part.ifPresent(text -> out.println("# shard    " + text + ": " + runner.runs() + " runs"));
        out.println("# batch    of the first " + (batch.size() == 1 ? "run" : batch.size() + " runs"));
        SweepRunner.Device device = runner.device();
        first.describe(device.backend(), device.reason()).forEach(line -> out.println("# " + line));
        PredictionTable.within(first).forEach(line -> out.println("# predict  " + line));
        out.flush();
        first.warnings().forEach(LOG::warn);
        return ExitCode.DONE;
    }

    private int carryOut(Sweep sweep, Optional<Shard> shard, SweepRunner runner) {
        boolean goingOn = !options.overwrite() && SweepDirectory.holdsSweep(sweep.output());
        if (!goingOn) {
            runner.prepare();
        }
        try (SweepDirectory directory = take(sweep, shard, runner, goingOn)) {
            Interrupts.watch();
            if (!goingOn && shard.isEmpty()) {
                directory.describe(runner.description());
            } else {
                runner.requireSame(directory);
            }
            LOG.info("sweep    {}", sweep.describe());
            shard.ifPresent(one -> LOG.info("shard    {}/{}: {} runs", one.number(), one.count(), runner.runs()));
            Map<Integer, Outcome> outcomes;
            int status;
            try (SweepProgress progress =
                    new SweepProgress(sweep, plots && options.plots(), line(), System::nanoTime)) {
                outcomes = runner.run(directory, goingOn || shard.isPresent(), progress);
                status = Interrupts.requested() ? ExitCode.INTERRUPTED : progress.status();
            }
            tell(sweep, runner.runs(), outcomes);
            if (shard.isPresent()) {
                LOG.info("results  {}", directory.table());
                if (status == ExitCode.DONE) {
                    putTogether(sweep, shard.get(), directory);
                }
                return status;
            }
            finish(sweep, directory, outcomes);
            return status;
        }
    }

    private SweepDirectory take(Sweep sweep, Optional<Shard> shard, SweepRunner runner, boolean goingOn) {
        if (shard.isPresent()) {
            return SweepDirectory.share(sweep.output(), shard.get().name(), runner.description());
        }
        return goingOn
                ? SweepDirectory.reopen(sweep.output())
                : SweepDirectory.open(sweep.output(), options.overwrite());
    }

    /** The last shard writes the table of the whole sweep, if all runs are there. */
    private void putTogether(Sweep sweep, Shard shard, SweepDirectory own) {
        Optional<SweepDirectory> taken = own.closeAndTakeWhole(shard.names());
        if (taken.isEmpty()) {
            return;
        }
        try (SweepDirectory whole = taken.get();
                CountProgress progress = new CountProgress("putting sweep.csv together", line(), System::nanoTime)) {
            Map<Integer, Outcome> outcomes = SweepRunner.putTogether(sweep, whole, progress::at);
            if (outcomes.size() < sweep.runs()) {
                LOG.info(
                        "{} of {} runs are there; 'gradus sweep' without --shard carries the others out",
                        outcomes.size(),
                        sweep.runs());
                return;
            }
            finish(sweep, whole, outcomes);
        }
    }

    private void finish(Sweep sweep, SweepDirectory directory, Map<Integer, Outcome> outcomes) {
        if (options.plots() && !Interrupts.requested()) {
            EnsemblePicture.draw(sweep, directory, outcomes).ifPresent(picture -> LOG.info("plots    {}", picture));
        }
        LOG.info("results  {}", directory.table());
    }

    private static void tell(Sweep sweep, int runs, Map<Integer, Outcome> outcomes) {
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
                        LOG.info("{} {} of {} runs", word, numbers.size(), runs);
                    }
                }
                case DIVERGED, INTERRUPTED, FAILED -> {
                    if (!numbers.isEmpty()) {
                        LOG.warn("{} of {} runs {}: {}", numbers.size(), runs, word, names);
                    }
                }
            }
        }
    }
}
