package org.gradus.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gradus.dynamics.Outcome;
import org.gradus.dynamics.Outcome.Status;
import org.gradus.store.JsonFile;
import org.gradus.store.MatrixFile;
import org.gradus.store.RunFormat;
import org.gradus.store.StoreException;
import org.gradus.store.Trajectory;

/** A run of a sweep that is there already: it ended by itself, and its files are whole. */
record FinishedRun(Outcome outcome, Trajectory table) {

    /**
     * Empty for a run that is missing, unfinished or damaged, and has to be carried out.
     *
     * @param run its directory
     * @throws StoreException if it is from a version of Gradus that writes a newer layout
     */
    static Optional<FinishedRun> read(Path run) {
        Path file = run.resolve("manifest.json");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Map<String, Object> manifest;
        try {
            manifest = JsonFile.read(file);
        } catch (StoreException damaged) {
            return Optional.empty();
        }
        RunFormat.require(file, manifest);
        return outcome(manifest).flatMap(outcome -> whole(run, manifest, outcome));
    }

    private static Optional<Outcome> outcome(Map<String, Object> manifest) {
        if (!(manifest.get("outcome") instanceof Map<?, ?> outcome)
                || !(outcome.get("step") instanceof Number step)
                || !(outcome.get("reason") instanceof String reason)) {
            return Optional.empty();
        }
        return Arrays.stream(Status.values())
                .filter(status -> status != Status.FAILED && status != Status.INTERRUPTED)
                .filter(status -> status.name().toLowerCase(Locale.ROOT).equals(outcome.get("status")))
                .findFirst()
                .map(status -> new Outcome(status, step.longValue(), reason));
    }

    private static Optional<FinishedRun> whole(Path run, Map<String, Object> manifest, Outcome outcome) {
        Trajectory table;
        try {
            table = Trajectory.read(run.resolve("trajectory.csv"));
        } catch (StoreException damaged) {
            return Optional.empty();
        }
        boolean diverged = outcome.status() == Status.DIVERGED;
        double last = table.rows() == 0 ? -1 : table.column("step")[table.rows() - 1];
        boolean rows = diverged ? last <= outcome.step() : last == outcome.step();
        boolean product = last < 0 || MatrixFile.isWhole(run.resolve("product.npy"));
        return rows && product && (diverged || factorsAreWhole(run, manifest))
                ? Optional.of(new FinishedRun(outcome, table))
                : Optional.empty();
    }

    private static boolean factorsAreWhole(Path run, Map<String, Object> manifest) {
        if (!(manifest.get("configuration") instanceof Map<?, ?> configuration)
                || !(configuration.get("record") instanceof Map<?, ?> record)
                || !(configuration.get("factors") instanceof Map<?, ?> factors)
                || !(factors.get("depth") instanceof Integer depth)) {
            return false;
        }
        for (int j = 1; Boolean.TRUE.equals(record.get("factors")) && j <= depth; j++) {
            if (!MatrixFile.isWhole(run.resolve("factors").resolve("W_" + j + ".npy"))) {
                return false;
            }
        }
        return true;
    }
}
