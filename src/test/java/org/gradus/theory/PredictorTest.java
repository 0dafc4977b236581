package org.gradus.theory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PredictorTest {
    private static Query query(Modes modes, Start start, double eta, long horizon, Double... levels) {
        return new Query(modes, start, eta, List.of(levels), Tolerance.relative(0.05), horizon);
    }

    @Test
    void modesAreDistinctDescendingAndCounted() {
        Prediction prediction = Predictor.predict(
                query(Modes.exactly(0, 2, -1, 5, 2, -0.0, 0), Start.identical(2, 0.1), 0.01, 5000, 0.9, 0.1));
        assertEquals(
                List.of(5.0, 2.0, 0.0, -1.0),
                prediction.modes().stream().map(Prediction.Mode::lambda).toList());
        assertEquals(
                List.of(1, 2, 3, 1),
                prediction.modes().stream().map(Prediction.Mode::count).toList());
        assertEquals(List.of(), prediction.modes().get(2).crossings());
        assertEquals(List.of(), prediction.modes().get(3).crossings());
        List<Prediction.Crossing> first = prediction.modes().get(0).crossings();
        assertEquals(0.9, first.get(0).level());
        assertTrue(first.get(0).step() > first.get(1).step());
        // the positive part is what comes: ranks 1 to 3
        assertEquals(
                List.of(1.0, 1.4, 1.8),
                prediction.plateaus().stream()
                        .map(Prediction.Plateau::effectiveRank)
                        .toList());
    }

    @Test
    void valuesOfADecompositionAreGroupedWithinTheStatedTolerance() {
        Modes modes = Modes.decomposed(1e-14, -3e-13, 3, 3 + 1e-12, 2, 2 + 1e-11);
        assertEquals(4, modes.size());
        assertEquals(0, modes.lambda()[3]);
        assertTrue(Arrays.equals(new int[] {2, 1, 1, 2}, modes.count()));
    }

    @Test
    void negativeEigenvaluesOfPerturbedStartsCrossByTheirSize() {
        Start start = Start.perturbed(3, 0.3, 0.1);
        Prediction prediction = Predictor.predict(query(Modes.exactly(2, -1.5, 0), start, 0.02, 100_000, 0.5));
        assertEquals(List.of(), prediction.modes().get(1).crossings());
        Prediction.Crossing crossing = prediction.modes().get(2).crossings().get(0);
        assertNull(crossing.flowTime());
        assertNull(crossing.lower());
        assertNull(crossing.upper());
        ScalarDynamics.Path path = ScalarDynamics.path(start, -1.5, 0.02, crossing.step() - 1, crossing.step());
        assertTrue(path.product()[0] > -0.75 && path.product()[1] <= -0.75, Arrays.toString(path.product()));
        assertTrue(
                prediction.plateaus().stream().allMatch(p -> p.certifiedFirst() == null && p.certifiedLast() == null));
        assertEquals(2, prediction.plateaus().size());
    }

    @Test
    void aLevelMetAtTheStartIsStepZeroAndOneBeyondTheHorizonIsNull() {
        List<Prediction.Crossing> crossings = Predictor.predict(
                        query(Modes.exactly(1), Start.identical(2, 0.5), 1e-3, 100, 0.2, 0.25, 0.9))
                .modes()
                .get(0)
                .crossings();
        assertEquals(new Prediction.Crossing(0.2, 0.0, 0.0, 0.0, 0L), crossings.get(0));
        assertEquals(0L, crossings.get(1).step());
        assertNull(crossings.get(2).step());
        assertTrue(crossings.get(2).lower() > 100);
    }

    @Test
    void stepSizesBeyondTheStableLimitShowTheDivergence() {
        Prediction prediction =
                Predictor.predict(query(Modes.exactly(10, 1e-3), Start.identical(3, 0.1), 10, 100_000, 0.5));
        assertTrue(prediction.stepSize().value() > prediction.stepSize().stableLimit());
        assertTrue(prediction.plateaus().stream().noneMatch(Prediction.Plateau::forEver));
        assertNotNull(prediction.modes().get(1).crossings().get(0).step());
    }

    @Test
    void crossingsOfASpectrumAreThoseOfItsModesAlone() {
        double[] spectrum =
                IntStream.range(0, 137).mapToDouble(i -> 0.05 + 0.07 * i).toArray();
        for (int depth = 1; depth <= 8; depth++) {
            for (Start start : List.of(Start.identical(depth, 0.3), Start.perturbed(depth, 0.3, 0.2))) {
                Query query = query(Modes.exactly(spectrum), start, 5e-3, 20_000, 0.1, 0.5, 0.99);
                for (Prediction.Mode mode : Predictor.predict(query).modes()) {
                    for (Prediction.Crossing crossing : mode.crossings()) {
                        long alone = ScalarDynamics.crossing(start, mode.lambda(), 5e-3, crossing.level(), 20_000);
                        assertEquals(alone < 0 ? null : (Long) alone, crossing.step(), start + " " + mode.lambda());
                    }
                }
            }
        }
    }

    @Test
    void aThousandEigenvaluesUpToTenMillionStepsAreFast() {
        // three hundred too small to come to rest
        double[] spectrum = IntStream.range(0, 1000)
                .mapToDouble(i -> i < 700 ? 10 - i / 70.0 : 1e-3 * (1001 - i) / 300)
                .toArray();
        Modes modes = Modes.exactly(spectrum);
        Start start = Start.identical(3, 0.05);
        long before = System.nanoTime();
        Prediction prediction = Predictor.predict(query(modes, start, 3e-3, 10_000_000, 0.01, 0.5, 0.9));
        double seconds = (System.nanoTime() - before) / 1e9;
        assertEquals(1000, prediction.modes().size());
        assertTrue(seconds < 20, "took " + seconds + " s");
        System.out.printf("1000 eigenvalues, 1e7 steps: %.2f s%n", seconds);
    }

    @Test
    void adviceOpensThePlateauItPromises() {
        Query query = query(Modes.exactly(10, 7, 2, 0, 0), Start.identical(2, 0.3), 0.005, 10_000_000);
        assertNull(Predictor.predict(query).plateaus().get(0).first());
        Advice advice = Advice.forRank(query, 1);
        assertNotNull(advice.scale());
        assertNotNull(advice.depth());
        assertTrue(
                rankOne(query, Start.identical(2, advice.scale()), advice.scaleStepSize())
                        .exists(),
                () -> advice.sentence(1));
        Start deeper = Start.identical(advice.depth(), 0.3);
        assertTrue(rankOne(query, deeper, advice.depthStepSize()).exists(), () -> advice.sentence(1));
        assertTrue(advice.sentence(1).startsWith("rank 1: no plateau; scale "));
    }

    private static Prediction.Plateau rankOne(Query query, Start start, double eta) {
        return RankPlateaus.exact(query.modes(), start, eta, query.tolerance(), query.horizon())
                .get(0);
    }

    @Test
    void adviceNamesTheSmallerStepSizeThatItNeeds() {
        Query query = query(Modes.exactly(10, 7, 2, 0, 0), Start.identical(2, 0.3), 0.09, 10_000_000);
        Advice advice = Advice.forRank(query, 1);
        assertEquals(0.025, advice.scaleStepSize(), 1e-15);
        assertTrue(advice.sentence(1).contains(" (step size 2.50e-02) or depth"), advice.sentence(1));
        assertTrue(advice.sentence(0.5).contains(" (step size 5.00e-02) or depth"), advice.sentence(0.5));
    }

    @Test
    void adviceReadsTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        Query query = query(Modes.exactly(3, 2, 2, 1), Start.identical(2, 0.1), 0.01, 10_000);
        try {
            Locale.setDefault(Locale.GERMANY);
            assertTrue(Advice.forRank(query, 2).sentence(1).contains("no scale down to 1.0e-12"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void adviceSaysHowFarItLooked() {
        Advice advice = Advice.forRank(query(Modes.exactly(3, 2, 2, 1), Start.identical(2, 0.1), 0.01, 10_000), 2);
        assertNull(advice.scale());
        assertNull(advice.depth());
        assertTrue(advice.sentence(1).contains("no scale down to 1.0e-12"), advice.sentence(1));
    }

    static Stream<Arguments> badInput() {
        Modes one = Modes.exactly(1);
        Start start = Start.identical(2, 0.1);
        return Stream.of(
                Arguments.of("empty", (Supplier<?>) () -> Modes.exactly()),
                Arguments.of("not a finite", (Supplier<?>) () -> Modes.exactly(1, Double.NaN)),
                Arguments.of("not a finite", (Supplier<?>) () -> Modes.decomposed(1, Double.POSITIVE_INFINITY)),
                Arguments.of("depth 0", (Supplier<?>) () -> Start.identical(0, 0.1)),
                Arguments.of("scale", (Supplier<?>) () -> Start.identical(2, 0)),
                Arguments.of("scale", (Supplier<?>) () -> Start.identical(2, Double.NaN)),
                Arguments.of("perturbation", (Supplier<?>) () -> Start.perturbed(2, 0.1, 0)),
                Arguments.of("perturbation", (Supplier<?>) () -> Start.perturbed(2, 0.1, 0.11)),
                Arguments.of("tolerance", (Supplier<?>) () -> Tolerance.relative(0)),
                Arguments.of("step size", (Supplier<?>) () -> query(one, start, 0, 10)),
                Arguments.of("step size", (Supplier<?>) () -> query(one, start, Double.NaN, 10)),
                Arguments.of("level 1.0", (Supplier<?>) () -> query(one, start, 0.1, 10, 0.5, 1.0)),
                Arguments.of("level 0.0", (Supplier<?>) () -> query(one, start, 0.1, 10, 0.0)),
                Arguments.of("horizon", (Supplier<?>) () -> query(one, start, 0.1, -1)));
    }

    @ParameterizedTest
    @MethodSource("badInput")
    void badInputIsNamedInOneLine(String reason, Supplier<?> input) {
        String message =
                assertThrows(IllegalArgumentException.class, input::get).getMessage();
        assertTrue(message.contains(reason) && !message.contains("\n"), message);
    }
}
