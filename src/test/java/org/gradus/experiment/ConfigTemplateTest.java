package org.gradus.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradus.experiment.Config.SyntheticTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigTemplateTest {
    private static final Pattern ALTERNATIVE = Pattern.compile("( *)# (([a-z-]+): \\S.*)");

    @TempDir
    Path folder;

    @Test
    void theTemplateIsTheStaircase() throws IOException {
        Config config = ConfigFiles.read(ConfigFiles.write(folder, ConfigTemplate.text()));
        assertEquals(
                new SyntheticTarget(100, 100, List.of(10.0, 5.0, 2.0, 1.0), true, 0),
                config.problem().target().orElseThrow());
        assertEquals(3, config.factors().depth());
        assertEquals(OptionalDouble.of(0.1), config.factors().start().scale());
        assertEquals(OptionalDouble.of(5e-3), config.descent().stepSize());
        assertEquals(3000, config.descent().steps());
    }

    @Test
    void theTemplateMentionsEveryKey() {
        String text = ConfigTemplate.text();
        ConfigKeys.SECTIONS.values().stream()
                .flatMap(List::stream)
                .forEach(key -> assertTrue(text.contains(key + ":"), key));
    }

    /** The template's lines of the form {@code # key: value}, in a comment's place of a key. */
    static Stream<Arguments> alternatives() {
        List<String> lines = ConfigTemplate.text().lines().toList();
        return IntStream.range(5, lines.size())
                .filter(i -> ALTERNATIVE.matcher(lines.get(i)).matches())
                .mapToObj(i -> Arguments.of(i + 1, lines.get(i).strip()));
    }

    @ParameterizedTest
    @MethodSource("alternatives")
    void everyAlternativeIsValidInPlaceOfTheLineAboveIt(int number, String alternative) throws IOException {
        List<String> lines = new ArrayList<>(ConfigTemplate.text().lines().toList());
        Matcher matcher = ALTERNATIVE.matcher(lines.get(number - 1));
        assertTrue(matcher.matches(), alternative);
        lines.set(number - 1, matcher.group(1) + matcher.group(2));
        String replaced = matcher.group(1) + (matcher.group(3).equals("file") ? "synthetic" : matcher.group(3)) + ":";
        if (replaced.equals("problem:")) {
            int next = lines.indexOf("factors:");
            for (int i = lines.indexOf("problem:"); i < next; i++) {
                lines.set(i, i == number - 1 ? lines.get(i) : "");
            }
        }
        for (int above = number - 2; above >= 0 && lines.get(above).startsWith(matcher.group(1)); above--) {
            if (lines.get(above).startsWith(replaced)) {
                lines.set(above, "");
            }
        }
        Path file = ConfigFiles.write(folder, String.join("\n", lines));
        if (replaced.equals("sweep:")) {
            assertEquals(6, Sweep.read(file, List.of(), Overrides.none(), false).runs());
            return;
        }
        Config config = ConfigFiles.read(file);
        assertTrue(config.source().places().containsValue(folder.resolve("case.yaml") + ":" + number));
    }

    @Test
    void theTemplateShowsAnAlternativeForEveryKindOfStart() {
        assertEquals(
                List.of("identical", "perturbed", "balanced", "orthogonal", "gaussian", "uniform", "given"),
                alternatives()
                        .map(arguments -> (String) arguments.get()[1])
                        .filter(line -> line.contains("initialization: {kind: "))
                        .map(line -> line.replaceAll(".*kind: ([a-z]+).*", "$1"))
                        .toList());
    }
}
