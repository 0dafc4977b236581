package org.gradus.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a section {@code sweep} spans. */
final class SweepTest {
    @TempDir
    private Path folder;

    private Sweep sweep(String section, String... settings) throws IOException {
        String text = String.join("\n", ConfigFiles.MINIMAL) + "\nsweep: " + section + "\n";
        return Sweep.read(ConfigFiles.write(folder, text), List.of(settings), Overrides.none(), false);
    }

    private String refusal(String section) {
        String place = folder.resolve("case.yaml") + ":11: ";
        String message = assertThrows(ConfigException.class, () -> sweep(section), section)
                .getMessage();
        assertEquals(1, message.lines().count());
        assertTrue(message.startsWith(place), message);
        return message.substring(place.length());
    }

    private static List<List<String>> values(Sweep sweep) {
        return IntStream.rangeClosed(1, sweep.runs()).mapToObj(sweep::values).toList();
    }

    @Test
    void inAProductTheLastKeyVariesFastest() throws IOException {
        Sweep sweep = sweep("{over: {factors.depth: [2, 3], descent.step-size: [0.1, 0.2, auto]}}");
        assertEquals(List.of("factors.depth", "descent.step-size"), sweep.keys());
        assertEquals(
                List.of(
                        List.of("2", "0.1"),
                        List.of("2", "0.2"),
                        List.of("2", "auto"),
                        List.of("3", "0.1"),
                        List.of("3", "0.2"),
                        List.of("3", "auto")),
                values(sweep));
        assertEquals(3, sweep.config(5).factors().depth());
        assertEquals(OptionalDouble.of(0.2), sweep.config(5).descent().stepSize());
        assertEquals(OptionalDouble.empty(), sweep.config(6).descent().stepSize());
        assertEquals(Path.of("runs/case/runs/0005"), sweep.config(5).output());
    }

    @Test
    void aZipTakesTheValuesSideBySide() throws IOException {
        Sweep sweep = sweep("{mode: zip, over: {factors.depth: [2, 3], descent.steps: [70, 80]}}");
        assertEquals(List.of(List.of("2", "70"), List.of("3", "80")), values(sweep));
        assertEquals(80, sweep.config(2).descent().steps());
        assertEquals(150, sweep.steps());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{from: 1, to: 5, count: 5}                                  | 1 2 3 4 5",
                "{from: 5, to: 1, count: 3}                                  | 5 3 1",
                "{from: 0.1, to: 0.5, count: 5}                              | 0.1 0.2 0.3 0.4 0.5",
                "{from: 1, to: 1000, count: 4, spacing: geometric}           | 1 10 100 1000",
                "{from: 1.0e-4, to: 1.0e-1, count: 4, spacing: geometric}    | 1.0E-4 0.001 0.01 0.1",
                "{from: 2, to: 8, count: 2, spacing: geometric}              | 2 8",
                "{from: 3, to: 3, count: 1, spacing: linear}                 | 3",
                "{from: 0.3, to: 1, count: 2}                                | 0.3 1"
            })
    void aRangeHasBothEndsAndShortNumbersBetween(String range, String values) throws IOException {
        Sweep sweep = sweep("{over: {factors.initialization.scale: " + range + "}}");
        assertEquals(Arrays.asList(values.split(" ")), texts(sweep));
    }

    private static List<String> texts(Sweep sweep) {
        return values(sweep).stream().map(row -> row.get(0)).toList();
    }

    @Test
    void settingsReachTheSweepItself() throws IOException {
        Sweep sweep =
                sweep("{over: {descent.steps: [1, 2], factors.depth: [2, 3]}}", "sweep.over.descent.steps=[5, 6, 7]");
        assertEquals(List.of("descent.steps", "factors.depth"), sweep.keys());
        assertEquals(6, sweep.runs());
        assertEquals(List.of("7", "3"), sweep.values(6));
    }

    @Test
    void listsAndNestedKeysAreSweptToo() throws IOException {
        Sweep sweep = sweep(
                "{over: {factors: {depth: [3], widths.1: [4, 5]}}}",
                "factors.widths=[8, 8]",
                "factors.initialization={kind: gaussian, scale: 1}");
        assertEquals(List.of("factors.depth", "factors.widths.1"), sweep.keys());
        assertEquals(List.of(8, 5), sweep.config(2).factors().widths().orElseThrow());
    }

    @Test
    void runsThatDifferInStartAndStepSizeOnlyAreOneGroup() throws IOException {
        Sweep sweep = sweep("{over: {factors.depth: [2, 3], factors.initialization.scale: [0.1, 0.2],"
                + " descent.step-size: [0.01, 0.02], compute.threads: [1, 2]}}");
        List<SweepGroup> groups = sweep.groups();
        assertEquals(4, groups.size());
        assertEquals(List.of(1, 3, 5, 7), groups.get(0).numbers());
        assertEquals(List.of(9, 11, 13, 15), groups.get(1).numbers());
        assertEquals(groups.get(0).compute(), groups.get(1).compute());
    }

    @Test
    void namesHaveAsManyDigitsAsTheLargestNumber() throws IOException {
        assertEquals("0012", sweep("{over: {factors.depth: [2]}}").name(12));
        Sweep many = sweep("{over: {factors.initialization.scale: {from: 1, to: 2, count: 10001}}}");
        assertEquals("00012", many.name(12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                     | sweep.over: is missing; it must be a mapping of keys to lists or ranges, such as",
                "{over: {}}                             | sweep.over: must be a mapping of keys to lists or ranges,",
                "{over: [1]}                            | sweep.over: must be a mapping of keys to lists or ranges,",
                "{over: {descent.stepsize: [1]}}        | sweep.over.descent.stepsize: unknown key; did you mean 'descent.step-size'?",
                "{over: {seed: [1]}}                    | sweep.over.seed: unknown key; it belongs in",
                "{over: {a.b.c: [1]}}                   | sweep.over.a.b.c: unknown key; it must be one of the configuration,",
                "{over: {output: [a, b]}}               | sweep.over.output: cannot be swept;",
                "{over: {descent.steps: []}}            | sweep.over.descent.steps: is an empty list; it must have at least one value",
                "{over: {descent.steps: 5}}             | sweep.over.descent.steps: must be a list of values or a range {from, to, count, spacing}, not '5'",
                "{over: {descent.steps: [[1]]}}         | sweep.over.descent.steps.0: must be a number, a word, true or false, not a list",
                "{over: {descent.steps: [~]}}           | sweep.over.descent.steps.0: must be a number, a word, true or false, not nothing",
                "{over: {descent.steps: [1.5]}}         | descent.steps: must be an integer from",
                "{over: {descent.steps: {from: 1, to: 2, count: 3}}}   | descent.steps: must be an integer from",
                "{over: {descent.steps: {from: 1, count: 3}}}          | sweep.over.descent.steps: has no to, which must be a number, beside from, count, spacing",
                "{over: {descent.steps: {from: 1, to: 2, count: 0}}}   | sweep.over.descent.steps.count: must be an integer from 1 to 10000000, not '0'",
                "{over: {descent.steps: {from: 1, to: 2, count: 1}}}   | sweep.over.descent.steps.count: must be at least 2, for both ends of the range",
                "{over: {descent.steps: {from: 1, to: 2, step: 1}}}    | sweep.over.descent.steps.step: unknown key; a range has from, to, count, spacing",
                "{over: {descent.steps: {from: 1, to: 2, count: 2, spacing: log}}}       | sweep.over.descent.steps.spacing: must be linear or geometric, not 'log'",
                "{over: {descent.steps: {from: 0, to: 2, count: 2, spacing: geometric}}} | sweep.over.descent.steps.from: must be a number greater than 0, not '0'",
                "{over: {descent.steps: [1], descent: {steps: [2]}}}   | sweep.over.descent.steps: is given twice;",
                "{mode: both, over: {descent.steps: [1]}}              | sweep.mode: must be one of product, zip, not 'both'",
                "{mode: zip, over: {descent.steps: [1, 2], factors.depth: [2]}} | sweep.over: mode zip needs equally many values for every key, but descent.steps has 2 and factors.depth has 1",
                "{over: {factors.initialization.scale: {from: 1, to: 2, count: 50001}, factors.depth: [2, 3]}} | sweep.over: spans 100,002 runs; more than 100,000 need --yes",
                "{over: {factors.initialization.scale: {from: 1, to: 2, count: 10000000}, factors.depth: [2, 3]}} | sweep.over: spans 20,000,000 runs; 10,000,000 are the most",
                "{over: {factors.initialization.seed: [1, 2]}}         | factors.initialization.seed: belongs to kind"
            })
    void aWrongSweepIsRefusedWithLineKeyAndRemedy(String section, String words) {
        String message = refusal(section);
        assertTrue(message.startsWith(words), message);
    }

    @Test
    void aConfigurationWithoutTheSectionIsNoSweep() throws IOException {
        Path file = ConfigFiles.minimal(folder);
        String message = assertThrows(ConfigException.class, () -> Sweep.read(file, List.of(), Overrides.none(), false))
                .getMessage();
        assertTrue(message.contains(": sweep: is missing; ") && message.contains("gradus run"), message);
    }

    @Test
    void manyRunsAreCarriedOutWhereTheyAreAskedFor() throws IOException {
        String over = "sweep: {over: {factors.initialization.scale: {from: 1, to: 2, count: 100001}}}\n";
        Path file = ConfigFiles.write(folder, String.join("\n", ConfigFiles.MINIMAL) + "\n" + over);
        assertEquals(
                100_001, Sweep.read(file, List.of(), Overrides.none(), true).runs());
    }
}
