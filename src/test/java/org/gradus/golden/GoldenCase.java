package org.gradus.golden;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gradus.init.Dimensions;
import org.gradus.linalg.Matrix;
import org.gradus.store.MatrixFile;
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
