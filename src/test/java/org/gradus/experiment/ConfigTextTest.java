package org.gradus.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Configurations of several documents. */
final class ConfigTextTest {
    private static final Path FILE = Path.of("some.yaml");

    private static final String RUN = """
            problem: {target: {synthetic: {rows: 3, columns: 3, spectrum: [1]}}}
            factors: {depth: 2, initialization: {kind: identical, scale: 0.1}}
            descent: {steps: 10}
            """;

    @Test
    void documentsAreToldApartByTheirLines() {
        List<ConfigText> documents = ConfigText.documents(FILE, "# remark\n---\n" + RUN + "--- # next\n" + RUN);
        assertEquals(List.of(3, 7), documents.stream().map(ConfigText::line).toList());
        assertEquals(RUN, documents.get(0).text());
        assertEquals(RUN, documents.get(1).text());
        assertEquals(1, ConfigText.documents(FILE, RUN).size());
        assertEquals(1, ConfigText.documents(FILE, RUN + "---\n# nothing\n").size());
    }

    @Test
    void errorsNameTheLineOfTheFile() {
        ConfigText second = ConfigText.documents(FILE, RUN + "---\n" + RUN.replace("steps", "stpes"))
                .get(1);
        ConfigException wrong =
                assertThrows(ConfigException.class, () -> ConfigReader.of(second, List.of(), Overrides.none()));
        assertTrue(wrong.getMessage().startsWith("some.yaml:7: descent"), wrong.getMessage());
        ConfigText empty = ConfigText.documents(FILE, "").get(0);
        assertThrows(ConfigException.class, () -> ConfigReader.of(empty, List.of(), Overrides.none()));
    }

    @Test
    void aSweepIsToldFromARun() {
        ConfigText run = ConfigText.documents(FILE, RUN).get(0);
        List<String> setting = List.of("sweep={over: {factors.depth: [2, 3]}}");
        assertFalse(run.isSweep(List.of(), Overrides.none()));
        assertTrue(run.isSweep(setting, Overrides.none()));
        assertEquals(2, Sweep.of(run, setting, Overrides.none(), false).runs());
        assertEquals(
                10, ConfigReader.of(run, List.of(), Overrides.none()).descent().steps());
    }
}
