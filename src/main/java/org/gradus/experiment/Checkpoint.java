package org.gradus.experiment;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.gradus.dynamics.Outcome;
import org.gradus.dynamics.Outcome.Status;
import org.gradus.linalg.Matrix;
import org.gradus.observe.Standing;
import org.gradus.store.CheckpointFile;
import org.gradus.store.CheckpointFolder;
import org.gradus.store.StoreException;

/** All that one run goes on from, as it stands in a file of its directory; docs/formats.md lists the header's keys. */
public final class Checkpoint {
    private final CheckpointFile file;
    private final long step;
    private final Standing standing;
    private final double seconds;

    private Checkpoint(CheckpointFile file, long step, Standing standing, double seconds) {
        this.file = file;
        this.step = step;
        this.standing = standing;
        this.seconds = seconds;
    }

    /**
     * Writes one.
     *
     * @param seconds that the run has taken so far
     * @param lengths of the solver's arrays
     * @param arrays the solver's numbers
     */
    static void write(
            CheckpointFolder folder,
            RunIdentity identity,
            Plan plan,
            double seconds,
            long step,
            Standing standing,
            int[] lengths,
            IntFunction<double[]> arrays) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("run", identity.run());
        header.put("configuration", identity.configuration());
        header.put("solver", plan.solver().name());
        header.put("step", step);
        header.put("last_row", standing.lastRow());
        header.put("known_finite", standing.knownFinite());
        header.put("outcome", standing.outcome().map(Manifest::outcome).orElse(null));
        header.put("seconds", seconds);
        Matrix product = standing.lastProduct().orElse(null);
        header.put("product", product == null ? null : List.of(product.rows(), product.cols()));
        int[] all = Arrays.copyOf(lengths, lengths.length + (product == null ? 0 : 1));
        if (product != null) {
            all[lengths.length] = product.data().length;
        }
        folder.write(step, header, all, i -> i < lengths.length ? arrays.apply(i) : product.data());
    }

    /**
     * The checkpoint of a step.
     *
     * @throws StoreException why this run cannot go on from it
     * @throws ConfigException if it is the run's own, but the manifest's configuration is no longer that which it was written with
     */
    static Checkpoint read(CheckpointFolder folder, long step, Plan plan, RunIdentity identity) {
        CheckpointFile file = CheckpointFile.read(folder.file(step));
        Map<String, Object> header = file.header();
        require(identity.run().equals(header.get("run")), file, "is of another run");
        requireSame(file, "configuration", identity.configuration());
        requireSame(file, "solver", plan.solver().name());
        require(whole(file, "step") == step, file, "is of another step than its name says");
        long lastRow = whole(file, "last_row");
        require(lastRow <= step, file, "is damaged: last_row lies beyond step");
        double seconds = header.get("seconds") instanceof Number number ? number.doubleValue() : 0;
        Standing standing = new Standing(lastRow, whole(file, "known_finite"), outcome(file), product(file, plan));
        return new Checkpoint(file, step, standing, seconds);
    }

    private static void require(boolean holds, CheckpointFile file, String fault) {
        if (!holds) {
            throw new StoreException(file.path() + ": " + fault);
        }
    }

    private static void requireSame(CheckpointFile file, String key, String now) {
        if (!now.equals(file.header().get(key))) {
            throw new ConfigException(file.path() + ": was written with another " + key
                    + " than manifest.json has now; a run goes on with its own only");
        }
    }

    private static long whole(CheckpointFile file, String key) {
        Object value = file.header().get(key);
        require(value instanceof Integer || value instanceof Long, file, "is damaged: " + key + " is no whole number");
        return ((Number) value).longValue();
    }

    private static Optional<Outcome> outcome(CheckpointFile file) {
        if (file.header().get("outcome") == null) {
            return Optional.empty();
        }
        if (file.header().get("outcome") instanceof Map<?, ?> outcome
                && outcome.get("status") instanceof String status
                && outcome.get("step") instanceof Number step) {
            for (Status known : List.of(Status.STOPPED, Status.DIVERGED)) {
                if (status.equals(known.name().toLowerCase(Locale.ROOT))) {
                    return Optional.of(new Outcome(known, step.longValue(), String.valueOf(outcome.get("reason"))));
                }
            }
        }
        throw new StoreException(file.path() + ": is damaged: outcome is none that ends a run");
    }

    private static Optional<Matrix> product(CheckpointFile file, Plan plan) {
        if (file.header().get("product") == null) {
            return Optional.empty();
        }
        int rows = plan.dimensions().rows();
        int cols = plan.dimensions().cols();
        int[] lengths = file.lengths();
        boolean fits = file.header().get("product").equals(List.of(rows, cols))
                && lengths.length > 0
                && lengths[lengths.length - 1] == (long) rows * cols;
        require(fits, file, "is damaged: its product is no " + rows + "×" + cols + " matrix");
        return Optional.of(new Matrix(rows, cols, file.array(lengths.length - 1)));
    }

    /** That the run goes on from. */
    public long step() {
        return step;
    }

    Path path() {
        return file.path();
    }

    Standing standing() {
        return standing;
    }

    /** That the run has taken up to here. */
    double seconds() {
        return seconds;
    }

    /** @throws StoreException unless the arrays are those of a solver */
    void requireLengths(int[] wanted) {
        int[] lengths = file.lengths();
        int own = lengths.length - (standing.lastProduct().isPresent() ? 1 : 0);
        require(Arrays.equals(Arrays.copyOf(lengths, own), wanted), file, "holds arrays of other lengths");
    }

    double[] array(int index) {
        return file.array(index);
    }
}
