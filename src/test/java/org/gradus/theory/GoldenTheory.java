package org.gradus.theory;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.gradus.store.MatrixFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reference results in 60-digit arithmetic, see golden/README.md. */
final class GoldenTheory {
    private GoldenTheory() {}

    static Path file(String name) {
        try {
            return Path.of(
                    GoldenTheory.class.getResource("/golden/theory/" + name).toURI());
        } catch (URISyntaxException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    static Stream<JsonNode> entries(String name, String key) {
        JsonNode list = JsonMapper.shared().readTree(file(name).toFile()).get(key);
        return StreamSupport.stream(list.spliterator(), false);
    }

    static double[] column(String name) {
        return MatrixFile.read(file(name)).data();
    }

    /** A number that may be written as a string of more digits than a double holds. */
    static double number(JsonNode node) {
        return node.isString() ? Double.parseDouble(node.asString()) : node.asDouble();
    }

    static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(GoldenTheory::number)
                .toArray();
    }
}
