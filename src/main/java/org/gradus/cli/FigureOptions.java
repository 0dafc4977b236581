package org.gradus.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.gradus.experiment.ConfigException;
import org.gradus.report.Columns;
import org.gradus.report.Format;
import org.gradus.report.Paper;
import picocli.CommandLine.Option;

/** Whether figures for a paper are wanted, and how: options of {@code gradus report}. */
final class FigureOptions {
    @Option(
            names = "--figures",
            paramLabel = "FOLDER",
            description = "Also write figures for a paper into FOLDER: curves of runs, heat maps and lines of sweeps.")
    private Path folder;

    @Option(
            names = "--format",
            split = ",",
            paramLabel = "svg|pdf",
            description = "Of the figures; several with commas. Default: svg,pdf.")
    private List<String> formats = List.of("svg", "pdf");

    @Option(
            names = "--width",
            paramLabel = "MM",
            description = "Of the figures: 90, one column of a paper, or 180, two. Default: 90.")
    private int width = Columns.ONE.millimetres();

    @Option(
            names = "--measure",
            split = ",",
            paramLabel = "COLUMN",
            description =
                    "What figures of sweeps show: columns of sweep.csv. Default: those of loss, effective_rank, test_error, steps and the first plateaus that differ.")
    private List<String> measures = List.of();

    @Option(
            names = "--keys",
            split = ",",
            paramLabel = "KEY",
            description = "Over which one or two keys figures of sweeps show it. Default: those with the most values.")
    private List<String> keys = List.of();

    /** Where figures are to be written; empty where none are wanted. */
    Optional<Path> folder() {
        return Optional.ofNullable(folder);
    }

    List<String> measures() {
        return measures;
    }

    List<String> keys() {
        return keys;
    }

    /** @throws ConfigException if there is no such width or format */
    Paper paper() {
        return new Paper(columns(width), formats());
    }

    private Set<Format> formats() {
        Set<Format> chosen = EnumSet.noneOf(Format.class);
        for (String name : formats) {
            chosen.add(Arrays.stream(Format.values())
                    .filter(format -> format.name().equals(name.strip().toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new ConfigException("--format " + name + ": figures are svg or pdf")));
        }
        return chosen;
    }

    /** @throws ConfigException if figures are not made that wide */
    static Columns columns(int millimetres) {
        return Arrays.stream(Columns.values())
                .filter(columns -> columns.millimetres() == millimetres)
                .findFirst()
                .orElseThrow(() -> new ConfigException(
                        "--width " + millimetres + ": a figure is 90 mm wide, for one column, or 180 mm, for two"));
    }
}
