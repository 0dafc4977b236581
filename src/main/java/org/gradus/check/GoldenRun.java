package org.gradus.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gradus.init.Dimensions;
import org.gradus.linalg.Matrix;
import org.gradus.store.JsonFile;
import org.gradus.store.MatrixFile;

/** A run of an independent program in NumPy and mpmath, from the class path. */
record GoldenRun(
        String name, Map<String, Object> description, Matrix target, List<Matrix> factors, double[] finalProduct) {
    static final List<String> NAMES =
            List.of("c02_sym_identical_n16_N2", "c05_sym_perturbed_n32_N3", "c11_rect_12x20_N3_given");

    static GoldenRun load(String name) {
        try {
            Path folder = Files.createTempDirectory("gradus-golden");
            try {
                return load(name, folder);
            } finally {
                try (var files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a temporary file cannot be written: " + e.getMessage(), e);
        }
    }

    private static GoldenRun load(String name, Path folder) throws IOException {
        Map<String, Object> description = JsonFile.read(unpack(name + ".json", folder));
        Map<?, ?> files = (Map<?, ?>) description.get("files");
        List<Matrix> factors = new ArrayList<>();
        for (Object file : (List<?>) files.get("W0")) {
            factors.add(MatrixFile.read(unpack((String) file, folder)));
        }
        Matrix target = MatrixFile.read(unpack((String) files.get("What"), folder));
        Matrix product = MatrixFile.read(unpack((String) files.get("final_product"), folder));
        return new GoldenRun(name, description, target, factors, product.data());
    }

    private static Path unpack(String file, Path folder) throws IOException {
        try (InputStream in = GoldenRun.class.getResourceAsStream("golden/" + file)) {
            if (in == null) {
                throw new IllegalStateException("golden/" + file + " is not on the class path");
            }
            Path path = folder.resolve(file);
            Files.copy(in, path);
            return path;
        }
    }

    Dimensions dimensions() {
        List<Integer> sizes = new ArrayList<>();
        ((List<?>) description.get("dims")).forEach(n -> sizes.add(((Number) n).intValue()));
        return new Dimensions(sizes);
    }

    double stepSize() {
        return number(description.get("eta"));
    }

    /** A hundred times what another correct float64 program may be off. */
    double bound(String quantity) {
        return 100 * number(((Map<?, ?>) description.get("sensitivity")).get(quantity));
    }

    @SuppressWarnings("unchecked") // rows are objects
    List<Map<String, Object>> log() {
        return (List<Map<String, Object>>) description.get("log");
    }

    static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    static double[] numbers(Object list) {
        return ((List<?>) list).stream().mapToDouble(GoldenRun::number).toArray();
    }
}
