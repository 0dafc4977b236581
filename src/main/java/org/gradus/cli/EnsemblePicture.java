package org.gradus.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.gradus.dynamics.Outcome;
import org.gradus.experiment.Sweep;
import org.gradus.report.Ensemble;
import org.gradus.report.Plots;
import org.gradus.store.JsonFile;
import org.gradus.store.SweepDirectory;
import org.gradus.store.Trajectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a sweep's tables to the curves that are drawn together. */
final class EnsemblePicture {
    private static final Logger LOG = LoggerFactory.getLogger(EnsemblePicture.class);

    /** Colours that can be told apart. */
    private static final int MOST_GROUPS = 8;

    /** Of runs whose tables are held together. */
    private static final int MOST_RUNS = 2_000;

    private EnsemblePicture() {}

    /**
     * Draws plots/ensemble.svg; a warning says so where that cannot be.
     *
     * @param outcomes of the runs that were begun, by number; the first {@value #MOST_RUNS} are drawn
     * @return the picture; empty where there is nothing to draw
     */
    static Optional<Path> draw(Sweep sweep, SweepDirectory directory, Map<Integer, Outcome> outcomes) {
        Optional<String> unavailable = Plots.unavailable();
        unavailable.ifPresent(LOG::warn);
        return unavailable.isPresent()
                ? Optional.empty()
                : of(sweep, directory, outcomes, targetValues(sweep, directory, outcomes))
                        .map(ensemble -> {
                            Path picture = directory.plot("ensemble");
                            Plots.ensemble(picture, ensemble);
                            return picture;
                        });
    }

    /** Of the target that all runs have, if they have one, as the first run's manifest tells them. */
    private static double[] targetValues(Sweep sweep, SweepDirectory directory, Map<Integer, Outcome> outcomes) {
        boolean same = sweep.keys().stream().noneMatch(key -> key.startsWith("problem."));
        return outcomes.keySet().stream()
                .map(number -> directory.run(sweep.name(number)).resolve("manifest.json"))
                .filter(manifest -> same && Files.exists(manifest))
                .findFirst()
                .map(manifest -> JsonFile.read(manifest).get("target_singular_values"))
                .filter(List.class::isInstance)
                .map(values -> ((List<?>) values)
                        .stream()
                                .mapToDouble(value -> ((Number) value).doubleValue())
                                .toArray())
                .orElse(new double[0]);
    }

    /**
     * Empty where no run has a row.
     *
     * @param targetSingularValues of the target that all have; empty where they have different ones or none
     */
    private static Optional<Ensemble> of(
            Sweep sweep, SweepDirectory directory, Map<Integer, Outcome> outcomes, double[] targetSingularValues) {
        List<Integer> colouring = colouring(sweep, outcomes.keySet());
        Map<String, List<Ensemble.Curve>> groups = new LinkedHashMap<>();
        outcomes.entrySet().stream().limit(MOST_RUNS).forEach(entry -> {
            Path table = directory.run(sweep.name(entry.getKey())).resolve("trajectory.csv");
            if (Files.exists(table)) {
                String label = label(sweep, entry.getKey(), colouring);
                curve(table, entry.getValue())
                        .ifPresent(curve -> groups.computeIfAbsent(label, key -> new ArrayList<>())
                                .add(curve));
            }
        });
        List<Ensemble.Group> drawn = new ArrayList<>();
        groups.forEach((label, curves) -> drawn.add(new Ensemble.Group(label, curves)));
        return drawn.isEmpty()
                ? Optional.empty()
                : Optional.of(new Ensemble(sweep.describe(), drawn, targetSingularValues));
    }

    /**
     * Which keys give a run its colour: of those that are no seeds all together, if their values make at most eight
     * groups, else the first that does so alone; none if there is no such.
     */
    private static List<Integer> colouring(Sweep sweep, Set<Integer> numbers) {
        List<String> keys = sweep.keys();
        List<Integer> parameters = IntStream.range(0, keys.size())
                .filter(i -> !keys.get(i).matches("(.*\\.)?seed"))
                .boxed()
                .toList();
        if (groups(sweep, numbers, parameters) <= MOST_GROUPS) {
            return parameters;
        }
        return parameters.stream()
                .map(List::of)
                .filter(alone -> groups(sweep, numbers, alone) <= MOST_GROUPS)
                .findFirst()
                .orElse(List.of());
    }

    private static int groups(Sweep sweep, Set<Integer> numbers, List<Integer> keys) {
        Set<String> labels = new LinkedHashSet<>();
        for (int number : numbers) {
            labels.add(label(sweep, number, keys));
            if (labels.size() > MOST_GROUPS) {
                break;
            }
        }
        return labels.size();
    }

    private static String label(Sweep sweep, int number, List<Integer> keys) {
        List<String> values = sweep.values(number);
        List<String> parts = new ArrayList<>();
        for (int i : keys) {
            String key = sweep.keys().get(i);
            parts.add(key.substring(key.lastIndexOf('.') + 1) + " " + values.get(i));
        }
        return String.join(", ", parts);
    }

    private static Optional<Ensemble.Curve> curve(Path file, Outcome outcome) {
        Trajectory table = Trajectory.read(file);
        if (table.rows() == 0) {
            return Optional.empty();
        }
        return Optional.of(new Ensemble.Curve(
                table.column("step"),
                table.column("effective_rank"),
                table.column("loss"),
                outcome.status() == Outcome.Status.DONE || outcome.status() == Outcome.Status.STOPPED));
    }
}
