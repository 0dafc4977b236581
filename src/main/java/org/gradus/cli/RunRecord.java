package org.gradus.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.backend.Options;
import org.gradus.experiment.Config;
import org.gradus.experiment.ConfigException;
import org.gradus.experiment.ConfigReader;
import org.gradus.experiment.Overrides;
import org.gradus.experiment.Plan;
import org.gradus.report.Predicted;
import org.gradus.report.RunCurves;
import org.gradus.select.Backends;
import org.gradus.store.RunFormat;
import org.gradus.store.StoreException;
import org.gradus.store.Trajectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run directory that is read only.
 *
 * @param path as the user named it
 */
record RunRecord(Path path, Map<String, Object> manifest, Trajectory table) {
    private static final Logger LOG = LoggerFactory.getLogger(RunRecord.class);

    /** @throws StoreException if there is no such directory, or it holds no run, or none with a row */
    static RunRecord read(Path path) {
        if (!Files.isDirectory(path)) {
            throw new StoreException(path + ": no such run directory");
        }
        Map<String, Object> manifest = RunFormat.read(path.resolve("manifest.json"));
        Path file = path.resolve("trajectory.csv");
        Trajectory table = Trajectory.read(file);
        for (String column : List.of("step", "loss", "effective_rank")) {
            if (!table.has(column)) {
                throw new StoreException(file + ": has no column " + column + "; a run writes one");
            }
        }
        if (table.rows() == 0) {
            throw new StoreException(file + ": has no rows; there is nothing to draw");
        }
        return new RunRecord(path, manifest, table);
    }

    /** The directory's own name. */
    String name() {
        return name(path);
    }

    static String name(Path directory) {
        return String.valueOf(directory.toAbsolutePath().normalize().getFileName());
    }

    String solver() {
        return manifest.get("solver") instanceof Map<?, ?> solver && solver.get("name") instanceof String name
                ? name
                : "run";
    }

    /**
     * Ranks and loss, without singular values.
     *
     * @throws StoreException if steps or target are not those of a run
     */
    RunCurves curves() {
        try {
            return new RunCurves(
                    name(),
                    table.column("step"),
                    new double[0][],
                    table.column("effective_rank"),
                    table.column("loss"),
                    null,
                    targetValues());
        } catch (IllegalArgumentException e) {
            throw new StoreException(path + ": " + e.getMessage(), e);
        }
    }

    /** None where the target is unknown, or they are not those of a run. */
    double[] targetValuesIfAny() {
        return manifest.containsKey("target_singular_values") ? targetValues() : new double[0];
    }

    private double[] targetValues() {
        if (!(manifest.get("target_singular_values") instanceof List<?> values)
                || !values.stream().allMatch(Number.class::isInstance)) {
            throw new StoreException(
                    path.resolve("manifest.json") + ": target_singular_values must be a list of numbers");
        }
        return values.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
    }

    /** What theory says of the manifest's configuration; where that cannot be read again a warning says why, and nothing is. */
    Predicted predicted() {
        try {
            return prediction();
        } catch (ConfigException | StoreException | BackendException e) {
            LOG.warn("{}: drawn without prediction: {}", path, e.getMessage());
            return Predicted.NONE;
        }
    }

    /** @throws ConfigException also if the manifest's configuration, or a file that it names, is not there any more */
    Predicted prediction() {
        if (!(manifest.get("configuration") instanceof Map<?, ?> tree)) {
            throw new ConfigException("manifest.json holds no configuration");
        }
        Config config = reread(tree);
        try (Backend backend = Backends.open("reference", Options.threads(1)).backend()) {
            double[] steps = table.column("step");
            return Overlay.of(Plan.of(config, backend), (long) steps[steps.length - 1]);
        }
    }

    /** With the solver and the arithmetic that need least; the prediction is the same. */
    private static Config reread(Map<?, ?> tree) {
        try {
            Path file = Files.createTempFile("gradus-configuration", ".yaml");
            try {
                Files.writeString(file, YamlText.of(tree));
                Overrides least = new Overrides(Optional.of("reference"), Optional.of("float64"), Optional.empty());
                return ConfigReader.read(file, List.of("descent.solver=auto", "compute.singular-values=exact"), least);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary file cannot be written: " + e.getMessage(), e);
        }
    }
}
