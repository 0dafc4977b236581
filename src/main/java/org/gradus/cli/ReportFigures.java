package org.gradus.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gradus.backend.BackendException;
import org.gradus.experiment.ConfigException;
import org.gradus.report.Paper;
import org.gradus.report.Plots;
import org.gradus.report.SweepChoice;
import org.gradus.report.SweepRuns;
import org.gradus.store.RunFormat;
import org.gradus.store.StoreException;
import org.gradus.store.SweepTableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Figures for a paper, from the directories of runs and sweeps. */
final class ReportFigures {
    private static final Logger LOG = LoggerFactory.getLogger(ReportFigures.class);

    private static final String RUN = "manifest.json";
    private static final String SWEEP = "sweep.json";

    private final Paper paper;
    private final FigureOptions options;

    private ReportFigures(FigureOptions options) {
        this.options = options;
        paper = options.paper();
    }

    /**
     * Writes the figures of each directory, of several into a folder of its name each.
     *
     * @param directories of runs, of sweeps, or folders with such in them
     * @param folder is made if absent
     * @return the files
     * @throws StoreException if a directory holds neither, or a file cannot be read or written
     * @throws ConfigException if the options name what a sweep does not have
     * @throws BackendException if nothing can be drawn on this machine
     */
    static List<Path> write(List<Path> directories, Path folder, FigureOptions options, TerminalLine line) {
        ReportFigures figures = new ReportFigures(options);
        Plots.unavailable().ifPresent(reason -> {
            throw new BackendException(reason);
        });
        Map<Path, Path> places = places(directories, folder);
        List<Path> written = new ArrayList<>();
        try (CountProgress progress = new CountProgress("drawing runs", line, System::nanoTime)) {
            int done = 0;
            for (Map.Entry<Path, Path> place : places.entrySet()) {
                written.addAll(figures.write(place.getKey(), place.getValue()));
                progress.at(++done, places.size());
            }
        }
        return written;
    }

    private List<Path> write(Path directory, Path folder) {
        return Files.exists(directory.resolve(SWEEP)) ? writeSweep(directory, folder) : writeRun(directory, folder);
    }

    private List<Path> writeRun(Path directory, Path folder) {
        RunRecord run = RunRecord.read(directory);
        try {
            return Plots.write(
                    folder,
                    RunPictures.curves(run.name(), run.table(), run.targetValuesIfAny(), run.predicted()),
                    paper);
        } catch (IllegalArgumentException e) {
            throw new StoreException(directory + ": " + e.getMessage(), e);
        }
    }

    private List<Path> writeSweep(Path directory, Path folder) {
        Map<String, Object> description = RunFormat.read(directory.resolve(SWEEP));
        if (!(description.get("keys") instanceof List<?> keys)) {
            throw new StoreException(directory.resolve(SWEEP) + ": names no keys; a sweep's does");
        }
        List<Map<String, String>> rows = SweepTableFile.read(directory.resolve("sweep.csv"));
        SweepRuns runs = SweepRuns.of(
                RunRecord.name(directory), keys.stream().map(String::valueOf).toList(), rows);
        Optional<SweepChoice> choice = choice(runs);
        List<Path> written = new ArrayList<>();
        ReportEnsemble.of(directory, runs, rows)
                .ifPresent(ensemble -> written.addAll(Plots.ensemble(folder, ensemble, paper)));
        choice.ifPresent(chosen -> written.addAll(Plots.sweep(folder, runs, chosen, paper)));
        if (written.isEmpty()) {
            LOG.warn("{}: no figures: no run has a table, and no measure differs between values of a key", directory);
        }
        return written;
    }

    private Optional<SweepChoice> choice(SweepRuns runs) {
        List<String> unknown = options.measures().stream()
                .filter(measure -> !runs.measures().contains(measure))
                .toList();
        if (!unknown.isEmpty()) {
            throw new ConfigException("--measure " + unknown.get(0) + ": the runs of " + runs.title()
                    + " have no such number; they have " + String.join(", ", runs.measures()));
        }
        if (options.keys().size() > 2) {
            throw new ConfigException("--keys: a figure is over one key or two, not "
                    + options.keys().size());
        }
        List<Integer> keys =
                options.keys().stream().map(name -> key(runs, name)).distinct().toList();
        if (keys.size() < options.keys().size()) {
            throw new ConfigException("--keys " + String.join(",", options.keys()) + ": the same key twice");
        }
        List<String> measures = options.measures().isEmpty() ? SweepChoice.usual(runs) : options.measures();
        return keys.isEmpty()
                ? SweepChoice.of(runs, measures)
                : Optional.of(new SweepChoice(
                        measures, keys.get(0), keys.stream().skip(1).findFirst()));
    }

    /** By its whole name or its last parts. */
    private static int key(SweepRuns runs, String name) {
        List<String> found = runs.keys().stream()
                .filter(key -> ("." + key).endsWith("." + name.strip()))
                .toList();
        if (found.size() != 1) {
            throw new ConfigException("--keys " + name + ": " + (found.isEmpty() ? "was not swept" : "could be several")
                    + "; " + runs.title() + " has " + String.join(", ", runs.keys()));
        }
        return runs.keys().indexOf(found.get(0));
    }

    /** Each directory of a run or sweep with the folder for its figures. */
    private static Map<Path, Path> places(List<Path> directories, Path folder) {
        Map<Path, String> found = new LinkedHashMap<>();
        for (Path directory : directories) {
            if (isEither(directory)) {
                found.put(directory, RunRecord.name(directory));
            } else {
                children(directory)
                        .forEach(child -> found.put(child, RunRecord.name(directory) + "/" + RunRecord.name(child)));
            }
        }
        Map<Path, Path> places = new LinkedHashMap<>();
        Set<String> taken = new HashSet<>();
        found.forEach((directory, name) -> {
            String free = name;
            for (int i = 2; !taken.add(free); i++) {
                free = name + "-" + i;
            }
            places.put(directory, found.size() == 1 ? folder : folder.resolve(free));
        });
        return places;
    }

    private static boolean isEither(Path directory) {
        return Files.exists(directory.resolve(RUN)) || Files.exists(directory.resolve(SWEEP));
    }

    private static List<Path> children(Path directory) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> content = Files.newDirectoryStream(directory, ReportFigures::isEither)) {
            content.forEach(children::add);
        } catch (IOException e) {
            throw new StoreException(directory + ": cannot be read: " + e.getMessage(), e);
        }
        if (children.isEmpty()) {
            throw new StoreException(
                    directory + ": holds no run: neither here nor in the folders in it is a " + RUN + " or " + SWEEP);
        }
        children.sort(null);
        return children;
    }
}
