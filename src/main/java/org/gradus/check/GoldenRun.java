package org.gradus.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gradus.init.Dimensions;
import org.gradus.linalg.DenseOperators;
import org.gradus.linalg.HeldMatrices;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.MatrixSource;
import org.gradus.linalg.SparseMatrix;
import org.gradus.problem.Completion;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.gradus.problem.Problem;
import org.gradus.problem.Sensing;
import org.gradus.store.JsonFile;
import org.gradus.store.MatrixFile;
import org.gradus.store.OperatorFile;

/** A run of an independent program in NumPy and mpmath, from the class path. */
record GoldenRun(
        String name, Map<String, Object> description, Problem problem, List<Matrix> factors, double[] finalProduct) {
    static final List<String> NAMES = List.of(
            "c02_sym_identical_n16_N2",
            "c05_sym_perturbed_n32_N3",
            "c11_rect_12x20_N3_given",
            "d02_sensing_n12_m80_N3_gauss",
            "d03_completion_n30_N3_orth");

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
        return new GoldenRun(name, description, problem(files, target, folder), factors, product.data());
    }

    /** What is fitted, with loss half the sum of squares. */
    private static Problem problem(Map<?, ?> files, Matrix target, Path folder) throws IOException {
        if (files.containsKey("A")) {
            double[] y = MatrixFile.readVector(unpack((String) files.get("y"), folder));
            Path operators = unpack((String) files.get("A"), folder);
            try (OperatorFile file = OperatorFile.open(operators, target.rows(), target.cols())) {
                MatrixSource held = HeldMatrices.of(file, Long.MAX_VALUE);
                held.read(0, held.count(), new double[held.count() * target.data().length]);
                return new Sensing(new DenseOperators(held), y, Optional.of(target), Loss.SUM, 0);
            }
        }
        if (files.containsKey("mask")) {
            Matrix mask = MatrixFile.read(unpack((String) files.get("mask"), folder));
            return new Completion(observed(target, mask), Optional.of(target), Optional.empty(), Loss.SUM);
        }
        return new Estimation(target, Optional.empty(), Loss.SUM);
    }

    private static SparseMatrix observed(Matrix target, Matrix mask) {
        int[] places = IntStream.range(0, mask.data().length)
                .filter(k -> mask.data()[k] == 1)
                .toArray();
        return SparseMatrix.of(
                target.rows(),
                target.cols(),
                IntStream.of(places).map(k -> k % target.rows()).toArray(),
                IntStream.of(places).map(k -> k / target.rows()).toArray(),
                IntStream.of(places).mapToDouble(k -> target.data()[k]).toArray());
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
