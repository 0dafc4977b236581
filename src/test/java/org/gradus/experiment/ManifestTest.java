package org.gradus.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.gradus.backend.BackendException;
import org.gradus.backend.ForwardingBackend;
import org.gradus.dynamics.Outcome;
import org.gradus.dynamics.Outcome.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ManifestTest {
    private static final Outcome DONE = new Outcome(Status.DONE, 7, "all steps");

    @TempDir
    private Path folder;

    /** What is known of its device changes, and can fail to be told. */
    private static final class TellingBackend extends ForwardingBackend {
        Map<String, Object> details;
        boolean lost;

        TellingBackend(Map<String, Object> details) {
            this.details = details;
        }

        @Override
        public Map<String, Object> details() {
            if (lost) {
                throw new BackendException("lost");
            }
            return details;
        }
    }

    private Manifest manifest(TellingBackend backend) throws IOException {
        Config config = ConfigFiles.read(ConfigFiles.minimal(folder));
        return new Manifest(Plan.of(config, backend), backend, "test", new Manifest.Origin("0", "0", "test"));
    }

    private JsonNode written() {
        return JsonMapper.shared().readTree(folder.resolve("manifest.json").toFile());
    }

    @Test
    void deviceDetailsAreThoseOfTheStartAndThenThoseOfTheEnd() throws IOException {
        try (TellingBackend backend = new TellingBackend(Map.of("name", "x", "singular_values", List.of()))) {
            Manifest manifest = manifest(backend);
            manifest.started(folder.resolve("manifest.json"), 0, 0);
            assertEquals("x", written().at("/device_details/name").asString());
            assertEquals(0, written().at("/device_details/singular_values").size());
            backend.details = Map.of("name", "x", "singular_values", List.of("gesvd"));
            manifest.ended(DONE);
            manifest.write(folder.resolve("manifest.json"));
            assertEquals(
                    "gesvd", written().at("/device_details/singular_values/0").asString());
            assertEquals("done", written().at("/outcome/status").asString());
        }
    }

    @Test
    void aBackendWithNothingToTellHasNoDetails() throws IOException {
        try (TellingBackend backend = new TellingBackend(Map.of())) {
            Manifest manifest = manifest(backend);
            manifest.started(folder.resolve("manifest.json"), 0, 0);
            manifest.ended(DONE);
            manifest.write(folder.resolve("manifest.json"));
            assertFalse(written().has("device_details"));
            assertEquals("plain Java loops, one thread", written().get("device").asString());
        }
    }

    @Test
    void theOutcomeIsWrittenThoughTheDeviceTellsNothingAnyMore() throws IOException {
        try (TellingBackend backend = new TellingBackend(Map.of("name", "x"))) {
            Manifest manifest = manifest(backend);
            manifest.started(folder.resolve("manifest.json"), 0, 0);
            backend.lost = true;
            manifest.ended(new Outcome(Status.FAILED, 3, "cuda: lost"));
            manifest.write(folder.resolve("manifest.json"));
            assertEquals("failed", written().at("/outcome/status").asString());
            assertEquals("x", written().at("/device_details/name").asString());
        }
    }
}
