package org.gradus.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.gradus.store.JsonFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code predict --spectrum}: numbers against an independent program's, tables and JSON. */
class PredictTest {
    @TempDir
    Path folder;

    private Map<String, Object> json(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("predict", "--json"));
        all.addAll(List.of(arguments));
        Cli.Result result = Cli.execute(all.toArray(String[]::new));
        assertEquals(0, result.status(), () -> "" + result.err());
        return JsonFile.read(Files.writeString(folder.resolve("prediction.json"), result.out()));
    }

    private static List<?> list(Map<?, ?> object, String key) {
        return (List<?>) object.get(key);
    }

    private static Map<?, ?> map(List<?> list, int index) {
        return (Map<?, ?>) list.get(index);
    }

    private static Map<?, ?> crossing(Map<?, ?> prediction, int mode, int level) {
        return map(list(map(list(prediction, "modes"), mode), "crossings"), level);
    }

    private static double number(Map<?, ?> object, String key) {
        return ((Number) object.get(key)).doubleValue();
    }

    private static String table(String... arguments) {
        List<String> all = new ArrayList<>(List.of("predict"));
        all.addAll(List.of(arguments));
        return Cli.execute(all.toArray(String[]::new)).done().out();
    }

    @ParameterizedTest
    @CsvSource({"2, 0.01, 688, 1304, 5705", "3, 0.1, 1001, 1998, 9964", "4, 0.1, 5016, 10037, 50380"})
    void crossingStepsAreThoseOfTheScalarOracle(String depth, String scale, int first, int second, int third)
            throws IOException {
        Map<String, Object> prediction = json(
                "--spectrum", "10,5,1,-3", "--zeros", "46", "--depth", depth, "--scale", scale, "--step-size", "1e-3");
        int[] steps = {first, second, third};
        for (int mode = 0; mode < 3; mode++) {
            Map<?, ?> crossing = crossing(prediction, mode, 2);
            assertEquals(0.9, crossing.get("level"));
            assertEquals(steps[mode], crossing.get("step"));
            assertTrue(number(crossing, "lower") <= steps[mode] && steps[mode] <= number(crossing, "upper"));
        }
        List<?> modes = list(prediction, "modes");
        assertEquals(5, modes.size());
        assertEquals(Map.of("lambda", 0.0, "count", 46, "crossings", List.of()), modes.get(3));
        assertEquals(Map.of("lambda", -3.0, "count", 1, "crossings", List.of()), modes.get(4));
    }

    @Test
    void theJsonHasThePromisedKeysInTheirOrder() throws IOException {
        Map<String, Object> prediction = json("--spectrum=2,1", "--depth=2", "--scale=0.1", "--step-size=0.01");
        assertEquals(List.of("modes", "plateaus", "step_size"), List.copyOf(prediction.keySet()));
        Map<?, ?> mode = map(list(prediction, "modes"), 0);
        assertEquals(List.of("lambda", "count", "crossings"), List.copyOf(mode.keySet()));
        assertEquals(
                List.of("level", "flow_time", "lower", "upper", "step"),
                List.copyOf(crossing(prediction, 0, 0).keySet()));
        assertEquals(
                List.of("rank", "first", "last", "certified_first", "certified_last", "effective_rank", "for_ever"),
                List.copyOf(map(list(prediction, "plateaus"), 0).keySet()));
        Map<?, ?> stepSize = (Map<?, ?>) prediction.get("step_size");
        assertEquals(List.of("value", "monotone_limit", "stable_limit"), List.copyOf(stepSize.keySet()));
        assertEquals(Map.of("value", 0.01, "monotone_limit", 0.25, "stable_limit", 0.5), stepSize);
        // (1/2λ) ln[y²(λ−α²)/(α²(λ−y²))] with λ = 2, y² = 1, α² = 0.01
        double flow = Math.log(1.99 / 0.01) / 4;
        assertEquals(flow, number(crossing(prediction, 0, 1), "flow_time"), 1e-14);
    }

    @Test
    void plateausOfAStaircaseFollowEachOther() throws IOException {
        List<?> plateaus = list(
                json("--spectrum=10,5,2,1", "--zeros=16", "--depth=3", "--scale=0.1", "--step-size=1e-3"), "plateaus");
        assertEquals(4, plateaus.size());
        double[] ranks = {1, 1.5, 1.7, 1.8};
        double end = 0;
        for (int i = 0; i < 4; i++) {
            Map<?, ?> plateau = map(plateaus, i);
            assertEquals(i + 1, plateau.get("rank"));
            assertEquals(ranks[i], number(plateau, "effective_rank"), 1e-15);
            assertTrue(number(plateau, "first") > 0.8 * end, "" + plateau);
            assertTrue(number(plateau, "certified_first") >= number(plateau, "first"));
            boolean last = i == 3;
            assertEquals(last, plateau.get("for_ever"));
            assertEquals(last, plateau.get("last") == null);
            assertEquals(last, plateau.get("certified_last") == null);
            end = last ? 0 : number(plateau, "last");
        }
    }

    @Test
    void aToleranceCanBeRelativeOrInRanks() throws IOException {
        String[] common = {"--spectrum=10,5,2,1", "--depth=3", "--scale=0.1", "--step-size=1e-3"};
        String[] relative = with(common, "--tolerance=0.02");
        String[] absolute = with(common, "--absolute-tolerance=0.036"); // 0.02·1.8, the last rank's
        Map<?, ?> one = map(list(json(relative), "plateaus"), 3);
        assertEquals(one, map(list(json(absolute), "plateaus"), 3));
        assertTrue(number(one, "first") > number(map(list(json(common), "plateaus"), 3), "first"));
    }

    private static String[] with(String[] common, String... more) {
        String[] all = Arrays.copyOf(common, common.length + more.length);
        System.arraycopy(more, 0, all, common.length, more.length);
        return all;
    }

    @Test
    void perturbedStartsHaveStepsButNoBounds() throws IOException {
        Map<String, Object> prediction = json(
                "--spectrum", "-3,5", "--depth", "3", "--scale", "0.3", "--perturbation", "0.1", "--levels", "[0.5]");
        for (int mode = 0; mode < 2; mode++) {
            Map<?, ?> crossing = crossing(prediction, mode, 0);
            assertTrue(number(crossing, "step") > 0);
            for (String key : List.of("flow_time", "lower", "upper")) {
                assertTrue(crossing.containsKey(key));
                assertNull(crossing.get(key));
            }
            assertNull(map(list(prediction, "plateaus"), mode).get("certified_first"));
        }
    }

    @Test
    void aLevelMetAtTheStartIsStepZeroAndOneBeyondTheHorizonNull() throws IOException {
        Map<String, Object> prediction = json(
                "--spectrum=1",
                "--depth=2",
                "--product-scale=0.25",
                "--step-size=1e-3",
                "--levels=0.2,0.9",
                "--steps=1e2");
        assertEquals(0, crossing(prediction, 0, 0).get("step"));
        assertNull(crossing(prediction, 0, 1).get("step"));
        assertTrue(number(crossing(prediction, 0, 1), "lower") > 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--step-size=auto"})
    void anAutomaticStepSizeIsHalfTheMonotoneLimit(String option) throws IOException {
        String[] common = {"--spectrum=4", "--depth=2", "--scale=0.1"};
        Map<?, ?> stepSize = (Map<?, ?>)
                json(option.isEmpty() ? common : with(common, option)).get("step_size");
        assertEquals(0.125, number(stepSize, "monotone_limit"));
        assertEquals(0.0625, number(stepSize, "value"));
    }

    @Test
    void aStepSizeBeyondTheStableLimitIsAWarningThatNamesItAndShowsTheDivergence() {
        Cli.Result result = Cli.execute("predict", "--spectrum=10,5", "--depth=3", "--scale=0.3", "--step-size=0.5");
        assertEquals(0, result.status());
        assertEquals(2, result.err().size(), () -> "" + result.err());
        // 2/(3·10^{4/3})
        assertTrue(
                result.err().get(0).contains("beyond the stable limit 0.0309439"),
                result.err().get(0));
        assertTrue(
                result.err().get(1).matches("gradus: warning: eigenvalue 10.0000 diverges: .* step \\d+ on"),
                result.err().get(1));
        assertTrue(result.out().contains("beware     eigenvalue 10.0000 diverges"), result.out());
    }

    @Test
    void aStepSizeJustBeyondTheStableLimitOscillates() {
        Cli.Result result = Cli.execute("predict", "--spectrum=1", "--depth=2", "--scale=0.3", "--step-size=1.1");
        assertEquals(0, result.status());
        assertTrue(result.err().get(1).contains("eigenvalue 1.00000 does not come to rest"), () -> "" + result.err());
    }

    @Test
    void theTableHasCrossingsPlateausLimitsAndAdvice() {
        String out = table("--spectrum=10,7,2,2,-3", "--zeros=2", "--depth=2", "--scale=0.3", "--step-size=0.005");
        String numbers = " +0.9 +0.3449357 +63.12323 +73.34337 +69\\R";
        assertTrue(out.matches("(?s).*" + numbers + ".*"), out);
        assertTrue(out.contains("limits     monotone up to 0.05, stable below 0.1"), out);
        assertTrue(out.matches("(?s).*\\R +2 +2 +0.01 .*\\R +0 +2  tends to 0\\R +-3 +1  is not recovered.*"), out);
        assertTrue(out.matches("(?s).*\\R +1 +1 +none\\R.*\\R +4 +2.1 +\\d+ +for ever  from \\d+ for ever\\R.*"), out);
        assertTrue(out.contains("rank 1: no plateau; scale 1.17e-03 (step size 5.00e-03) or depth 4 (step size"), out);
    }

    @Test
    void aLongSpectrumIsAbbreviatedInTheTableOnly() throws IOException {
        StringBuilder spectrum = new StringBuilder("40");
        for (int value = 39; value > 0; value--) {
            spectrum.append(',').append(value);
        }
        String[] arguments = {"--spectrum", spectrum.toString(), "--depth", "3", "--scale", "0.05", "--steps", "1e5"};
        String out = table(arguments);
        assertTrue(out.contains("… and 20 more eigenvalues; gradus predict --json has all"), out);
        assertTrue(out.contains("… and 20 more ranks"), out);
        assertTrue(out.lines().count() < 100, out);
        assertTrue(out.lines().allMatch(line -> line.length() <= 100), out);
        assertEquals(40, list(json(arguments), "modes").size());
        assertEquals(40, list(json(arguments), "plateaus").size());
    }

    @Test
    void aZeroSpectrumHasNoPlateaus() throws IOException {
        String[] arguments = {"--spectrum", "0", "--depth", "3", "--scale", "0.3"};
        assertTrue(table(arguments).contains("plateaus   none, since nothing is recovered"));
        Map<String, Object> prediction = json(arguments);
        assertEquals(List.of(), prediction.get("plateaus"));
        Map<?, ?> stepSize = (Map<?, ?>) prediction.get("step_size");
        assertTrue(stepSize.containsKey("stable_limit"));
        assertNull(stepSize.get("stable_limit"));
    }

    @Test
    void aLargeStartCanDivergeBelowTheStableLimit() {
        Cli.Result result = Cli.execute("predict", "--spectrum=0", "--depth=3", "--scale=0.3", "--step-size=1e9");
        assertEquals(0, result.status());
        assertEquals(1, result.err().size(), () -> "" + result.err());
        assertTrue(
                result.err().get(0).contains("eigenvalue 0.00000 diverges"),
                result.err().get(0));
    }

    @Test
    void boundsInTheTableAreRoundedOutward() {
        assertEquals("1.234567", NumberText.rounded(1.2345679, java.math.RoundingMode.FLOOR));
        assertEquals("1.234568", NumberText.rounded(1.2345671, java.math.RoundingMode.CEILING));
        assertEquals("1.5e+20", NumberText.near(1.5e20));
        assertEquals("-2e-09", NumberText.near(-2e-9));
        assertEquals("inf", NumberText.near(Double.POSITIVE_INFINITY));
        assertEquals("1000000", NumberText.near(1e6));
    }
}
