package org.gradus.theory;

import static org.gradus.theory.GoldenTheory.column;
import static org.gradus.theory.GoldenTheory.entries;
import static org.gradus.theory.GoldenTheory.number;
import static org.gradus.theory.GoldenTheory.numbers;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class GoldenTheoryTest {
    static Stream<JsonNode> flowTimes() {
        return Stream.concat(entries("flow_times.json", "entries"), entries("flow_times.json", "extra"));
    }

    static Stream<JsonNode> identical() {
        return entries("scalar_identical.json", "entries");
    }

    static Stream<JsonNode> perturbed() {
        return entries("scalar_perturbed.json", "entries");
    }

    static Stream<Arguments> spectra() {
        return entries("low_rank_intervals.json", "configs")
                .flatMap(config -> config.get("intervals")
                        .propertyStream()
                        .map(tolerance -> Arguments.of(
                                config.get("name").asString(), tolerance.getKey(), config, tolerance.getValue())));
    }

    @ParameterizedTest
    @MethodSource("flowTimes")
    void flowTimesAreRightToTwelveDigits(JsonNode entry) {
        int depth = entry.get("N").asInt();
        double lambda = number(entry.get("lambda"));
        double alpha = number(entry.get("alpha"));
        double time = number(entry.get("t"));
        assertEquals(time, FlowTime.between(depth, lambda, alpha, number(entry.get("y"))), 1e-12 * time);
        if (entry.has("level")) {
            assertEquals(time, FlowTime.toLevel(depth, lambda, alpha, number(entry.get("level"))), 1e-12 * time);
        }
    }

    @ParameterizedTest
    @MethodSource("identical")
    void crossingStepsAreExactAndWithinTheirBounds(JsonNode entry) {
        Start start = Start.identical(entry.get("N").asInt(), number(entry.get("alpha")));
        double lambda = number(entry.get("lambda"));
        double eta = number(entry.get("eta"));
        for (JsonNode crossing : entry.get("crossings")) {
            double level = number(crossing.get("level"));
            long step = crossing.get("K").asLong();
            assertEquals(step, ScalarDynamics.crossing(start, lambda, eta, level, 10_000_000));
            CrossingBounds bounds = CrossingBounds.rise(start.depth(), lambda, start.scale(), level, eta);
            assertTrue(bounds.lower() <= step && step <= bounds.upper(), bounds + " of " + step);
            assertOutward(number(crossing.get("lower")), bounds.lower(), -1);
            assertOutward(number(crossing.get("upper")), bounds.upper(), 1);
        }
    }

    /** No tighter than the bound of exact arithmetic (printed to a double), and wider by the stated errors only. */
    private static void assertOutward(double exact, double bound, int sign) {
        assertTrue(sign * (bound - exact) >= -4 * Math.ulp(exact), bound + " against " + exact);
        assertEquals(exact, bound, 1e-10 * exact);
    }

    @ParameterizedTest
    @MethodSource("identical")
    void trajectoriesOfIdenticalStartsAgree(JsonNode entry) {
        Start start = Start.identical(entry.get("N").asInt(), number(entry.get("alpha")));
        ScalarDynamics.Path path = path(start, entry);
        for (int i = 0; i < path.steps().length; i++) {
            double[] row = numbers(entry.get("trajectory").get(i));
            assertEquals(row[1], path.first()[i], 1e-11 * row[1]);
            assertEquals(row[2], path.product()[i], 1e-11 * row[2]);
        }
    }

    @ParameterizedTest
    @MethodSource("perturbed")
    void trajectoriesOfPerturbedStartsAgree(JsonNode entry) {
        Start start = Start.perturbed(entry.get("N").asInt(), number(entry.get("alpha")), number(entry.get("beta")));
        ScalarDynamics.Path path = path(start, entry);
        for (int i = 0; i < path.steps().length; i++) {
            double[] row = numbers(entry.get("trajectory").get(i));
            assertEquals(row[1], path.first()[i], 1e-11 * Math.abs(row[1]));
            assertEquals(row[2], path.second()[i], 1e-11 * Math.abs(row[2]));
            assertEquals(row[3], path.product()[i], 1e-11 * Math.abs(row[3]));
        }
    }

    private static ScalarDynamics.Path path(Start start, JsonNode entry) {
        long[] steps = StreamSupport.stream(entry.get("trajectory").spliterator(), false)
                .mapToLong(row -> row.get(0).asLong())
                .toArray();
        return ScalarDynamics.path(start, number(entry.get("lambda")), number(entry.get("eta")), steps);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("spectra")
    void plateausAreExactToTheStep(String name, String tolerance, JsonNode config, JsonNode intervals) {
        long steps = config.get("steps").asLong();
        Modes modes = Modes.exactly(numbers(config.get("lambda")));
        double width = Double.parseDouble(tolerance.substring(3));
        List<Prediction.Plateau> plateaus = RankPlateaus.exact(
                modes,
                start(config),
                number(config.get("eta")),
                new Tolerance(width, tolerance.startsWith("rel")),
                steps);
        assertEquals(intervals.size(), plateaus.size());
        for (int i = 0; i < plateaus.size(); i++) {
            assertEquals(longest(intervals.get(i), steps), interval(plateaus.get(i)), "rank " + (i + 1));
            assertEquals(number(config.get("target_r").get(i)), plateaus.get(i).effectiveRank(), 1e-14);
        }
    }

    private static Start start(JsonNode config) {
        double beta = number(config.get("beta"));
        return new Start(config.get("N").asInt(), number(config.get("alpha")), beta);
    }

    private static List<Long> interval(Prediction.Plateau plateau) {
        List<Long> interval = new ArrayList<>();
        interval.add(plateau.first());
        interval.add(plateau.last());
        return interval;
    }

    /** The reference ends with its last step, ours goes on: null. */
    private static List<Long> longest(JsonNode intervals, long steps) {
        List<Long> longest = new ArrayList<>();
        long length = -1;
        for (JsonNode interval : intervals) {
            long first = interval.get(0).asLong();
            long last = interval.get(1).asLong();
            if (last - first > length) {
                length = last - first;
                longest.clear();
                longest.add(first);
                longest.add(last == steps ? null : (Long) last);
            }
        }
        return longest;
    }

    @ParameterizedTest
    @MethodSource("configs")
    void theEffectiveRankAgreesAtEveryStep(JsonNode config) {
        double[] expected = column(config.get("effrank").asString());
        long[] steps = LongStream.range(0, expected.length).toArray();
        double[] sum = new double[steps.length];
        double[] max = new double[steps.length];
        Modes modes = Modes.exactly(numbers(config.get("lambda")));
        for (int i = 0; i < modes.size(); i++) {
            double[] p = ScalarDynamics.path(start(config), modes.lambda()[i], number(config.get("eta")), steps)
                    .product();
            for (int k = 0; k < p.length; k++) {
                sum[k] += modes.count()[i] * Math.abs(p[k]);
                max[k] = Math.max(max[k], Math.abs(p[k]));
            }
        }
        for (int k = 0; k < sum.length; k++) {
            sum[k] /= max[k];
        }
        assertArrayEquals(expected, sum, 1e-12);
    }

    static Stream<JsonNode> configs() {
        return entries("low_rank_intervals.json", "configs");
    }
}
