package org.gradus.store;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import io.jhdf.api.WritableNode;
import io.jhdf.exceptions.HdfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gradus.linalg.Matrix;

/**
 * trajectory.h5: what a run directory holds, as HDF5 arrays for h5py, MATLAB and Julia; docs/formats.md lists them. It is made of
 * the finished files, so it agrees with them.
 */
public final class ArraysFile {
    private static final Pattern PRODUCT = Pattern.compile("(step_([0-9]{9,18}))\\.npy");
    private static final Pattern FACTOR = Pattern.compile("W_([1-9][0-9]*)\\.npy");

    /** A message of an object header has less than 2¹⁶ bytes, for some readers 2¹⁵; a char takes at most three. */
    private static final int LONGEST_ATTRIBUTE = 10_000;

    private final RunDirectory run;
    private final Map<String, Object> manifest;
    private final Trajectory table;
    private final Map<String, WritableGroup> groups = new LinkedHashMap<>();

    private ArraysFile(RunDirectory run, Map<String, Object> manifest, Trajectory table) {
        this.run = run;
        this.manifest = manifest;
        this.table = table;
    }

    /**
     * Writes it, whole; where the table has no row there is none.
     *
     * @param manifest as manifest.json is going to be
     * @return why it is not written, where the table takes too much memory or cannot be read back
     * @throws StoreException if it cannot be written, or a matrix of the run not be read
     */
    public static Optional<String> write(RunDirectory run, Map<String, Object> manifest) {
        remove(run);
        Trajectory table;
        try {
            table = Trajectory.read(run.trajectory());
        } catch (StoreException refused) {
            return Optional.of(refused.getMessage());
        }
        if (table.rows() > 0) {
            AtomicFile.writeAndForce(run.arrays(), new ArraysFile(run, manifest, table)::writeTo);
        }
        return Optional.empty();
    }

    /** Takes away what a table that goes on will no longer agree with. */
    public static void remove(RunDirectory run) {
        try {
            Files.deleteIfExists(run.arrays());
        } catch (IOException e) {
            throw InputFiles.unwritable(run.arrays(), e);
        }
    }

    private void writeTo(Path path) throws IOException {
        try (WritableHdfFile file = HdfFile.write(path)) {
            groups.put("", file);
            describe(file);
            putColumns();
            putSpectrum("target_singular_values", "singular values of the target as the loss sees it, descending");
            putSpectrum("adjoint_singular_values", "singular values of A*(y), descending");
            putMatrices();
        } catch (HdfException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getMessage(), e);
        }
    }

    private void describe(WritableHdfFile file) {
        attribute(file, "format", manifest.get(RunFormat.KEY));
        attribute(file, "gradus_version", in("versions", "gradus"));
        attribute(file, "commit", manifest.get("commit"));
        attribute(file, "command", manifest.get("command"));
        attribute(file, "outcome", in("outcome", "status"));
        attribute(file, "outcome_step", in("outcome", "step"));
        attribute(file, "outcome_reason", in("outcome", "reason"));
        attribute(file, "backend", in("backend", "name"));
        attribute(file, "device", manifest.get("device"));
        attribute(file, "solver", in("solver", "name"));
        attribute(file, "precision", in(in("configuration", "compute"), "precision"));
        attribute(file, "step_size", manifest.get("step_size"));
        Meaning text = new Meaning("manifest", "manifest.json, with the whole configuration, as JSON", "", "");
        attributes(file.putDataset(text.path(), JsonFile.text(manifest)), text);
    }

    private Object in(String section, String key) {
        return in(manifest.get(section), key);
    }

    private static Object in(Object section, String key) {
        return section instanceof Map<?, ?> map ? map.get(key) : null;
    }

    private static void attribute(WritableNode node, String name, Object value) {
        if (value instanceof Integer whole) {
            node.putAttribute(name, whole.longValue());
        } else if (value instanceof Number) {
            node.putAttribute(name, value);
        } else if (value != null) {
            String text = value.toString();
            node.putAttribute(
                    name, text.length() > LONGEST_ATTRIBUTE ? text.substring(0, LONGEST_ATTRIBUTE) + "…" : text);
        }
    }

    private static void attributes(WritableNode node, Meaning meaning) {
        node.putAttribute("description", meaning.description());
        node.putAttribute("units", meaning.units());
        node.putAttribute("axes", meaning.axes());
    }

    private WritableNode put(Meaning meaning, Supplier<Object> numbers) {
        int slash = meaning.path().lastIndexOf('/');
        WritableGroup group = group(meaning.path().substring(0, Math.max(slash, 0)));
        LazyDataset dataset = LazyDataset.put(group, meaning.path().substring(slash + 1), numbers);
        attributes(dataset, meaning);
        return dataset;
    }

    private WritableGroup group(String path) {
        WritableGroup group = groups.get(path);
        if (group == null) {
            int slash = path.lastIndexOf('/');
            group = group(path.substring(0, Math.max(slash, 0))).putGroup(path.substring(slash + 1));
            groups.put(path, group);
        }
        return group;
    }

    private void putColumns() {
        Map<Meaning, List<double[]>> datasets = new LinkedHashMap<>();
        for (String name : table.columns()) {
            datasets.computeIfAbsent(Meaning.ofColumn(name), meaning -> new ArrayList<>())
                    .add(table.column(name));
        }
        datasets.forEach((meaning, columns) -> put(meaning, () -> {
            if (meaning.isMatrix()) {
                return rows(columns);
            }
            double[] only = columns.get(0);
            return meaning.path().equals("steps")
                    ? Arrays.stream(only).mapToLong(step -> (long) step).toArray()
                    : only;
        }));
    }

    private static double[][] rows(List<double[]> columns) {
        double[][] rows = new double[columns.get(0).length][columns.size()];
        for (int j = 0; j < columns.size(); j++) {
            for (int i = 0; i < rows.length; i++) {
                rows[i][j] = columns.get(j)[i];
            }
        }
        return rows;
    }

    private void putSpectrum(String key, String description) {
        Object values = manifest.get(key);
        Meaning meaning = new Meaning(key, description, "1", "singular value");
        if (values instanceof double[]) {
            put(meaning, () -> values);
        } else if (values instanceof List<?> list) { // as JSON reads them
            put(
                    meaning,
                    () -> list.stream()
                            .mapToDouble(value -> ((Number) value).doubleValue())
                            .toArray());
        }
    }

    private void putMatrices() throws IOException {
        if (Files.exists(run.product())) {
            String which = "diverged".equals(in("outcome", "status"))
                    ? "product W_N ... W_1 at the last row"
                    : "product W_N ... W_1 at the end";
            putMatrix(Meaning.matrix("product", which), run.product());
        }
        for (Path file : files(run.factor(1).getParent())) {
            Matcher name = FACTOR.matcher(file.getFileName().toString());
            if (name.matches()) {
                String j = name.group(1);
                putMatrix(Meaning.matrix("factors/" + j + "/matrix", "factor W_" + j + " at the end"), file);
            }
        }
        for (Path file : files(run.productAt(0, ".npy").getParent())) {
            Matcher name = PRODUCT.matcher(file.getFileName().toString());
            if (name.matches()) {
                long step = Long.parseLong(name.group(2));
                Meaning meaning = Meaning.matrix("products/" + name.group(1), "product after " + step + " updates");
                putMatrix(meaning, file).putAttribute("step", step);
            }
        }
    }

    private WritableNode putMatrix(Meaning meaning, Path file) {
        return put(meaning, () -> {
            Matrix matrix = MatrixFile.read(file);
            double[][] rows = new double[matrix.rows()][matrix.cols()];
            for (int j = 0; j < matrix.cols(); j++) {
                for (int i = 0; i < matrix.rows(); i++) {
                    rows[i][j] = matrix.get(i, j);
                }
            }
            return rows;
        });
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
