package org.gradus.reproduce;

import static org.gradus.reproduce.MadeUp.rising;
import static org.gradus.reproduce.MadeUp.steps;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.gradus.linalg.Matrix;
import org.gradus.reproduce.MadeUp.Table;
import org.gradus.store.NpyWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every judge holds a table that shows its claim for true, and one that shows something else for false. */
final class LiteratureVerdictsTest {
    private static final double[] FIVE = {55, 50, 45, 38, 31};
    private static final double[] FOUR = {12, 6, 4, 3};

    @TempDir
    Path folder;

    /** Values that rise one after another, or all at once where {@code gap} is 0. */
    private static List<DoubleUnaryOperator> rise(double[] target, double first, double gap) {
        List<DoubleUnaryOperator> values = new ArrayList<>();
        for (int i = 0; i < target.length; i++) {
            values.add(rising(target[i], first + i * gap));
        }
        return values;
    }

    /** Of completion: the leak is what lies beyond the rank in the nuclear norm. */
    private static Table completion(double gap, double leak) {
        List<DoubleUnaryOperator> values = rise(FIVE, 100, gap);
        Map<String, DoubleUnaryOperator> columns = new LinkedHashMap<>();
        columns.put("loss", step -> step < 900 ? 1 : 1e-3);
        columns.put(
                "nuclear_norm",
                step -> values.stream()
                                .mapToDouble(value -> value.applyAsDouble(step))
                                .sum()
                        * (1 + leak));
        columns.put("test_error", step -> 0.1);
        return new Table(steps(1000, 5), columns, values);
    }

    @Test
    void valuesThatRiseTogetherHaveHalfTheShareOfTheirEndWhenOneIsHalfLearned() {
        Experiment experiment = new SensingDepth();
        Evidence evidence = MadeUp.of(experiment, folder, FOUR, (part, config) -> sensing(0, 0));
        assertEquals(0.5, Succession.of(evidence.run("depths"), 4).largestShare(), 0.2);
    }

    @Test
    void completionDynamicsWantsLargerGapsAndLessBeyondTheRankTheDeeper() {
        Experiment experiment = new CompletionDynamics();
        assertTrue(verdict(experiment, FIVE, 30, 0.1, 0.1).holds());
        assertFalse(verdict(experiment, FIVE, 30, 0.1, 1).holds(), "the same share beyond the rank at every depth");
        assertFalse(verdict(experiment, FIVE, 0, 0.1, 0.1).holds(), "all values at once");
    }

    /** With gaps that grow by {@code gap} and leaks that shrink by a factor with every depth. */
    private Verdict verdict(Experiment experiment, double[] target, double gap, double leak, double factor) {
        return experiment.judge(MadeUp.of(experiment, folder, target, (part, config) -> {
            int deeper = config.factors().depth() - 2;
            return completion(gap * (1 + deeper), leak * Math.pow(factor, deeper));
        }));
    }

    private static Table sensing(double gap, double error) {
        return new Table(steps(400, 1), Map.of("test_error", step -> error), rise(FOUR, 100, gap));
    }

    @ParameterizedTest
    @CsvSource({"0, 60, 1e-4, true", "60, 60, 1e-4, false", "0, 5, 1e-4, false", "0, 60, 0.1, false"})
    void sensingDepthWantsValuesTogetherAtDepthOneAndOneAfterAnotherBeyond(
            double first, double others, double error, boolean holds) {
        Experiment experiment = new SensingDepth();
        Evidence evidence = MadeUp.of(
                experiment,
                folder,
                FOUR,
                (part, config) -> sensing(config.factors().depth() == 1 ? first : others, error));
        assertEquals(holds, experiment.judge(evidence).holds());
    }

    @ParameterizedTest
    @CsvSource({"2000, 1, true", "0, 1, false", "2000, 1.3, false"})
    void sensingWantsPlateausAtTheTruncationsOfTheTarget(double gap, double factor, boolean holds) {
        double[] target = {10, 6, 3};
        List<DoubleUnaryOperator> values = rise(target, 1000, gap);
        DoubleUnaryOperator error = step -> {
            double squares = 0;
            for (int i = 0; i < 3; i++) {
                double missing = target[i] - values.get(i).applyAsDouble(step);
                squares += missing * missing;
            }
            return factor * Math.sqrt(squares / 145);
        };
        DoubleUnaryOperator rank = step ->
                values.stream().mapToDouble(value -> value.applyAsDouble(step)).sum()
                        / values.get(0).applyAsDouble(step);
        Map<String, DoubleUnaryOperator> columns = new LinkedHashMap<>();
        columns.put("effective_rank", rank);
        columns.put("test_error", error);
        Experiment experiment = new SensingSteps();
        Evidence evidence =
                MadeUp.of(experiment, folder, target, (part, config) -> new Table(steps(8000, 10), columns, values));
        assertEquals(holds, experiment.judge(evidence).holds());
    }

    @ParameterizedTest
    @CsvSource({"0, 0, true", "1e-6, 0, false", "0, 1e-6, false"})
    void compressedFullWantsThePathAndTheProductOfTheDenseDescent(double path, double product, boolean holds)
            throws IOException {
        double[] target = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        Experiment experiment = new CompressedFull();
        Evidence evidence = MadeUp.of(experiment, folder, target, (part, config) -> {
            double shift = part.equals("subspace") ? path : 0;
            return new Table(steps(1500, 10), Map.of(), rise(target, 300 * (1 + shift), 50));
        });
        writeProduct(evidence.run("dense"), 1);
        writeProduct(evidence.run("subspace"), 1 + product);
        assertEquals(holds, experiment.judge(evidence).holds());
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 7030, true", "1e-6, 0, 7030, false", "0, 1e-6, 7030, false", "0, 0, 3000, false"})
    void largeFullWantsTheDensePathWhereTheFirstValueComes(double path, double product, double about, boolean holds)
            throws IOException {
        double[] target = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        Experiment experiment = new LargeFull();
        Evidence evidence = MadeUp.of(experiment, folder, target, (part, config) -> {
            double from = part.equals("dense") ? 7000 - path : 0;
            double[] steps = part.equals("before")
                    ? new double[] {0, 7000}
                    : part.equals("dense") ? steps(40, 4) : steps(8000, 4);
            List<DoubleUnaryOperator> values = new ArrayList<>();
            rise(target, about, 10).forEach(value -> values.add(step -> value.applyAsDouble(step + from)));
            return new Table(steps, Map.of(), values);
        });
        writeProduct(evidence.run("subspace"), 1);
        writeProduct(evidence.run("dense"), 1 + product);
        assertEquals(holds, experiment.judge(evidence).holds());
    }

    private static void writeProduct(FinishedRun run, double value) throws IOException {
        Files.createDirectories(run.directory());
        NpyWriter.write(run.directory().resolve("product.npy"), Matrix.scaledIdentity(3, value));
    }

    @ParameterizedTest
    @CsvSource({
        "1e-5, 1e-4, 1000, true",
        "1e-2, 1e-4, 1000, false",
        "1e-5, 1e-2, 1000, false",
        "1e-5, 1e-4, 1300, false"
    })
    void compressedCompletionWantsRecoveryInNoMoreStepsAndNothingBeyondTwiceTheRank(
            double beyond, double error, double recovered, boolean holds) {
        double[] target = {1, 1, 1, 1, 1};
        Experiment experiment = new CompressedCompletion();
        Evidence evidence = MadeUp.of(experiment, folder, target, (part, config) -> {
            List<DoubleUnaryOperator> values = rise(target, 300, 50);
            for (int i = 5; i < 20; i++) {
                values.add(step -> beyond);
            }
            double there = part.equals("full") ? 1200 : recovered;
            Map<String, DoubleUnaryOperator> columns = Map.of("test_error", step -> step < there ? 1 : error);
            return new Table(steps(3000, 20), columns, values);
        });
        assertEquals(holds, experiment.judge(evidence).holds());
    }

    @ParameterizedTest
    @CsvSource({"0, 2, true", "3e-4, 2, false", "0, 4, false"})
    void edgeOfStabilityWantsEachValueToOscillateFromItsThresholdOnWithPeriodTwo(
            double shift, int period, boolean holds) {
        double[] edge = {10, 9.5, 9};
        double[] stable = {10, 8, 6};
        Experiment experiment = new EdgeOfStability();
        Evidence evidence = MadeUp.of(experiment, folder, edge, (part, config) -> {
            List<DoubleUnaryOperator> values = new ArrayList<>();
            double eta = config.descent().stepSize().orElseThrow();
            for (int i = 0; i < 3; i++) {
                double value = edge[i];
                boolean beyond = eta > EdgeOfStability.threshold(value) + shift;
                values.add(step -> value * (beyond ? 1 + 0.05 * Math.cos(2 * Math.PI * step / period) : 1));
            }
            return new Table(steps(100, 1), Map.of(), values);
        });
        assertEquals(holds, experiment.judge(evidence).holds());
        Evidence wrong = MadeUp.of(
                experiment, folder, stable, (part, config) -> new Table(steps(100, 1), Map.of(), rise(edge, 10, 0)));
        assertFalse(experiment.judge(wrong).holds(), "values of another target");
    }

    @ParameterizedTest
    @ValueSource(strings = {"compressed-sensing", "large-completion"})
    void lastingOnesWantTheirTargetAndNothingBeyondTwiceTheRank(String name) {
        Experiment experiment = Experiments.named(name);
        assertTrue(lasting(experiment, 1e-3, 1e-6).holds());
        assertFalse(lasting(experiment, 0.1, 1e-6).holds());
        assertFalse(lasting(experiment, 1e-3, 0.1).holds());
        assertTrue(experiment.card().lasting());
    }

    private Verdict lasting(Experiment experiment, double error, double beyond) {
        double[] target = {1, 1, 1, 1, 1};
        return experiment.judge(MadeUp.of(experiment, folder, target, (part, config) -> {
            List<DoubleUnaryOperator> values = rise(target, 300, 50);
            for (int i = 5; i < 20; i++) {
                values.add(step -> beyond);
            }
            return new Table(steps(3000, 20), Map.of("test_error", step -> error), values);
        }));
    }
}
