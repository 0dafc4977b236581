package org.gradus.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.gradus.backend.Backend;
import org.gradus.backend.FastBackend;
import org.gradus.backend.Precision;
import org.gradus.init.Dimensions;
import org.gradus.init.Orthogonal;
import org.gradus.linalg.LowRank;
import org.gradus.linalg.Matrix;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.gradus.problem.Targets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A solver that is restored to what another has saved shows, to the last bit, what that other would have shown. */
final class SavingTest {

    /** Saved numbers outlive the solver that they are of. */
    private static SavedNumbers saved(Solver solver) {
        List<List<double[]>> runs = new ArrayList<>();
        int[] lengths = solver.savedLengths();
        for (int run = 0; run < solver.runs(); run++) {
            List<double[]> arrays = new ArrayList<>();
            for (int i = 0; i < lengths.length; i++) {
                arrays.add(solver.save(run, i));
                assertEquals(lengths[i], arrays.get(i).length);
            }
            runs.add(arrays);
        }
        return (run, index) -> runs.get(run).get(index);
    }

    /** Loss, singular values, product and factors of every run. */
    private static List<double[]> seen(Solver solver, int depth) {
        List<double[]> seen = new ArrayList<>();
        State state = solver.observe();
        for (int run = 0; run < solver.runs(); run++) {
            seen.add(new double[] {state.step(), state.loss(run), state.testError(run), state.balancedness(run)});
            seen.add(state.singularValues(run));
            seen.add(state.product(run).data());
            for (int j = 1; j <= depth; j++) {
                seen.add(state.factor(run, j).data());
            }
        }
        return seen;
    }

    private static void assertGoesOn(Supplier<? extends Solver> open, int depth, boolean freeze) {
        SavedNumbers numbers;
        List<double[]> expected;
        try (Solver whole = open.get()) {
            whole.advance(13);
            if (freeze) {
                whole.freeze(0);
            }
            whole.advance(8);
            numbers = saved(whole);
            List<double[]> before = seen(whole, depth);
            whole.advance(19);
            expected = seen(whole, depth);
            assertEquals(freeze, before.get(0)[1] == expected.get(0)[1], "run 0 moves unless it is frozen");
        }
        try (Solver resumed = open.get()) {
            resumed.restore(21, numbers);
            if (freeze) {
                resumed.freeze(0);
            }
            assertEquals(21, resumed.step());
            assertEquals(21, resumed.settled());
            resumed.advance(12);
            resumed.advance(7);
            List<double[]> found = seen(resumed, depth);
            assertEquals(40, resumed.step());
            assertEquals(40, resumed.settled());
            for (int i = 0; i < expected.size(); i++) {
                assertArrayEquals(expected.get(i), found.get(i), "" + i);
            }
        }
    }

    static Stream<Arguments> dense() {
        Stream<DescentCase> cases = LongStream.range(7_000, 7_014).mapToObj(seed -> DescentCase.of(seed, 12));
        return FastBackend.over(cases, List.of(FastBackend.CPU_1, FastBackend.CPU_2), test -> test.seed() % 2 == 0);
    }

    @ParameterizedTest
    @MethodSource("dense")
    void aDenseDescentGoesOn(DescentCase test, FastBackend fast) {
        Precision precision = test.seed() % 3 == 0 ? Precision.FLOAT32 : Precision.FLOAT64;
        try (Backend backend = fast.open()) {
            assertGoesOn(() -> test.open(backend, precision), test.dimensions().depth(), test.seed() % 4 == 1);
        }
    }

    static Stream<Arguments> observed() {
        Stream<ObservedCase> cases = LongStream.range(7_100, 7_112).mapToObj(seed -> ObservedCase.of(seed, 9));
        return FastBackend.over(cases, List.of(FastBackend.CPU_2), test -> test.seed() % 2 == 0);
    }

    @ParameterizedTest
    @MethodSource("observed")
    void aDescentOnObservationsGoesOn(ObservedCase test, FastBackend fast) {
        try (Backend backend = fast.open()) {
            assertGoesOn(() -> test.open(backend), test.dimensions().depth(), false);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.2, 0.2", "0.15, 0.2"})
    void modesGoOn(double first, double others) {
        Matrix target = Targets.synthetic(20, 20, new double[] {3, 2, 1, -0.5}, true, 5);
        Estimation problem = new Estimation(target, Optional.empty(), Loss.SUM);
        List<SpectralModes.Run> runs =
                List.of(new SpectralModes.Run(first, others, 0.01), new SpectralModes.Run(0.3, 0.3, 0.02));
        Function<ModalBasis, Solver> open = basis -> new SpectralModes(problem, basis, square(20, 3), false, runs, 2);
        assertGoesOn(() -> open.apply(ModalBasis.ofSymmetric(target)), 3, false);
        assertGoesOn(() -> open.apply(ModalBasis.ofSymmetric(target)), 3, true);
    }

    @ParameterizedTest
    @CsvSource({"CPU_1, 2", "CPU_2, 3", "CUDA, 3"})
    void aSubspaceGoesOn(FastBackend fast, int depth) {
        Matrix target = Targets.synthetic(24, 24, new double[] {3, 2, 1}, false, 5);
        Estimation problem = new Estimation(target, Optional.empty(), Loss.SUM);
        try (Backend backend = fast.open()) {
            assertGoesOn(
                    () -> new SubspaceDescent(
                            backend,
                            Precision.FLOAT64,
                            problem,
                            LowRank.of(target),
                            square(24, depth),
                            new Orthogonal(0.2, 3),
                            0.01,
                            DescentCase.ALL),
                    depth,
                    false);
        }
    }

    private static Dimensions square(int n, int depth) {
        return new Dimensions(Collections.nCopies(depth + 1, n));
    }
}
