package org.gradus.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.gradus.backend.Backend;
import org.gradus.backend.FastBackend;
import org.gradus.backend.Precision;
import org.gradus.backend.reference.ReferenceBackend;
import org.gradus.dynamics.DenseDescent;
import org.gradus.dynamics.Measures;
import org.gradus.dynamics.ModalBasis;
import org.gradus.dynamics.Solver;
import org.gradus.dynamics.SpectralModes;
import org.gradus.dynamics.State;
import org.gradus.init.Given;
import org.gradus.init.Identical;
import org.gradus.init.Initialization;
import org.gradus.init.Perturbed;
import org.gradus.observe.Ranks;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Dense descent against runs of an independent program in NumPy and mpmath. */
final class GoldenTest {
    private static final List<String> CASES = List.of(
            "c02_sym_identical_n16_N2",
            "c05_sym_perturbed_n32_N3",
            "c11_rect_12x20_N3_given",
            "d02_sensing_n12_m80_N3_gauss",
            "d03_completion_n30_N3_orth");

    static Stream<Arguments> casesOnEveryBackend() {
        return CASES.stream()
                .flatMap(name -> Stream.of("reference", "one thread", "two threads", "cuda")
                        .flatMap(
                                backend -> Stream.of(true, false).map(asFiles -> Arguments.of(name, backend, asFiles))))
                .filter(each -> ((String) each.get()[0]).startsWith("c0") || (boolean) each.get()[2]);
    }

    @ParameterizedTest(name = "{0}, {1}, start from files: {2}")
    @MethodSource("casesOnEveryBackend")
    void aRunAgreesWithTheReferenceResult(String name, String backendName, boolean asFiles) {
        GoldenCase golden = new GoldenCase(name);
        Initialization start = asFiles ? new Given(golden.factors()) : namedStart(name, golden);
        try (Backend backend = open(backendName);
                DenseDescent descent = new DenseDescent(
                        backend,
                        Precision.FLOAT64,
                        golden.problem(),
                        golden.dimensions(),
                        List.of(new DenseDescent.Run(start, golden.stepSize())),
                        new Measures(true, false))) {
            assertFollows(golden, descent);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c02_sym_identical_n16_N2", "c05_sym_perturbed_n32_N3"})
    void theScalarRecursionAgreesWithTheReferenceResult(String name) {
        GoldenCase golden = new GoldenCase(name);
        double alpha = golden.start("alpha");
        double first = name.startsWith("c02") ? alpha : alpha - golden.start("beta");
        try (SpectralModes modes = new SpectralModes(
                new Estimation(golden.target(), Optional.empty(), Loss.SUM),
                ModalBasis.ofSymmetric(golden.target()),
                golden.dimensions(),
                false,
                List.of(new SpectralModes.Run(first, alpha, golden.stepSize())),
                1)) {
            assertFollows(golden, modes);
        }
    }

    private static void assertFollows(GoldenCase golden, Solver solver) {
        double firstLoss = solver.observe().loss(0);
        State state = null;
        for (JsonNode row : golden.log()) {
            solver.advance(row.get("step").asLong() - solver.step());
            state = solver.observe();
            assertRow(golden, row, state, firstLoss);
        }
        assertArrayEquals(
                golden.finalProduct().data(),
                state.product(0).data(),
                golden.tolerance("final_product_abs"),
                "final product");
    }

    private static Initialization namedStart(String name, GoldenCase golden) {
        return name.startsWith("c02")
                ? new Identical(golden.start("alpha"))
                : new Perturbed(golden.start("alpha"), golden.start("beta"));
    }

    private static Backend open(String name) {
        return switch (name) {
            case "reference" -> new ReferenceBackend();
            case "one thread" -> FastBackend.CPU_1.open();
            case "two threads" -> FastBackend.CPU_2.open();
            default -> FastBackend.CUDA.open();
        };
    }

    private static void assertRow(GoldenCase golden, JsonNode row, State state, double firstLoss) {
        String at = "step " + row.get("step");
        assertEquals(
                row.get("loss").asDouble(),
                state.loss(0),
                golden.tolerance("loss_over_loss0") * firstLoss,
                at + ", loss");
        double[] values = numbers(row.get("product_sv"));
        assertArrayEquals(
                values,
                state.singularValues(0),
                golden.tolerance("product_sv_over_max") * values[0],
                at + ", singular values");
        assertRank(golden, row, state, "effective_rank", Ranks::effective);
        assertRank(golden, row, state, "stable_rank", Ranks::stable);
        assertRank(golden, row, state, "entropy_rank", Ranks::entropy);
        if (row.has("test_error")) {
            double error = row.get("test_error").asDouble();
            assertEquals(error, state.testError(0), golden.tolerance("test_error_abs"), at + ", test error");
        }
        int j = 1;
        for (JsonNode factor : row.get("factor_sv")) {
            assertArrayEquals(
                    numbers(factor),
                    state.factorSingularValues(0, j),
                    golden.tolerance("factor_sv_abs"),
                    at + ", singular values of W_" + j);
            j++;
        }
        assertTrue(j > 2, "the case holds the factors' singular values");
    }

    private static void assertRank(
            GoldenCase golden, JsonNode row, State state, String key, ToDoubleFunction<double[]> rank) {
        double expected = row.get(key).asDouble();
        double found = rank.applyAsDouble(state.singularValues(0));
        assertEquals(
                expected, found, golden.tolerance(key + "_rel") * expected, "step " + row.get("step") + ", " + key);
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }
}
