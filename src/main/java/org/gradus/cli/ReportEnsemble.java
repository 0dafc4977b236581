package org.gradus.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradus.report.Ensemble;
import org.gradus.report.SweepRuns;
import org.gradus.store.JsonFile;
import org.gradus.store.Trajectory;

/** The curves of a sweep's runs as they are drawn together, from its directory alone. */
final class ReportEnsemble {
    /** Colours that can be told apart. */
    private static final int MOST_GROUPS = 8;

    /** Of runs whose tables are held together. */
    private static final int MOST_RUNS = 2_000;

    private ReportEnsemble() {}

    /**
     * @param rows of sweep.csv; those of {@code runs}, in its order
     * @return empty where no run has a row
     * @throws org.gradus.store.StoreException if a table is damaged
     */
    static Optional<Ensemble> of(Path directory, SweepRuns runs, List<Map<String, String>> rows) {
        List<Integer> colouring = runs.colouring(MOST_GROUPS);
        Map<String, List<Ensemble.Curve>> groups = new LinkedHashMap<>();
        double[] target = runs.keys().stream().anyMatch(key -> key.startsWith("problem.")) ? new double[0] : null;
        for (int i = 0; i < Math.min(MOST_RUNS, rows.size()); i++) {
            String name = rows.get(i).get("run");
            Path run = directory.resolve("runs").resolve(name.matches("[0-9]{1,18}") ? name : "unknown");
            if (Files.exists(run.resolve("trajectory.csv"))) {
                Optional<Ensemble.Curve> curve = curve(run, rows.get(i).get("outcome"));
                String label = runs.label(i, colouring);
                curve.ifPresent(drawn ->
                        groups.computeIfAbsent(label, key -> new ArrayList<>()).add(drawn));
                target = target == null ? target(run) : target;
            }
        }
        List<Ensemble.Group> drawn = new ArrayList<>();
        groups.forEach((label, curves) -> drawn.add(new Ensemble.Group(label, curves)));
        return drawn.isEmpty()
                ? Optional.empty()
                : Optional.of(new Ensemble(runs.title(), drawn, target == null ? new double[0] : target));
    }

    private static Optional<Ensemble.Curve> curve(Path run, String outcome) {
        Trajectory table = Trajectory.read(run.resolve("trajectory.csv"));
        return table.rows() == 0
                ? Optional.empty()
                : Optional.of(new Ensemble.Curve(
                        table.column("step"),
                        table.column("effective_rank"),
                        table.column("loss"),
                        outcome.equals("done") || outcome.equals("stopped")));
    }

    /** Of the target, as the run's manifest tells it. */
    private static double[] target(Path run) {
        Path manifest = run.resolve("manifest.json");
        return Files.exists(manifest)
                        && JsonFile.read(manifest).get("target_singular_values") instanceof List<?> values
                        && values.stream().allMatch(Number.class::isInstance)
                ? values.stream()
                        .mapToDouble(value -> ((Number) value).doubleValue())
                        .toArray()
                : new double[0];
    }
}
