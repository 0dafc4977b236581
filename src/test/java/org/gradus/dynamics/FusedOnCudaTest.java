package org.gradus.dynamics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradus.backend.Backend;
import org.gradus.backend.ForwardingBackend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;
import org.gradus.backend.cuda.EmulatedCuda;
import org.gradus.backend.reference.ReferenceBackend;
import org.gradus.init.Dimensions;
import org.gradus.init.Orthogonal;
import org.gradus.init.RandomEntries;
import org.gradus.linalg.Matrix;
import org.gradus.linalg.PlainMatrices;
import org.gradus.problem.Estimation;
import org.gradus.problem.Loss;
import org.gradus.problem.Targets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole intervals in one launch, where the factors are small enough, against graphs of steps and the plain loops. */
final class FusedOnCudaTest {

    @BeforeEach
    void othersAreForgotten() {
        EmulatedCuda.begin();
    }

    /** A backend that counts and can be kept from fusing. */
    private static final class Watched extends ForwardingBackend {
        private final boolean fuses;
        int fused;

        Watched(Backend inside, boolean fuses) {
            super(inside);
            this.fuses = fuses;
        }

        @Override
        public Optional<Recording> fuse(
                List<MatrixBatch> factors, MatrixBatch target, MatrixBatch perRun, Runnable check) {
            Optional<Recording> recording =
                    fuses ? super.fuse(factors, target, perRun, check) : Optional.<Recording>empty();
            fused += recording.isPresent() ? 1 : 0;
            return recording;
        }
    }

    /** Runs of different starts and step sizes. */
    private static DescentCase descent(int runs, Integer... sizes) {
        Dimensions dimensions = new Dimensions(List.of(sizes));
        int rank = Math.min(2, Math.min(dimensions.rows(), dimensions.cols()));
        double[] spectrum = Arrays.copyOf(new double[] {1.5, 1}, rank);
        Matrix target = Targets.synthetic(dimensions.rows(), dimensions.cols(), spectrum, false, sizes.length);
        Estimation problem = new Estimation(target, Optional.empty(), Loss.SUM);
        List<DenseDescent.Run> batch = IntStream.range(0, runs)
                .mapToObj(run -> new DenseDescent.Run(new Orthogonal(0.8 - 0.1 * run, run), 0.004 * (run + 1)))
                .toList();
        return new DescentCase(0, problem, dimensions, batch);
    }

    /** What {@code use} makes of a descent on CUDA, in one piece or in graphs. */
    private static <T> T onCuda(boolean fuses, DescentCase test, Precision precision, Function<DenseDescent, T> use) {
        try (Watched backend = new Watched(EmulatedCuda.open(), fuses)) {
            try (DenseDescent descent = new DenseDescent(
                    backend, precision, test.problem(), test.dimensions(), test.runs(), Measures.BASIC)) {
                assertEquals(fuses ? 1 : 0, backend.fused);
                return use.apply(descent);
            }
        } finally {
            EmulatedCuda.assertClean();
        }
    }

    /** W_1 … W_N of every run. */
    private static List<Matrix> factors(DenseDescent descent, DescentCase test) {
        State state = descent.observe();
        return IntStream.range(0, test.runs().size())
                .boxed()
                .flatMap(run -> test.factors(state, run).stream())
                .toList();
    }

    private static List<Matrix> factorsAfter(DenseDescent descent, DescentCase test, long... steps) {
        for (long each : steps) {
            descent.advance(each);
        }
        return factors(descent, test);
    }

    private static void assertClose(List<Matrix> expected, List<Matrix> found, double tolerance, String what) {
        for (int i = 0; i < expected.size(); i++) {
            double distance = PlainMatrices.distance(expected.get(i), found.get(i));
            assertTrue(distance <= tolerance * (1 + PlainMatrices.norm(expected.get(i))), what + ": " + distance);
        }
    }

    private static void assertThreeAgree(DescentCase test, long... steps) {
        for (Precision precision : Precision.values()) {
            double tolerance = precision == Precision.FLOAT64 ? 1e-12 : 1e-4;
            List<Matrix> plain;
            try (Backend reference = new ReferenceBackend();
                    DenseDescent descent = test.open(reference)) {
                plain = factorsAfter(descent, test, steps);
            }
            List<Matrix> fused = onCuda(true, test, precision, descent -> factorsAfter(descent, test, steps));
            List<Matrix> graphs = onCuda(false, test, precision, descent -> factorsAfter(descent, test, steps));
            assertClose(plain, fused, tolerance, precision + ", fused");
            assertClose(plain, graphs, tolerance, precision + ", graphs");
        }
    }

    /** Around the sizes of the kernel's variants, which are multiples of 8; rectangular; of depth 1 to 8. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "7 7",
                "8 8 8",
                "9 8 9",
                "12 20 7 9",
                "1 5 1",
                "16 16 16",
                "17 15 16 17",
                "23 24 25",
                "24 24",
                "31 32 31",
                "32 32 32 32",
                "32 2 32 3 30",
                "6 6 6 6 6 6",
                "10 4 9 5 8 6 7",
                "3 4 5 6 7 8 9 10",
                "9 9 9 9 9 9 9 9 9"
            })
    void onePieceGraphsAndPlainLoopsAgree(String sizes) {
        assertThreeAgree(
                descent(3, Stream.of(sizes.split(" ", -1)).map(Integer::valueOf).toArray(Integer[]::new)), 40);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 255, 256, 257})
    void everyNumberOfStepsIsThatManySteps(long steps) {
        assertThreeAgree(descent(2, 5, 6, 4), steps);
    }

    @Test
    void factorsBeyondThirtyTwoAreNotFused() {
        DescentCase test = descent(1, 33, 33);
        try (Watched backend = new Watched(EmulatedCuda.open(), true);
                DenseDescent descent = test.open(backend)) {
            assertEquals(0, backend.fused);
            descent.advance(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, FLOAT64", "true, FLOAT32", "false, FLOAT64", "false, FLOAT32"})
    void stepsCutDifferentlyHaveTheSameBits(boolean fuses, Precision precision) {
        DescentCase test = descent(3, 11, 17, 9);
        List<Matrix> whole = onCuda(fuses, test, precision, descent -> factorsAfter(descent, test, 300));
        assertEquals(whole, onCuda(fuses, test, precision, descent -> factorsAfter(descent, test, 1, 255, 44)));
        assertEquals(whole, onCuda(fuses, test, precision, descent -> {
            descent.advance(17);
            descent.observe();
            return factorsAfter(descent, test, 0, 256, 27);
        }));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFrozenRunKeepsEveryBitAndTheOthersGoOn(boolean fuses) {
        DescentCase test = descent(3, 9, 12, 10);
        int depth = test.dimensions().depth();
        List<Matrix> free = onCuda(fuses, test, Precision.FLOAT64, descent -> factorsAfter(descent, test, 20, 30));
        List<Matrix> early = onCuda(fuses, test, Precision.FLOAT64, descent -> factorsAfter(descent, test, 20));
        List<Matrix> partly = onCuda(fuses, test, Precision.FLOAT64, descent -> {
            descent.advance(20);
            descent.freeze(1);
            return factorsAfter(descent, test, 30);
        });
        for (int i = 0; i < partly.size(); i++) {
            boolean frozen = i / depth == 1;
            assertArrayEquals(
                    (frozen ? early : free).get(i).data(), partly.get(i).data(), "factor " + i);
            assertNotEquals(early.get(i), free.get(i));
        }
    }

    /** Also in the middle of a launch: the others never see it. */
    @ParameterizedTest
    @CsvSource({"true, FLOAT64", "true, FLOAT32", "false, FLOAT64"})
    void aRunThatDivergesIsFoundAndTheOthersGoOn(boolean fuses, Precision precision) {
        DescentCase calm = descent(4, 8, 10, 8);
        List<DenseDescent.Run> runs = new ArrayList<>(calm.runs());
        runs.set(2, new DenseDescent.Run(runs.get(2).start(), 50));
        DescentCase wild = calm.with(runs);
        int depth = calm.dimensions().depth();
        List<Matrix> expected = onCuda(fuses, calm, precision, descent -> factorsAfter(descent, calm, 200, 1, 99));
        List<Matrix> found = onCuda(fuses, wild, precision, descent -> {
            assertArrayEquals(new boolean[] {true, true, true, true}, descent.finite());
            descent.advance(200);
            assertFalse(Double.isFinite(descent.observe().loss(2)));
            assertArrayEquals(new boolean[] {true, true, false, true}, descent.finite());
            descent.freeze(2);
            descent.advance(1);
            descent.observe();
            assertArrayEquals(new boolean[] {true, true, false, true}, descent.finite());
            return factorsAfter(descent, wild, 99);
        });
        for (int i = 0; i < found.size(); i++) {
            if (i / depth == 2) {
                assertFalse(found.get(i).isFinite(), "factor " + i);
            } else {
                assertEquals(expected.get(i), found.get(i), "factor " + i);
            }
        }
    }

    /** More blocks than a device has room for at once, and a start of each run's own. */
    @Test
    void aThousandRunsAreAsManyDescents() {
        Dimensions dimensions = new Dimensions(List.of(4, 3, 4));
        Matrix target = Targets.synthetic(4, 4, new double[] {1}, false, 1);
        List<DenseDescent.Run> runs = IntStream.range(0, 1_000)
                .mapToObj(run -> new DenseDescent.Run(
                        new RandomEntries(RandomEntries.Distribution.GAUSSIAN, 0.3, OptionalDouble.empty(), run),
                        0.01 + 1e-5 * run))
                .toList();
        DescentCase test = new DescentCase(0, new Estimation(target, Optional.empty(), Loss.SUM), dimensions, runs);
        List<Matrix> together = onCuda(true, test, Precision.FLOAT64, descent -> factorsAfter(descent, test, 30));
        for (int run : new int[] {0, 1, 499, 998, 999}) {
            DescentCase alone = test.only(run);
            List<Matrix> own = onCuda(true, alone, Precision.FLOAT64, descent -> factorsAfter(descent, alone, 30));
            assertEquals(own, together.subList(2 * run, 2 * run + 2), "run " + run);
        }
    }
}
