package org.gradus.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.type.TypeReference;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** JSON objects in files and as text. Keys keep their order, numbers read back to the same double, what is not finite becomes null. */
public final class JsonFile {
    private static final long LARGEST = 64L << 20;

    private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule()
                    .addSerializer(Double.class, new FiniteOrNull())
                    .addSerializer(double[].class, new FiniteOrNulls()))
            .defaultPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(INDENTER))
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonFile() {}

    /**
     * Writes an object of maps, lists, strings, numbers, booleans, nulls and double[], whole or not at all.
     *
     * @throws StoreException if the file cannot be written
     */
    public static void write(Path path, Map<String, Object> object) {
        byte[] text;
        try {
            text = text(object).getBytes(StandardCharsets.UTF_8);
        } catch (JacksonException e) {
            throw new StoreException(path + ": cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
        AtomicFile.write(path, out -> {
            out.write(text);
            out.write('\n');
        });
    }

    /** An object as {@link #write} takes it, without a line break at the end. */
    public static String text(Map<?, ?> object) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(object);
    }

    /** The same on one line, without blanks. */
    public static String compact(Map<String, Object> object) {
        return MAPPER.writeValueAsString(object);
    }

    /** An object as {@link #write} takes it, in UTF-8 and on one line. */
    static byte[] bytes(Map<String, Object> object) {
        return MAPPER.writeValueAsBytes(object);
    }

    /** @throws StoreException if the file is missing or is not one JSON object, with the line */
    public static Map<String, Object> read(Path path) {
        InputFiles.requireRegular(path);
        try {
            if (Files.size(path) > LARGEST) {
                throw InputFiles.refused(path, "is larger than " + (LARGEST >> 20) + " MiB");
            }
            return parse(path, Files.readAllBytes(path));
        } catch (IOException e) {
            throw InputFiles.unreadable(path, e);
        }
    }

    /**
     * The object in a text of {@code path}.
     *
     * @throws StoreException if it is not one JSON object
     */
    static Map<String, Object> parse(Path path, byte[] text) {
        try {
            Map<String, Object> object = MAPPER.readValue(text, new TypeReference<LinkedHashMap<String, Object>>() {});
            if (object == null) {
                throw InputFiles.refused(path, "expected a JSON object, found null");
            }
            return object;
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String reason = e.getOriginalMessage().lines().findFirst().orElse("");
            throw new StoreException(
                    path + (at == null ? "" : ", line " + at.getLineNr()) + ": not a JSON object: " + reason, e);
        }
    }

    private static void write(double value, JsonGenerator out) {
        if (Double.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeNull();
        }
    }

    private static final class FiniteOrNull extends ValueSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator out, SerializationContext context) {
            write(value, out);
        }
    }

    private static final class FiniteOrNulls extends ValueSerializer<double[]> {
        @Override
        public void serialize(double[] values, JsonGenerator out, SerializationContext context) {
            out.writeStartArray(values, values.length);
            for (double value : values) {
                write(value, out);
            }
            out.writeEndArray();
        }
    }
}
