package org.gradus.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gradus.experiment.Manifest;
import org.gradus.page.Page;
import org.gradus.page.Report;
import org.gradus.page.ReportedRun;
import org.gradus.store.AtomicFile;
import org.gradus.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code gradus report DIR… [-o FILE.html]}: one page of all runs, which needs no network. */
@Command(
        name = "report",
        description = "Write one HTML page with charts and tables of runs and sweeps; it needs no network.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ReportCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ReportCommand.class);

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Main main;

    @Parameters(
            arity = "1..*",
            paramLabel = "DIR",
            description = "Directories of runs or sweeps, or folders of these, such as runs.")
    private List<Path> directories = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE.html",
            description = "The page; replaced if it exists. Default: DIR/report.html for one DIR, else report.html.")
    private Path output;

    @Mixin
    private FigureOptions figures;

    @Override
    public Integer call() {
        List<Path> given = directories.stream().map(Path::normalize).distinct().toList();
        ReportSources sources = ReportSources.of(given);
        Path page = page(given);
        AtomicFile.requireWritable(page);
        figures.folder().ifPresent(folder -> write(given, folder));
        List<String> remarks = new ArrayList<>(sources.remarks());
        ReportPredictions predictions = new ReportPredictions(remarks, System::nanoTime);
        List<ReportedRun> runs = read(sources.runs(), remarks, predictions);
        long unreadable = runs.stream()
                .filter(run -> run.ending().status().equals("unreadable"))
                .count();
        if (unreadable == runs.size()) {
            throw new StoreException(given.get(0) + ": none of the " + runs.size() + " runs can be read; the first: "
                    + runs.get(0).ending().reason());
        }
        long bytes = Page.write(page, new Report(title(given), made(), sources.swept(), runs, predictions.remarks()));
        predictions.remarks().forEach(remark -> LOG.warn("{}", remark));
        if (unreadable > 0) {
            LOG.warn("{} of {} runs cannot be read; the page says why", unreadable, runs.size());
        }
        LOG.info("{} written: {}, {}", page, counted(runs.size()), String.format(Locale.ROOT, "%.1f MB", bytes / 1e6));
        return ExitCode.DONE;
    }

    private void write(List<Path> given, Path folder) {
        TerminalLine line = new TerminalLine(System.err, main.logging().quiet() ? 0 : Provenance.columns());
        List<Path> files = ReportFigures.write(given, folder, figures, line);
        LOG.info("{} figures in {}", files.size(), folder);
    }

    private List<ReportedRun> read(List<ReportSource> sources, List<String> remarks, ReportPredictions predictions) {
        List<ReportSource> taken = sources.subList(0, Math.min(sources.size(), ReportLimits.MOST_RUNS));
        if (taken.size() < sources.size()) {
            remarks.add(
                    "The first " + taken.size() + " of " + sources.size() + " runs are shown; a page holds no more.");
        }
        ReportReader reader = new ReportReader(ReportLimits.of(taken.size()), new ReportPictures(remarks), predictions);
        List<ReportedRun> runs = new ArrayList<>();
        TerminalLine line = new TerminalLine(System.err, main.logging().quiet() ? 0 : Provenance.columns());
        try (CountProgress progress = new CountProgress("reading runs", line, System::nanoTime)) {
            for (ReportSource source : taken) {
                runs.add(reader.read(source));
                progress.at(runs.size(), taken.size());
            }
        }
        return runs;
    }

    private Path page(List<Path> given) {
        Path page = Optional.ofNullable(output)
                .orElseGet(() -> given.size() == 1 ? given.get(0).resolve("report.html") : Path.of("report.html"));
        if (!page.toString().endsWith(".html")) {
            throw new ParameterException(
                    spec.commandLine(), "-o " + page + ": the page is HTML; its name must end in .html");
        }
        return page;
    }

    private static String title(List<Path> given) {
        return String.join(", ", given.stream().limit(3).map(RunRecord::name).toList())
                + (given.size() > 3 ? ", …" : "");
    }

    private List<String> made() {
        Manifest.Origin origin = Provenance.origin(spec);
        return List.of(
                "Made by Gradus " + origin.version() + " (" + origin.commit() + ") at "
                        + Instant.now().truncatedTo(ChronoUnit.SECONDS),
                origin.command());
    }

    private static String counted(int runs) {
        return runs == 1 ? "1 run" : runs + " runs";
    }
}
