package org.gradus.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConfigSchemaTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonNode SCHEMA = JSON.readTree(Path.of("docs", "configuration.schema.json"));

    @TempDir
    Path folder;

    @Test
    void theSchemaHasExactlyTheKeysOfTheReader() {
        Map<String, List<String>> sections = new LinkedHashMap<>();
        collect(SCHEMA, "", sections);
        assertEquals(ConfigKeys.SECTIONS, sections);
    }

    /** Every object of the schema with its properties; it must be closed and its keys described. */
    private static void collect(JsonNode schema, String key, Map<String, List<String>> sections) {
        JsonNode properties = schema.path("properties");
        if (properties.isObject()) {
            assertFalse(schema.path("additionalProperties").asBoolean(true), key);
            sections.put(key, new ArrayList<>(properties.propertyNames()));
            for (var property : properties.properties()) {
                String inner = key.isEmpty() ? property.getKey() : key + "." + property.getKey();
                JsonNode value = property.getValue();
                assertTrue(value.has("description") || value.has("$ref"), inner);
                collect(value, inner, sections);
            }
        }
        for (JsonNode form : schema.path("oneOf")) {
            collect(form, key, sections);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/properties/problem/properties/loss|sum mean",
                "/properties/problem/properties/kind|estimation sensing completion",
                "/properties/factors/properties/initialization/properties/kind|identical perturbed balanced orthogonal"
                        + " gaussian uniform given",
                "/properties/descent/properties/solver|auto dense modes subspace",
                "/properties/compute/properties/backend|auto cpu cuda reference",
                "/properties/compute/properties/precision|float64 float32 tf32",
                "/properties/compute/properties/singular-values|exact gram"
            })
    void theSchemaHasTheWordsOfTheReader(String pointer, String words) throws IOException {
        String key = pointer.replace("/properties/", ".").substring(1);
        List<String> listed = new ArrayList<>();
        SCHEMA.at(pointer).path("enum").forEach(word -> listed.add(word.asString()));
        assertEquals(List.of(words.split(" ")), listed);
        Path file = ConfigFiles.minimal(folder);
        for (String word : listed) {
            String start = "factors.initialization={kind: %s, %s}".formatted(word, keysOf(word));
            String problem = "problem={kind: %s, target: {file: a.npy}, %s}".formatted(word, dataOf(word));
            ConfigFiles.read(
                    file,
                    key.equals("problem.kind")
                            ? problem
                            : key.endsWith("initialization.kind") ? start : key + "=" + word);
        }
    }

    private static String dataOf(String problem) {
        return switch (problem) {
            case "sensing" -> "operators: {file: b.npy}";
            case "completion" -> "mask: {file: b.npy}";
            default -> "loss: sum";
        };
    }

    private static String keysOf(String kind) {
        return switch (kind) {
            case "given" -> "files: [a, b, c]";
            case "perturbed" -> "scale: 1, perturbation: 1";
            default -> "scale: 1";
        };
    }

    @Test
    void theTemplateAndItsTreeAreValid() throws IOException {
        Path file = ConfigFiles.write(folder, ConfigTemplate.text());
        assertEquals(List.of(), errors(json(YamlFile.read(file))));
        assertEquals(
                List.of(),
                errors(JSON.valueToTree(ConfigFiles.read(file).source().tree())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "descent.steps=-1",
                "descent.steps=1.5",
                "descent.step-size=0",
                "descent.step-size=fast",
                "descent.stop.rank=0",
                "factors.depth=0",
                "factors.initialization={kind: identical}",
                "factors.initialization={kind: identical, scale: 1, product-scale: 1}",
                "factors.initialization={kind: identical, scale: 1, seed: 1}",
                "factors.initialization={kind: perturbed, scale: 1}",
                "factors.initialization={kind: orthogonal, standard-deviation: 1}",
                "factors.initialization={kind: given, scale: 1}",
                "record.steps={every: 1, geometric: 2}",
                "record.singular-values=some",
                "record.checkpoint={}",
                "problem.target.file=a.npy",
                "problem.target={}",
                "problem.kind=sensing",
                "problem.kind=completion",
                "problem.mask={fraction: 0.5}",
                "problem.operators={gaussian: {count: 3}}",
                "problem={kind: completion, target: {file: a.npy}, mask: {fraction: 0}}",
                "problem={kind: completion, target: {file: a.npy}, mask: {fraction: 0.5, count: 3}}",
                "problem={kind: completion, mask: {fraction: 0.5}}",
                "problem={kind: completion, mask: {file: a.csv, held-out: 1}}",
                "problem={kind: sensing, target: {file: a.npy}}",
                "problem={kind: sensing, operators: {file: a.npy}}",
                "problem={kind: sensing, target: {file: a.npy}, operators: {gaussian: {count: 0}}}",
                "problem={kind: sensing, target: {file: a.npy}, operators: {gaussian: {seed: 1}}}",
                "problem={kind: sensing, target: {file: a.npy}, operators: {rank-one: {files: [a.npy]}}}",
                "compute.threads=0",
                "compute.device=-1",
                "compute.singular-values=fast",
                "sweep={}",
            })
    void readerAndSchemaRefuseTheSame(String setting) throws IOException {
        Path file = ConfigFiles.minimal(folder);
        assertEquals(List.of(), errors(json(YamlFile.read(file))));
        assertFalse(errors(json(Setting.parse(setting).applyTo(YamlFile.read(file))))
                .isEmpty());
        assertThrows(ConfigException.class, () -> ConfigFiles.read(file, setting));
    }

    private static List<String> errors(JsonNode configuration) {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SCHEMA);
        return schema.validate(configuration).stream().map(Error::toString).toList();
    }

    /** What an editor sees: the document as written, before any default. */
    private static JsonNode json(YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            var object = JSON.createObjectNode();
            mapping.entries().forEach((name, entry) -> object.set(name, json(entry.value())));
            return object;
        }
        if (node instanceof YamlNode.Sequence sequence) {
            var array = JSON.createArrayNode();
            sequence.items().forEach(item -> array.add(json(item)));
            return array;
        }
        YamlNode.Scalar scalar = (YamlNode.Scalar) node;
        return scalar.kind() == YamlNode.Kind.STRING
                ? JSON.valueToTree(scalar.text())
                : JSON.readTree(scalar.kind() == YamlNode.Kind.NULL ? "null" : scalar.text());
    }
}
