package org.gradus.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.gradus.dynamics.Outcome;
import org.gradus.dynamics.Outcome.Status;
import org.gradus.store.CheckpointFolder;
import org.gradus.store.JsonFile;
import org.gradus.store.MatrixFile;
import org.gradus.store.RunFormat;
import org.gradus.store.StoreException;
import org.gradus.store.Trajectory;

/**
 * What an earlier attempt at a sweep left of a run.
 *
 * @param path the run's directory
 * @param manifest what its manifest says; empty where it has none, or a damaged one
 */
record EarlierRun(Path path, Map<String, Object> manifest) {

    /** A run that ended by itself, and whose files are whole. */
    record Finished(Outcome outcome, Trajectory table) {}

    /** @throws StoreException if it is from a version of Gradus that writes a newer layout */
    static EarlierRun read(Path path) {
        Path file = path.resolve("manifest.json");
        if (!Files.isRegularFile(file)) {
            return new EarlierRun(path, Map.of());
        }
        Map<String, Object> manifest;
        try {
            manifest = JsonFile.read(file);
        } catch (StoreException damaged) {
            return new EarlierRun(path, Map.of());
        }
        RunFormat.require(file, manifest);
        return new EarlierRun(path, manifest);
    }

    private Optional<Outcome> outcome() {
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

    /** Empty for a run that is missing, unfinished or damaged, and has to be carried out. */
    Optional<Finished> finished() {
        return outcome().flatMap(this::whole);
    }

    /**
     * The step of the newest checkpoint from which an unfinished run can go on; 0 for one that begins anew, such as one that had
     * ended and is damaged.
     */
    long checkpoint() {
        return manifest.isEmpty() || outcome().isPresent() ? 0 : CheckpointFolder.newest(path);
    }

    private Optional<Finished> whole(Outcome outcome) {
        Trajectory table;
        try {
            table = Trajectory.read(path.resolve("trajectory.csv"));
        } catch (StoreException damaged) {
            return Optional.empty();
        }
        boolean diverged = outcome.status() == Status.DIVERGED;
        double last = table.rows() == 0 ? -1 : table.column("step")[table.rows() - 1];
        boolean rows = diverged ? last <= outcome.step() : last == outcome.step();
        boolean product = last < 0 || MatrixFile.isWhole(path.resolve("product.npy"));
        return rows && product && (diverged || factorsAreWhole())
                ? Optional.of(new Finished(outcome, table))
                : Optional.empty();
    }

    private boolean factorsAreWhole() {
        if (!(manifest.get("configuration") instanceof Map<?, ?> configuration)
                || !(configuration.get("record") instanceof Map<?, ?> record)
                || !(configuration.get("factors") instanceof Map<?, ?> factors)
                || !(factors.get("depth") instanceof Integer depth)) {
            return false;
        }
        for (int j = 1; Boolean.TRUE.equals(record.get("factors")) && j <= depth; j++) {
            if (!MatrixFile.isWhole(path.resolve("factors").resolve("W_" + j + ".npy"))) {
                return false;
            }
        }
        return true;
    }
}
