package org.gradus.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

final class ModulesTest {
    @Test
    void theRuntimeHasTheModulesThatJdepsFinds() throws Exception {
        Path classes = Path.of(
                Bundle.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int status = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        out,
                        out,
                        "--multi-release",
                        "17",
                        "--ignore-missing-deps",
                        "--print-module-deps",
                        "-cp",
                        System.getProperty("java.class.path"),
                        classes.toString());
        assertEquals(0, status, said::toString);
        List<String> lines = said.toString().lines().toList();
        Set<String> found =
                new TreeSet<>(List.of(lines.get(lines.size() - 1).strip().split(",", -1)));
        assertEquals(new TreeSet<>(JavaRuntime.MODULES), found);
    }
}
