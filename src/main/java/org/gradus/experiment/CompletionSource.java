package org.gradus.experiment;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.gradus.experiment.Config.MaskSection;
import org.gradus.experiment.Data.Labels;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.SparseMatrix;
import org.gradus.problem.Completion;
import org.gradus.problem.Footprint;
import org.gradus.problem.RandomPlaces;
import org.gradus.random.RandomStream;
import org.gradus.random.RandomStream.Purpose;
import org.gradus.store.CoordinateFile;
import org.gradus.store.Coordinates;
import org.gradus.store.MatrixFile;

/** Some entries of a target, or entries with values from a file, some of them held out for the test error. */
final class CompletionSource extends DataSource {
    private static final String FILE = "problem.mask.file";

    private final Config config;
    private final MaskSection mask;
    private final Optional<Matrix> read;
    private final Optional<Coordinates> coordinates;
    private final int rows;
    private final int cols;

    CompletionSource(Config config) {
        this.config = config;
        mask = config.problem().mask().orElseThrow();
        read = config.problem().target().flatMap(Target::read);
        boolean target = config.problem().target().isPresent();
        if (!target && mask.file().filter(CompletionSource::isDense).isPresent()) {
            throw withoutValues(config);
        }
        coordinates = mask.file()
                .filter(file -> !target || CoordinateFile.isCoordinates(file))
                .map(CoordinateFile::read);
        rows = targetRows(config, read)
                .orElseGet(() -> coordinates.orElseThrow().entries().rows());
        cols = targetCols(config, read)
                .orElseGet(() -> coordinates.orElseThrow().entries().cols());
        if (!target && coordinates.orElseThrow().pattern()) {
            throw withoutValues(config);
        }
    }

    /** Whether the ending is that of an array or a picture, which holds every entry. */
    private static boolean isDense(Path file) {
        return MatrixFile.isPicture(file)
                || file.toString().toLowerCase(Locale.ROOT).endsWith(".npy");
    }

    private static ConfigException withoutValues(Config config) {
        return config.source().error(FILE, "tells places without values; a target must be given beside it");
    }

    @Override
    int rows() {
        return rows;
    }

    @Override
    int cols() {
        return cols;
    }

    /** How many entries will be observed at most. */
    private long most() {
        return mask.fraction().isPresent()
                ? Math.round(mask.fraction().getAsDouble() * rows * cols)
                : mask.count().isPresent()
                        ? mask.count().getAsInt()
                        : coordinates
                                .map(known -> (long) known.entries().count())
                                .orElse((long) rows * cols);
    }

    @Override
    Footprint footprint() {
        boolean whole = config.problem().target().isPresent();
        return Completion.footprint(rows, cols, most(), whole, 0);
    }

    @Override
    long hostNumbers() {
        long target = config.problem().target().isPresent() ? 2L * rows * cols : 0;
        return target + 4 * most();
    }

    @Override
    Data load() {
        Optional<Target> target = config.problem().target().map(section -> Target.of(config, read));
        SparseMatrix observed;
        Optional<SparseMatrix> heldOut = Optional.empty();
        if (target.isPresent()) {
            SparseMatrix places = places();
            observed = places.with(places.gather(target.get().seen()));
        } else {
            boolean[] held = heldOut(coordinates.orElseThrow().entries().count());
            observed = part(held, false).orElseThrow();
            heldOut = part(held, true);
        }
        Completion problem = new Completion(observed, target.map(Target::clean), heldOut, loss(config));
        Optional<Labels> labels = labels();
        String source = target.map(Target::source)
                        .orElseGet(
                                () -> String.valueOf(mask.file().orElseThrow().getFileName()))
                + ", " + observed.count() + " entries observed"
                + heldOut.map(entries -> ", " + entries.count() + " held out").orElse("");
        return new Data(
                problem,
                target.map(Target::seen).orElseGet(observed::dense),
                1,
                source,
                target.map(Target::greyRange).orElseGet(() -> Target.greyRange(observed.values())),
                labels,
                Unobserved.warnings(observed, labels));
    }

    /** The places of a target's observed entries, with any values. */
    private SparseMatrix places() {
        if (mask.file().isPresent()) {
            return coordinates.isPresent()
                    ? ofTarget(coordinates.get().entries())
                    : dense(mask.file().get());
        }
        long total = (long) rows * cols;
        String key = mask.count().isPresent() ? "problem.mask.count" : "problem.mask.fraction";
        if (most() < 1 || most() > total) {
            throw config.source()
                    .error(key, "makes " + most() + " of " + total + " entries; from 1 to all are observed");
        }
        int[] chosen = RandomPlaces.choose((int) total, (int) most(), new RandomStream(mask.seed(), Purpose.MASK, 0));
        return places(chosen);
    }

    /** @param chosen numbers i + j·rows of the places, ascending */
    private SparseMatrix places(int[] chosen) {
        int[] entryRows = new int[chosen.length];
        int[] entryCols = new int[chosen.length];
        for (int k = 0; k < chosen.length; k++) {
            entryRows[k] = chosen[k] % rows;
            entryCols[k] = chosen[k] / rows;
        }
        return SparseMatrix.of(rows, cols, entryRows, entryCols, new double[chosen.length]);
    }

    private SparseMatrix ofTarget(SparseMatrix places) {
        requireShape(places.rows(), places.cols());
        return places;
    }

    private void requireShape(int maskRows, int maskCols) {
        if (maskRows != rows || maskCols != cols) {
            throw config.source()
                    .error(FILE, "is " + maskRows + " × " + maskCols + ", the target " + rows + " × " + cols);
        }
    }

    private SparseMatrix dense(Path file) {
        Matrix zeroOne = MatrixFile.read(file);
        requireShape(zeroOne.rows(), zeroOne.cols());
        int[] chosen = new int[zeroOne.data().length];
        int count = 0;
        for (int k = 0; k < chosen.length; k++) {
            double entry = zeroOne.data()[k];
            if (entry != 0 && entry != 1) {
                throw config.source()
                        .error(
                                FILE,
                                "must hold 1 where an entry is observed and 0 elsewhere; entry (" + k % rows + ", "
                                        + k / rows + "), counted from 0, is " + entry);
            }
            if (entry == 1) {
                chosen[count++] = k;
            }
        }
        if (count == 0) {
            throw config.source().error(FILE, "has no 1: nothing is observed");
        }
        return places(Arrays.copyOf(chosen, count));
    }

    /** Which of the file's entries are held out. */
    private boolean[] heldOut(int total) {
        boolean[] held = new boolean[total];
        if (mask.heldOut().isPresent()) {
            int count = (int) Math.round(mask.heldOut().getAsDouble() * total);
            if (count < 1 || count >= total) {
                throw config.source()
                        .error(
                                "problem.mask.held-out",
                                "holds " + count + " of " + total
                                        + " entries out; at least 1 has to be, and 1 to be left");
            }
            for (int k : RandomPlaces.choose(total, count, new RandomStream(mask.seed(), Purpose.HELD_OUT, 0))) {
                held[k] = true;
            }
        }
        return held;
    }

    private Optional<SparseMatrix> part(boolean[] held, boolean wanted) {
        SparseMatrix all = coordinates.orElseThrow().entries();
        int count = 0;
        for (boolean one : held) {
            count += one == wanted ? 1 : 0;
        }
        if (count == 0) {
            return Optional.empty();
        }
        int[] starts = new int[cols + 1];
        int[] rowIndices = new int[count];
        double[] values = new double[count];
        int next = 0;
        for (int j = 0; j < cols; j++) {
            for (int k = all.starts()[j]; k < all.starts()[j + 1]; k++) {
                if (held[k] == wanted) {
                    rowIndices[next] = all.rowIndices()[k];
                    values[next++] = all.values()[k];
                }
            }
            starts[j + 1] = next;
        }
        return Optional.of(new SparseMatrix(rows, cols, starts, rowIndices, values));
    }

    private Optional<Labels> labels() {
        return coordinates
                .filter(known ->
                        known.rowLabels().isPresent() && known.columnLabels().isPresent())
                .map(known -> new Labels(
                        known.rowLabels().orElseThrow(), known.columnLabels().orElseThrow()));
    }
}
