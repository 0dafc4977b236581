package org.gradus.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jfree.chart.JFreeChart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotsUnavailableTest {
    @TempDir
    Path folder;

    /** Asks twice, as a class that failed to load fails differently the second time, then tries to write. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] args) {
            System.out.println(Plots.unavailable().orElse("available"));
            System.out.println(Plots.unavailable().orElse("available"));
            double[] one = {1};
            RunCurves curves = new RunCurves("", one, new double[0][], one, one, null, null);
            try {
                System.out.println(Plots.write(Path.of(args[0]), curves).size());
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private List<String> probe(String... options) throws Exception {
        List<String> places = new ArrayList<>();
        for (Class<?> owner : List.of(Plots.class, Probe.class, JFreeChart.class, VectorGraphics2D.class)) {
            places.add(Path.of(owner.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dfile.encoding=UTF-8", "-cp"));
        command.add(String.join(File.pathSeparator, places));
        command.add(Probe.class.getName());
        command.add(folder.resolve("plots").toString());
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), said);
        return said.lines().toList();
    }

    private void assertOneSentence(List<String> said, String reason) {
        assertEquals(3, said.size(), said::toString);
        assertTrue(said.get(0).startsWith("no plots: ") && said.get(0).contains(reason), said::toString);
        assertEquals(said.get(0), said.get(1));
        assertEquals(said.get(0), said.get(2));
        assertTrue(Files.notExists(folder.resolve("plots")));
    }

    @Test
    void aFontConfigurationWithoutFontsIsSaidInOneSentence() throws Exception {
        Path empty = Files.createFile(folder.resolve("fontconfig.properties"));
        assertOneSentence(probe("-Dsun.awt.fontconfig=" + empty), "font");
    }

    @Test
    void aJavaRuntimeWithoutTheDesktopModuleIsSaidInOneSentence() throws Exception {
        assertOneSentence(probe("--limit-modules", "java.base"), "java.awt");
    }

    @Test
    void withFontsPlotsAreAvailableAndHeadless() throws Exception {
        assertEquals(List.of("available", "available", "2"), probe("-Djava.awt.headless=false"));
        assertEquals(Optional.empty(), Plots.unavailable());
    }
}
