package org.gradus.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JsonFileTest {
    @TempDir
    Path folder;

    @Test
    void keysKeepTheirOrderAndWhatIsNotFiniteBecomesNull() throws IOException {
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("z", "Ŵ \"quoted\"\n");
        outcome.put("a", Double.NaN);
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("outcome", outcome);
        object.put("levels", new double[] {0.5, Double.POSITIVE_INFINITY, 1e-300});
        object.put("list", Arrays.asList(1, 2.0, null, true, Double.NEGATIVE_INFINITY));
        object.put("end", 10_000_000_000L);
        Path file = folder.resolve("m.json");
        JsonFile.write(file, object);
        assertEquals("""
                {
                  "outcome" : {
                    "z" : "Ŵ \\"quoted\\"\\n",
                    "a" : null
                  },
                  "levels" : [ 0.5, null, 1.0E-300 ],
                  "list" : [ 1, 2.0, null, true, null ],
                  "end" : 10000000000
                }
                """, Files.readString(file));
        Map<String, Object> back = JsonFile.read(file);
        assertEquals(List.of("outcome", "levels", "list", "end"), List.copyOf(back.keySet()));
        assertEquals(Arrays.asList(0.5, null, 1e-300), back.get("levels"));
        assertEquals(10_000_000_000L, back.get("end"));
    }

    @Test
    void everyDoubleReadsBackToItself() {
        Random random = new Random(3);
        List<Object> values =
                new ArrayList<>(List.of(0.0, -0.0, 1.0, Double.MIN_VALUE, Double.MAX_VALUE, 0x1p-1030, 2e16));
        random.longs(5000)
                .mapToDouble(Double::longBitsToDouble)
                .filter(Double::isFinite)
                .forEach(values::add);
        JsonFile.write(folder.resolve("m.json"), Map.of("values", values));
        assertEquals(values, JsonFile.read(folder.resolve("m.json")).get("values"));
    }
}
