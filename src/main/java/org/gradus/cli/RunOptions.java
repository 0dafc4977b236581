package org.gradus.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gradus.experiment.Overrides;
import picocli.CommandLine.Option;

/** What can be said of one run and of a sweep alike. */
final class RunOptions {
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

    @Option(names = "--overwrite", description = "Replace the run or sweep that the directory holds.")
    private boolean overwrite;

    @Option(names = "--dry-run", description = "Print what would be run, and run nothing.")
    private boolean dryRun;

    @Option(names = "--no-plots", description = "Draw no pictures.")
    private boolean noPlots;

    List<String> settings() {
        return settings;
    }

    Overrides overrides() {
        return new Overrides(backend, precision, output);
    }

    boolean overwrite() {
        return overwrite;
    }

    boolean dryRun() {
        return dryRun;
    }

    boolean plots() {
        return !noPlots;
    }
}
