package org.gradus.golden;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.gradus.init.Dimensions;
import org.gradus.linalg.DenseOperators;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.SparseMatrix;
import org.gradus.problem.Completion;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.gradus.problem.Problem;
import org.gradus.problem.Sensing;
import org.gradus.store.MatrixFile;
import org.gradus.store.OperatorFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One reference run, see README.md beside the files. */
final class GoldenCase {
    private final Path folder;
    private final JsonNode json;

    GoldenCase(String name) {
        try {
            Path file = Path.of(GoldenCase.class
                    .getResource("/org/gradus/check/golden/" + name + ".json")
                    .toURI());
            folder = file.getParent();
            json = JsonMapper.shared().readTree(file.toFile());
        } catch (URISyntaxException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    Dimensions dimensions() {
        List<Integer> sizes = new ArrayList<>();
        json.get("dims").forEach(n -> sizes.add(n.asInt()));
        return new Dimensions(sizes);
    }

    double stepSize() {
        return json.get("eta").asDouble();
    }

    double start(String key) {
        return json.get("init").get(key).asDouble();
    }

    Matrix target() {
        return matrix(json.get("files").get("What"));
    }

    /** What the case fits, with loss ½ Σ squares. */
    Problem problem() {
        String kind = json.path("problem").asString("estimation");
        if (kind.equals("sensing")) {
            Path operators = folder.resolve(json.get("files").get("A").asString());
            Matrix y = matrix(json.get("files").get("y"));
            OperatorFile source = OperatorFile.open(operators, target().rows(), target().cols());
            return new Sensing(new DenseOperators(source), y.data(), Optional.of(target()), Loss.SUM, 0);
        }
        return kind.equals("completion") ? completion() : new Estimation(target(), Optional.empty(), Loss.SUM);
    }

    private Completion completion() {
        Matrix target = target();
        Matrix mask = matrix(json.get("files").get("mask"));
        int[] places = IntStream.range(0, mask.data().length)
                .filter(k -> mask.data()[k] == 1)
                .toArray();
        SparseMatrix observed = SparseMatrix.of(
                target.rows(),
                target.cols(),
                Arrays.stream(places).map(k -> k % target.rows()).toArray(),
                Arrays.stream(places).map(k -> k / target.rows()).toArray(),
                Arrays.stream(places).mapToDouble(k -> target.data()[k]).toArray());
        return new Completion(observed, Optional.of(target), Optional.empty(), Loss.SUM);
    }

    List<Matrix> factors() {
        List<Matrix> factors = new ArrayList<>();
        json.get("files").get("W0").forEach(file -> factors.add(matrix(file)));
        return factors;
    }

    Matrix finalProduct() {
        return matrix(json.get("files").get("final_product"));
    }

    /** A hundred times what another correct float64 program may be off. */
    double tolerance(String quantity) {
        return 100 * json.get("sensitivity").get(quantity).asDouble();
    }

    Iterable<JsonNode> log() {
        return json.get("log");
    }

    private Matrix matrix(JsonNode file) {
        return MatrixFile.read(folder.resolve(file.asString()));
    }
}
