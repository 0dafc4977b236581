package org.gradus.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.gradus.backend.BackendException;
import org.gradus.report.Columns;
import org.gradus.report.Compared;
import org.gradus.report.Format;
import org.gradus.report.Plots;
import org.gradus.report.RunCurves;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gradus compare DIR… -o FILE.svg}: the effective ranks of several runs in one picture. */
@Command(
        name = "compare",
        description = "Draw the effective ranks of several runs in one picture, with predicted plateaus.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class CompareCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(CompareCommand.class);

    private static final String PARTNER = "-dense";

    /** The height of a page. */
    private static final int MOST_PANELS = 8;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "DIR",
            description = "Run directories, a panel each; NAME-dense is drawn dashed into the panel of NAME.")
    private List<Path> directories = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE.svg|FILE.pdf",
            description = "The picture; replaced if it exists.")
    private Path output;

    @Option(
            names = "--width",
            paramLabel = "MM",
            description = "90, one column of a paper, or 180, two. Default: ${DEFAULT-VALUE}.",
            defaultValue = "90")
    private int width;

    @Override
    public Integer call() {
        if (Format.of(output).isEmpty()) {
            throw wrong("-o " + output + ": the picture is SVG or PDF; its name must end in .svg or .pdf");
        }
        Columns columns = FigureOptions.columns(width);
        Map<Path, Path> partners = partners();
        if (partners.size() > MOST_PANELS) {
            throw wrong(partners.size() + " panels; a picture holds " + MOST_PANELS);
        }
        List<Compared> panels = new ArrayList<>();
        partners.forEach((run, dense) -> panels.add(panel(run, Optional.ofNullable(dense))));
        Plots.unavailable().ifPresent(reason -> {
            throw new BackendException(reason);
        });
        Plots.compare(output, panels, columns);
        LOG.info("{} written: {} panels", output, panels.size());
        return ExitCode.DONE;
    }

    /** Each run with the dense one that belongs to it, or null. */
    private Map<Path, Path> partners() {
        List<Path> given = directories.stream().map(Path::normalize).distinct().toList();
        Map<Path, Path> partners = new LinkedHashMap<>();
        for (Path directory : given) {
            Path dense = directory.resolveSibling(directory.getFileName() + PARTNER);
            partners.put(directory, given.contains(dense) ? dense : null);
        }
        partners.keySet()
                .removeAll(List.copyOf(
                        partners.values().stream().filter(p -> p != null).toList()));
        return partners;
    }

    private static Compared panel(Path directory, Optional<Path> partner) {
        RunRecord run = RunRecord.read(directory);
        Optional<RunCurves> dense = partner.map(RunRecord::read).map(RunRecord::curves);
        return new Compared(run.name(), run.solver(), run.curves().with(run.predicted()), dense);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
