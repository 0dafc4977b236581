package org.gradus.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gradus.backend.BackendException;
import org.gradus.experiment.Config.ComputeSection;
import org.gradus.experiment.ConfigException;
import org.gradus.experiment.Overrides;
import org.gradus.experiment.SweepRunner;
import org.gradus.report.Plots;
import org.gradus.reproduce.Card;
import org.gradus.reproduce.Edition;
import org.gradus.reproduce.Experiment;
import org.gradus.reproduce.Experiments;
import org.gradus.reproduce.Overview;
import org.gradus.reproduce.Reproduction;
import org.gradus.reproduce.Result;
import org.gradus.select.Backends;
import org.gradus.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code gradus reproduce [NAME…]}: named experiments, each judged against its claim. */
@Command(
        name = "reproduce",
        description = "Carry out named experiments, and measure each against its claim.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        footer = {
            "",
            "Exit status: 0 where all were carried out, whatever the verdicts, which are",
            "in DIR/verdicts.json and DIR/report.html; otherwise that of the first failure."
        })
final class ReproduceCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ReproduceCommand.class);

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Parameters(
            arity = "0..*",
            paramLabel = "NAME",
            description = "Experiments; all but the long ones if none is named.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--list",
            description = "Print names, durations and claims; of the named ones the configurations. Runs nothing.")
    private boolean list;

    @Option(names = "--long", description = "With those that take long.")
    private boolean lasting;

    @Option(
            names = "--config",
            paramLabel = "FILE.yaml",
            description =
                    "An edited configuration of the one experiment that is named; --list NAME prints the original.")
    private Optional<Path> config;

    @Option(
            names = "--set",
            paramLabel = "path.to.key=value",
            description =
                    "Overrides a value in every part of the configurations, or as PART:path.to.key=value in one; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--backend", paramLabel = "auto|cpu|cuda|reference", description = "Overrides compute.backend.")
    private Optional<String> backend;

    @Option(names = "--precision", paramLabel = "float64|float32|tf32", description = "Overrides compute.precision.")
    private Optional<String> precision;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "runs/reproduce",
            description = "A folder for each experiment, verdicts.json and report.html; default ${DEFAULT-VALUE}.")
    private Path output;

    @Option(names = "--overwrite", description = "Run again what is there.")
    private boolean overwrite;

    @Override
    public Integer call() {
        List<Experiment> chosen = chosen();
        if (list) {
            return list(chosen);
        }
        Edition edition = new Edition(config, settings, new Overrides(backend, precision, Optional.empty()));
        Reproduction reproduction = new Reproduction(ReproduceCommand::open, Provenance.origin(spec), Overlay::of);
        List<Reproduction.Prepared> prepared = chosen.stream()
                .map(one -> reproduction.prepare(
                        one, edition, output.resolve(one.card().name()), overwrite))
                .toList();
        Overview.requireWritable(output);
        return carryOut(prepared);
    }

    private static SweepRunner.Device open(ComputeSection compute) {
        Backends.Selection selection = Selections.open(compute);
        return new SweepRunner.Device(selection.backend(), selection.reason());
    }

    private List<Experiment> chosen() {
        if (config.isPresent() && names.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(), "--config is the configuration of one experiment; name one before it");
        }
        if (names.isEmpty()) {
            return Experiments.all().stream()
                    .filter(one -> lasting || list || !one.card().lasting())
                    .toList();
        }
        List<Experiment> named =
                names.stream().distinct().map(Experiments::named).toList();
        named.stream().map(Experiment::card).filter(Card::lasting).findFirst().ifPresent(card -> {
            if (!lasting && !list) {
                throw new ParameterException(
                        spec.commandLine(),
                        card.name() + " takes about " + ReproduceProgress.duration(card.seconds())
                                + "; --long carries it out");
            }
        });
        return named;
    }

    private int list(List<Experiment> chosen) {
        PrintWriter out = spec.commandLine().getOut();
        for (Experiment one : chosen) {
            Card card = one.card();
            if (names.isEmpty()) {
                out.printf(
                        Locale.ROOT,
                        "%-30s %-9s %s%n",
                        card.name(),
                        ReproduceProgress.duration(card.seconds()) + (card.lasting() ? " *" : ""),
                        card.claim());
            } else {
                out.print(Edition.PUBLISHED.text(card));
            }
        }
        if (names.isEmpty() && chosen.stream().anyMatch(one -> one.card().lasting())) {
            out.println("* with --long only");
        }
        out.flush();
        return ExitCode.DONE;
    }

    private int carryOut(List<Reproduction.Prepared> prepared) {
        TerminalLine line = new TerminalLine(System.err, main.logging().quiet() ? 0 : Provenance.columns());
        Interrupts.watch();
        Plots.unavailable().ifPresent(LOG::warn);
        int status = ExitCode.DONE;
        int held = 0;
        int judged = 0;
        try (ReproduceProgress progress = new ReproduceProgress(prepared, line, System::nanoTime)) {
            LOG.info("{}", progress.forecast());
            for (Reproduction.Prepared one : prepared) {
                progress.next(one);
                Optional<Result> result = Optional.empty();
                try {
                    result = one.carryOut(progress);
                } catch (ConfigException | StoreException | BackendException | ArithmeticException e) {
                    Failure failure = Failure.of(e);
                    status = status == ExitCode.DONE ? failure.status() : status;
                    line.clear();
                    LOG.error("{}: {}", one.card().name(), failure.line(), e);
                }
                if (Interrupts.requested()) {
                    status = ExitCode.INTERRUPTED;
                    break;
                }
                if (result.isPresent()) {
                    progress.ended(one, result.get());
                    judged++;
                    held += result.get().verdict().holds() ? 1 : 0;
                }
            }
        }
        Overview.write(output);
        LOG.info("{} of {} verdicts hold; {}", held, judged, output.resolve(Overview.PAGE));
        return status;
    }
}
