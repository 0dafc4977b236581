package org.gradus.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.gradus.backend.Backend;
import org.gradus.dynamics.Outcome;
import org.gradus.experiment.Config;
import org.gradus.experiment.ConfigReader;
import org.gradus.experiment.Manifest;
import org.gradus.experiment.Member;
import org.gradus.experiment.Plan;
import org.gradus.experiment.Runner;
import org.gradus.select.Backends;
import org.gradus.store.RunDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin
    private RunOptions options;

    @Override
    public Integer call() {
        Config config = ConfigReader.read(file, options.settings(), options.overrides());
        Backends.Selection selection = Selections.open(config.compute());
        try (Backend opened = selection.backend()) {
            Plan plan = plan(config, opened);
            return options.dryRun() ? dryRun(plan, selection) : carryOut(plan, selection);
        }
    }

    private Plan plan(Config config, Backend backend) {
        try (LoadingProgress progress = new LoadingProgress(line(), System::nanoTime)) {
            Plan plan = Plan.of(config, backend, progress);
            if (!options.dryRun()) {
                plan.inputs().tree(); // read through for the manifest while progress is shown
            }
            return plan;
        }
    }

    private TerminalLine line() {
        return new TerminalLine(System.err, main.logging().quiet() ? 0 : Provenance.columns());
    }

    private int dryRun(Plan plan, Backends.Selection selection) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(YamlText.of(plan.config().source().tree()).stripTrailing());
        plan.describe(selection.backend(), selection.reason()).forEach(line -> out.println("# " + line));
        PredictionTable.within(plan).forEach(line -> out.println("# predict  " + line));
        out.flush();
        plan.warnings().forEach(LOG::warn);
        return ExitCode.DONE;
    }

    private int carryOut(Plan plan, Backends.Selection selection) {
        try (RunDirectory run = RunDirectory.open(plan.config().output(), options.overwrite())) {
            Interrupts.watch();
            plan.describe(selection.backend(), selection.reason()).forEach(LOG::info);
            plan.warnings().forEach(LOG::warn);
            return RunEnding.of(descend(plan, selection, run), plan, run, options.plots());
        }
    }

    private Outcome descend(Plan plan, Backends.Selection selection, RunDirectory run) {
        Manifest manifest = new Manifest(plan, selection.backend(), selection.reason(), Provenance.origin(spec));
        long steps = plan.config().descent().steps();
        try (RunProgress progress = new RunProgress(steps, line(), System::nanoTime)) {
            return new Runner(List.of(new Member(plan, run, manifest)), selection.backend(), progress)
                    .run()
                    .get(0);
        }
    }
}
