package org.gradus.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.gradus.experiment.Config.BackendKind;
import org.gradus.experiment.Config.ComputeSection;
import org.gradus.experiment.Config.DescentSection;
import org.gradus.experiment.Config.FactorsSection;
import org.gradus.experiment.Config.FileTarget;
import org.gradus.experiment.Config.Geometric;
import org.gradus.experiment.Config.Listed;
import org.gradus.experiment.Config.LossKind;
import org.gradus.experiment.Config.MaskSection;
import org.gradus.experiment.Config.NoiseSection;
import org.gradus.experiment.Config.ObservationsSection;
import org.gradus.experiment.Config.OperatorsFile;
import org.gradus.experiment.Config.OperatorsKind;
import org.gradus.experiment.Config.OperatorsSection;
import org.gradus.experiment.Config.PrecisionKind;
import org.gradus.experiment.Config.ProblemKind;
import org.gradus.experiment.Config.ProblemSection;
import org.gradus.experiment.Config.RandomOperators;
import org.gradus.experiment.Config.RankOneFiles;
import org.gradus.experiment.Config.RecordSection;
import org.gradus.experiment.Config.SingularValuesKind;
import org.gradus.experiment.Config.SolverKind;
import org.gradus.experiment.Config.StartKind;
import org.gradus.experiment.Config.StartSection;
import org.gradus.experiment.Config.StopSection;
import org.gradus.experiment.Config.SyntheticTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ConfigReaderTest {
    /** Every key that can stand beside the others. */
    private static final String FULL = """
            problem:
              kind: estimation
              target:
                synthetic:
                  rows: 12
                  columns: 20
                  spectrum: [10, 0x5, .5]
                  symmetric: false
                  seed: -9223372036854775808
                noise: {standard-deviation: 0.01, seed: 1e3}
              loss: mean
            factors:
              depth: 3.0
              widths: [16, 14]
              initialization: {kind: gaussian, standard-deviation: 1E-2, seed: 9223372036854775807}
            descent:
              step-size: 1.0e-3
              steps: 1e12
              solver: dense
              stop: {loss: 1.0e-12, relative-change: 1e-9, rank: 2, plateau: 3}
            record:
              steps: [0, 1, 0o12]
              singular-values: 4
              factors: true
              balancedness: True
              alignment: 2
              products: [0, 1e12]
              checkpoint: {steps: 1000}
            compute: {backend: reference, precision: tf32, threads: 1024, device: 3, singular-values: gram}
            output: /tmp/full
            """;

    @TempDir
    Path folder;

    private static ProblemSection estimation(SyntheticTarget target, Optional<NoiseSection> noise, LossKind loss) {
        return new ProblemSection(
                ProblemKind.ESTIMATION,
                Optional.of(target),
                noise,
                loss,
                Optional.empty(),
                new ObservationsSection(Optional.empty(), Optional.empty()),
                Optional.empty());
    }

    private Config with(String problem) throws IOException {
        return ConfigFiles.read(ConfigFiles.minimal(folder), "problem=" + problem);
    }

    @Test
    void sensingArrivesInItsPlace() throws IOException {
        ProblemSection problem = with("{kind: sensing, operators: {file: A.npy, rows: 3, columns: 4},"
                        + " observations: {file: y.npy, noise: {standard-deviation: 0.5, seed: 7}}, loss: mean}")
                .problem();
        assertEquals(ProblemKind.SENSING, problem.kind());
        assertEquals(Optional.empty(), problem.target());
        assertEquals(
                Optional.of(new OperatorsSection(
                        new OperatorsFile(folder.resolve("A.npy")), OptionalInt.of(3), OptionalInt.of(4))),
                problem.operators());
        assertEquals(
                new ObservationsSection(Optional.of(folder.resolve("y.npy")), Optional.of(new NoiseSection(0.5, 7))),
                problem.observations());
        String target = "{kind: sensing, target: {file: T.npy}, operators: ";
        for (OperatorsKind kind : OperatorsKind.values()) {
            String word = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
            assertEquals(
                    new RandomOperators(kind, 20, OptionalDouble.of(0.1), 3),
                    with(target + "{" + word + ": {count: 20, standard-deviation: 0.1, seed: 3}}}")
                            .problem()
                            .operators()
                            .orElseThrow()
                            .way());
        }
        assertEquals(
                new RankOneFiles(folder.resolve("a.npy"), folder.resolve("b.npy")),
                with(target + "{rank-one: {files: [a.npy, b.npy]}}}")
                        .problem()
                        .operators()
                        .orElseThrow()
                        .way());
    }

    @Test
    void completionArrivesInItsPlace() throws IOException {
        assertEquals(
                Optional.of(new MaskSection(
                        Optional.empty(), OptionalDouble.of(0.25), OptionalInt.empty(), OptionalDouble.empty(), 9)),
                with("{kind: completion, target: {file: T.npy}, mask: {fraction: 0.25, seed: 9}}")
                        .problem()
                        .mask());
        assertEquals(
                Optional.of(new MaskSection(
                        Optional.of(folder.resolve("r.csv")),
                        OptionalDouble.empty(),
                        OptionalInt.empty(),
                        OptionalDouble.of(0.1),
                        0)),
                with("{kind: completion, mask: {file: r.csv, held-out: 0.1}}")
                        .problem()
                        .mask());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{kind: sensing, operators: {file: A.npy, rows: 3}, observations: {file: y.npy}}",
                "{kind: sensing, target: {file: T.npy}, operators: {rank-one: {count: 9}}, observations: {noise: {standard-deviation: 1}}}",
                "{kind: sensing, target: {file: T.npy}, operators: {symmetric-gaussian: {count: 9}}}",
                "{kind: sensing, target: {file: T.npy}, operators: {rank-one: {files: [a.npy, b.npy]}}}",
                "{kind: completion, target: {file: T.npy, noise: {standard-deviation: 1}}, mask: {count: 3}}",
                "{kind: completion, mask: {file: r.csv, held-out: 0.5, seed: 1}}"
            })
    void theResolvedTreeIsTheSameConfiguration(String problem) throws IOException {
        Config config = with(problem);
        String json =
                JsonMapper.builder().build().writeValueAsString(config.source().tree());
        Config again = ConfigFiles.read(ConfigFiles.write(folder, json));
        assertEquals(config.problem(), again.problem());
    }

    @Test
    void everyKeyArrivesInItsPlace() throws IOException {
        Config config = ConfigFiles.read(ConfigFiles.write(folder, FULL));
        assertEquals(
                estimation(
                        new SyntheticTarget(12, 20, List.of(10.0, 5.0, 0.5), false, Long.MIN_VALUE),
                        Optional.of(new NoiseSection(0.01, 1000)),
                        LossKind.MEAN),
                config.problem());
        StartSection start = new StartSection(
                StartKind.GAUSSIAN,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.of(0.01),
                OptionalDouble.empty(),
                Long.MAX_VALUE,
                List.of());
        assertEquals(new FactorsSection(3, Optional.of(List.of(16, 14)), start), config.factors());
        StopSection stop = new StopSection(
                OptionalDouble.of(1e-12), OptionalDouble.of(1e-9), OptionalInt.of(2), OptionalInt.of(3));
        assertEquals(
                new DescentSection(OptionalDouble.of(1e-3), 1_000_000_000_000L, SolverKind.DENSE, stop),
                config.descent());
        assertEquals(
                new RecordSection(
                        new Listed(List.of(0L, 1L, 10L)),
                        OptionalInt.of(4),
                        true,
                        true,
                        2,
                        List.of(0L, 1_000_000_000_000L),
                        Optional.of(new Config.EverySteps(1000))),
                config.record());
        assertEquals(
                new ComputeSection(
                        BackendKind.REFERENCE, PrecisionKind.TF32, OptionalInt.of(1024), 3, SingularValuesKind.GRAM),
                config.compute());
        assertEquals(Path.of("/tmp/full"), config.output());
    }

    @Test
    void whatIsLeftOutHasThePromisedDefault() throws IOException {
        Config config = ConfigFiles.read(ConfigFiles.minimal(folder));
        assertEquals(
                estimation(new SyntheticTarget(8, 8, List.of(4.0, 2.0, 1.0), false, 0), Optional.empty(), LossKind.SUM),
                config.problem());
        assertEquals(Optional.empty(), config.factors().widths());
        StopSection stop = new StopSection(
                OptionalDouble.empty(), OptionalDouble.empty(), OptionalInt.empty(), OptionalInt.empty());
        assertEquals(new DescentSection(OptionalDouble.empty(), 100, SolverKind.AUTO, stop), config.descent());
        assertEquals(
                new RecordSection(
                        new Geometric(1.1),
                        OptionalInt.empty(),
                        false,
                        false,
                        0,
                        List.of(),
                        Optional.of(new Config.EverySeconds(60))),
                config.record());
        assertEquals(
                new ComputeSection(
                        BackendKind.AUTO, PrecisionKind.FLOAT64, OptionalInt.empty(), 0, SingularValuesKind.EXACT),
                config.compute());
        assertEquals(Path.of("runs", "case"), config.output());
    }

    @ParameterizedTest
    @CsvSource({"staircase.yaml, runs/staircase", "a.b.yml, runs/a.b", "plain, runs/plain", ".hidden, runs/.hidden"})
    void theDefaultOutputIsNamedAfterTheFile(String name, String output) throws IOException {
        Path file = Files.move(ConfigFiles.minimal(folder), folder.resolve(name));
        assertEquals(Path.of(output), ConfigFiles.read(file).output());
    }

    @Test
    void inputsAreRelativeToTheConfigurationUnlessAbsolute() throws IOException {
        Path file = ConfigFiles.minimalWith(folder, 3, "    file: data/What.npy");
        String files = "factors.initialization={kind: given, files: [W1.npy, ../W2.npy, /data/W3.npy]}";
        Config config = ConfigFiles.read(file, files);
        assertEquals(
                new FileTarget(folder.resolve("data/What.npy")),
                config.problem().target().orElseThrow());
        assertEquals(
                List.of(folder.resolve("W1.npy"), folder.resolve("../W2.npy"), Path.of("/data/W3.npy")),
                config.factors().start().files());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{kind: identical, scale: 0.1}",
                "{kind: identical, product-scale: 0.001}",
                "{kind: perturbed, scale: 0.1, perturbation: 0.1}",
                "{kind: perturbed, product-scale: 0.125, perturbation: 0.5}",
                "{kind: balanced, scale: 0.1}",
                "{kind: balanced, product-scale: 0.1, seed: 4}",
                "{kind: orthogonal, scale: 0.1, seed: 4}",
                "{kind: gaussian, scale: 0.1, seed: 4}",
                "{kind: uniform, product-scale: 0.1}",
                "{kind: uniform, standard-deviation: 0.1, seed: -1}",
                "{kind: given, files: [a.npy, b.npy, c.npy]}",
            })
    void everyKindOfStartIsReadAndComesBackFromItsTree(String start) throws IOException {
        Path file = ConfigFiles.minimalWith(folder, 6, "  initialization: " + start);
        assertComesBackFromItsTree(ConfigFiles.read(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{steps: {every: 10}}",
                "{steps: {geometric: 1000}}",
                "{steps: []}",
                "{singular-values: all}",
                "{singular-values: none}",
                "{singular-values: 1}",
                "{checkpoint: none}",
                "{checkpoint: {seconds: 0.5}}",
                "{checkpoint: {steps: 1}}",
                "{products: [100, 0]}",
                "{}",
            })
    void everyFormOfRecordIsReadAndComesBackFromItsTree(String record) throws IOException {
        assertComesBackFromItsTree(ConfigFiles.read(ConfigFiles.minimalWith(folder, 9, "record: " + record)));
    }

    @Test
    void theFullConfigurationComesBackFromItsTree() throws IOException {
        assertComesBackFromItsTree(ConfigFiles.read(ConfigFiles.write(folder, FULL)));
    }

    @Test
    void theTreeHoldsDefaultsInTheOrderOfTheDocumentation() throws IOException {
        Map<String, Object> tree =
                ConfigFiles.read(ConfigFiles.minimal(folder)).source().tree();
        assertEquals(
                "{\"problem\":{\"kind\":\"estimation\",\"target\":{\"synthetic\":{\"rows\":8,\"columns\":8,"
                        + "\"spectrum\":[4.0,2.0,1.0],\"symmetric\":false,\"seed\":0}},\"loss\":\"sum\"},"
                        + "\"factors\":{\"depth\":3,\"initialization\":{\"kind\":\"identical\",\"scale\":0.1}},"
                        + "\"descent\":{\"step-size\":\"auto\",\"steps\":100,\"solver\":\"auto\",\"stop\":{}},"
                        + "\"record\":{\"steps\":{\"geometric\":1.1},\"singular-values\":\"all\",\"factors\":false,"
                        + "\"balancedness\":false,\"products\":[],\"checkpoint\":{\"seconds\":60.0}},"
                        + "\"compute\":{\"backend\":\"auto\",\"precision\":\"float64\",\"device\":0,\"singular-values\":\"exact\"},\"output\":\"runs/case\"}",
                json(tree));
    }

    @Test
    void theFullTreeHasEveryKeyOfItsForm() throws IOException {
        Map<String, Object> tree =
                ConfigFiles.read(ConfigFiles.write(folder, FULL)).source().tree();
        List<String> single = new ArrayList<>(ConfigKeys.SECTIONS.get(""));
        single.remove("sweep");
        assertEquals(single, List.copyOf(tree.keySet()));
        for (String section : List.of("factors", "descent", "record", "compute")) {
            assertEquals(
                    ConfigKeys.SECTIONS.get(section), List.copyOf(((Map<?, ?>) tree.get(section)).keySet()), section);
        }
    }

    /** JSON is YAML: the tree, written to a file, is a configuration, and the same one. */
    private void assertComesBackFromItsTree(Config config) throws IOException {
        Path copy = Files.writeString(
                Files.createDirectories(folder.resolve("elsewhere")).resolve("copy.json"),
                json(config.source().tree()));
        Config again = ConfigFiles.read(copy);
        assertEquals(config.source().tree(), again.source().tree());
        assertEquals(config.problem(), again.problem());
        assertEquals(config.factors(), again.factors());
        assertEquals(config.descent(), again.descent());
        assertEquals(config.record(), again.record());
        assertEquals(config.compute(), again.compute());
        assertEquals(config.output(), again.output());
        assertFalse(config.source().equals(again.source()));
    }

    private static String json(Map<String, Object> tree) {
        return JsonMapper.builder().build().writeValueAsString(tree);
    }
}
