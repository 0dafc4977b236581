package org.gradus.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gradus.backend.Backend;
import org.gradus.dynamics.Outcome;
import org.gradus.experiment.Config;
import org.gradus.experiment.ConfigException;
import org.gradus.experiment.ConfigReader;
import org.gradus.experiment.Inputs;
import org.gradus.experiment.Member;
import org.gradus.experiment.OptionNumber;
import org.gradus.experiment.Overrides;
import org.gradus.experiment.Plan;
import org.gradus.experiment.Resumption;
import org.gradus.experiment.Runner;
import org.gradus.select.Backends;
import org.gradus.store.RunDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code gradus resume DIR}: a run goes on where it was stopped, and ends as if it had not been. */
@Command(
        name = "resume",
        description = "Go on with a run from its last checkpoint, as if it had never been stopped.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ResumeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ResumeCommand.class);

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Parameters(paramLabel = "DIR", description = "The run directory.")
    private Path directory;

    @Option(
            names = "--steps",
            paramLabel = "COUNT",
            description = "The new total number of steps; a run that is done goes on to it.")
    private Optional<String> steps;

    @Option(names = "--backend", paramLabel = "auto|cpu|cuda|reference", description = "Overrides compute.backend.")
    private Optional<String> backend;

    @Option(names = "--threads", paramLabel = "COUNT", description = "Overrides compute.threads.")
    private Optional<String> threads;

    @Option(names = "--no-plots", description = "Draw no pictures.")
    private boolean noPlots;

    @Override
    public Integer call() {
        Optional<Long> total = steps.map(text -> OptionNumber.steps("--steps", text));
        Optional<Integer> workers = threads.map(text -> OptionNumber.count("--threads", text, 1, 1024));
        try (RunDirectory run = RunDirectory.reopen(directory)) {
            PastRun past = PastRun.read(run);
            Optional<Integer> nothingToDo = past.nothingToDo(total);
            return nothingToDo.isPresent() ? nothingToDo.get() : goOn(run, past, total, workers);
        }
    }

    private int goOn(RunDirectory run, PastRun past, Optional<Long> total, Optional<Integer> workers) {
        List<String> settings = new ArrayList<>();
        total.ifPresent(count -> settings.add("descent.steps=" + count));
        workers.ifPresent(count -> settings.add("compute.threads=" + count));
        Overrides overrides = new Overrides(backend, Optional.empty(), Optional.empty());
        Config config = ConfigReader.reread(run.manifest(), past.configuration(), settings, overrides);
        checkInputs(run, past.manifest());
        Backends.Selection selection = Selections.open(config.compute());
        try (Backend opened = selection.backend()) {
            Plan plan = plan(config, opened);
            past.otherDevice(opened.describe()).ifPresent(LOG::warn);
            List<Member> members = Resumption.members(
                    List.of(plan), List.of(run), opened, selection.reason(), Provenance.origin(spec), LOG::warn);
            return past.hasStopped() && members.get(0).endedBefore().isPresent()
                    ? past.stopped()
                    : goOn(run, plan, members.get(0), selection);
        }
    }

    private int goOn(RunDirectory run, Plan plan, Member member, Backends.Selection selection) {
        long last = plan.config().descent().steps();
        if (last < member.firstStep()) {
            throw new ConfigException("--steps must be at least " + member.firstStep() + ", which " + run.path()
                    + " has reached, not " + last);
        }
        Interrupts.watch();
        plan.describe(selection.backend(), selection.reason()).forEach(LOG::info);
        plan.warnings().forEach(LOG::warn);
        LOG.info("resume   from step {}", member.firstStep());
        return RunEnding.of(descend(member, last, selection.backend()), plan, run, !noPlots);
    }

    private Outcome descend(Member member, long last, Backend opened) {
        try (RunProgress progress = new RunProgress(last, line(), System::nanoTime)) {
            return new Runner(List.of(member), opened, progress).run().get(0);
        }
    }

    private void checkInputs(RunDirectory run, Map<String, Object> manifest) {
        try (LoadingProgress progress = new LoadingProgress(line(), System::nanoTime)) {
            Inputs.requireUnchanged(run.manifest(), manifest, progress);
        }
    }

    private Plan plan(Config config, Backend opened) {
        try (LoadingProgress progress = new LoadingProgress(line(), System::nanoTime)) {
            return Plan.of(config, opened, progress);
        }
    }

    private TerminalLine line() {
        return new TerminalLine(System.err, main.logging().quiet() ? 0 : Provenance.columns());
    }
}
