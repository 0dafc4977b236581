package org.gradus.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The verbs of sensing and completion, on every backend, against the plain loops of the reference. */
public abstract class ObservationContract extends PairedBackends {

    /** Precision, operators m, rows, columns, runs. */
    static Stream<Arguments> measurements() {
        Stream.Builder<Arguments> cases = Stream.builder();
        int[][] sizes = {
            {1, 1, 1, 1},
            {1, 3, 2, 2},
            {2, 1, 7, 1},
            {5, 4, 4, 3},
            {31, 8, 8, 1},
            {33, 5, 9, 2},
            {64, 16, 16, 5},
            {100, 12, 12, 1},
            {7, 33, 31, 16},
            {300, 20, 3, 4},
            {257, 2, 2, 7}
        };
        for (Precision precision : Precision.values()) {
            for (int[] size : sizes) {
                cases.add(Arguments.of(precision, size[0], size[1], size[2], size[3]));
            }
        }
        return cases.build();
    }

    @ParameterizedTest
    @MethodSource("measurements")
    void measurementsAreInnerProductsMinusObservations(Precision precision, int m, int rows, int cols, int runs) {
        SplittableRandom random = new SplittableRandom(m * 31L + rows * 7L + cols + runs);
        Pair operators = random(random, m, rows, cols, precision);
        Pair y = random(random, m, 1, 1, precision);
        Pair x = random(random, runs, rows, cols, precision);
        Pair out = random(random, runs, m, 1, precision);
        onBoth((ops, tested) -> ops.measure(of(operators, tested), of(y, tested), of(x, tested), of(out, tested)));
        assertSame(out, tolerance(precision, rows * cols), "A(x) - y");
    }

    @ParameterizedTest
    @MethodSource("measurements")
    void aNormalResidualIsTheAdjointOfTheResidual(Precision precision, int m, int rows, int cols, int runs) {
        SplittableRandom random = new SplittableRandom(m * 37L + rows * 7L + cols + runs);
        Pair operators = random(random, m, rows, cols, precision);
        Pair y = random(random, m, 1, 1, precision);
        Pair x = random(random, runs, rows, cols, precision);
        Pair residuals = random(random, runs, m, 1, precision);
        Pair out = random(random, runs, rows, cols, precision);
        double bound = tolerance(precision, rows * cols + m) * Math.sqrt(rows * cols) * m;
        for (int batch : new int[] {1, runs}) {
            Pair factors = random(random, batch, 1, 1, precision);
            for (double beta : new double[] {1, 0}) {
                onBoth((ops, tested) -> ops.normalResidual(
                        of(factors, tested),
                        of(operators, tested),
                        of(y, tested),
                        of(x, tested),
                        of(residuals, tested),
                        beta,
                        of(out, tested)));
                assertSame(residuals, tolerance(precision, rows * cols), "the residuals");
                assertSame(out, bound, "beta = " + beta);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void runsAndOperatorsLieWhereTheirMatricesDo(Precision precision) {
        SplittableRandom random = new SplittableRandom(5);
        Pair operators = random(random, 9, 4, 3, precision);
        Pair y = random(random, 9, 1, 1, precision);
        Pair wide = random(random, 3, 6, 5, precision);
        Pair residuals = random(random, 3, 11, 1, precision);
        Pair out = random(random, 3, 5, 5, precision);
        Pair factors = random(random, 3, 1, 1, precision);
        onBoth((ops, tested) -> {
            for (int[] block : new int[][] {{2, 6}, {6, 9}}) {
                ops.normalResidual(
                        of(factors, tested),
                        of(operators, tested).slice(block[0], block[1]),
                        of(y, tested).slice(block[0], block[1]),
                        of(wide, tested).reshape(4, 3),
                        of(residuals, tested).reshape(block[1] - block[0], 1),
                        1,
                        of(out, tested).reshape(4, 3));
            }
        });
        assertSame(wide, 0, "x is only read");
        assertSame(residuals, tolerance(precision, 12), "residuals of the last block, the rest untouched");
        assertSame(out, 50 * tolerance(precision, 12), "two blocks added, the rest untouched");
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void withoutBetaTheOldContentDoesNotMatter(Precision precision) {
        SplittableRandom random = new SplittableRandom(6);
        double[] nan = new double[2 * 4 * 3];
        Arrays.fill(nan, Double.NaN);
        Pair out = pair(new Shape(2, 4, 3), precision, nan);
        Pair operators = random(random, 5, 4, 3, precision);
        Pair y = random(random, 5, 1, 1, precision);
        Pair x = random(random, 2, 4, 3, precision);
        Pair factors = random(random, 2, 1, 1, precision);
        Pair residuals = pair(new Shape(2, 5, 1), precision, Arrays.copyOf(nan, 10));
        onBoth((ops, tested) -> ops.normalResidual(
                of(factors, tested),
                of(operators, tested),
                of(y, tested),
                of(x, tested),
                of(residuals, tested),
                0,
                of(out, tested)));
        assertSame(out, 20 * tolerance(precision, 12), "no NaN");
    }

    static Stream<Arguments> columns() {
        return Stream.of(Precision.values())
                .flatMap(precision -> Stream.of(
                                new int[] {1, 1},
                                new int[] {3, 5},
                                new int[] {33, 31},
                                new int[] {64, 65},
                                new int[] {200, 3},
                                new int[] {2, 300},
                                new int[] {513, 7})
                        .map(size -> Arguments.of(precision, size[0], size[1])));
    }

    @ParameterizedTest
    @MethodSource("columns")
    void columnsAreMultipliedAndScaled(Precision precision, int rows, int cols) {
        SplittableRandom random = new SplittableRandom(rows * 1000L + cols);
        for (int[] batches : new int[][] {{1, 1, 1}, {1, 4, 4}, {3, 1, 3}, {5, 5, 5}}) {
            Pair a = random(random, batches[0], rows, cols, precision);
            Pair b = random(random, batches[1], rows, cols, precision);
            Pair dots = random(random, batches[2], cols, 1, precision);
            onBoth((ops, tested) -> ops.columnInnerProducts(of(a, tested), of(b, tested), of(dots, tested)));
            assertSame(dots, tolerance(precision, rows), "inner products, batches " + Arrays.toString(batches));
            Pair factors = random(random, batches[1], cols, 1, precision);
            Pair out = random(random, batches[2], rows, cols, precision);
            onBoth((ops, tested) -> ops.scaleColumns(of(factors, tested), of(a, tested), of(out, tested)));
            assertSame(out, tolerance(precision, 1), "scaled columns, batches " + Arrays.toString(batches));
        }
    }

    private record PairedPlaces(Places tested, Places expected) {}

    /** Some of the columns empty, some full. */
    private PairedPlaces places(SplittableRandom random, int rows, int cols) {
        int[] starts = new int[cols + 1];
        IntStream.Builder indices = IntStream.builder();
        int count = 0;
        for (int j = 0; j < cols; j++) {
            double fraction = j == cols - 1 ? 1 : new double[] {0, 0.3, 1, 0.05}[random.nextInt(4)];
            for (int i = 0; i < rows; i++) {
                if (random.nextDouble() < fraction) {
                    indices.add(i);
                    count++;
                }
            }
            starts[j + 1] = count;
        }
        int[] rowIndices = indices.build().toArray();
        return new PairedPlaces(
                arena.places(rows, starts.clone(), rowIndices.clone()),
                referenceArena.places(rows, starts, rowIndices));
    }

    @ParameterizedTest
    @MethodSource("columns")
    void placesAreGatheredAndOthersMadeZero(Precision precision, int rows, int cols) {
        SplittableRandom random = new SplittableRandom(rows * 1001L + cols);
        for (int runs : new int[] {1, 2, 7}) {
            PairedPlaces places = places(random, rows, cols);
            int count = places.expected().count();
            Pair x = random(random, runs, rows, cols, precision);
            Pair gathered = random(random, runs, count, 1, precision);
            onBoth((ops, tested) -> ops.gather(of(places, tested), of(x, tested), of(gathered, tested)));
            assertSame(gathered, 0, "gathered, " + runs + " runs");
            Pair y = random(random, 1, count, 1, precision);
            Pair residuals = random(random, runs, count, 1, precision);
            for (int batch : new int[] {runs, 1}) {
                Pair factors = random(random, batch, 1, 1, precision);
                onBoth((ops, tested) -> ops.observedResidual(
                        of(factors, tested), of(places, tested), of(y, tested), of(residuals, tested), of(x, tested)));
                assertSame(x, tolerance(precision, 1), "P(x - y), " + runs + " runs");
                assertSame(residuals, tolerance(precision, 1), "its entries, " + runs + " runs");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void entriesThatAreNotObservedMayBeAnything(Precision precision) {
        double[] entries = {1, Double.NaN, 3, Double.POSITIVE_INFINITY};
        MatrixBatch x = arena.allocate(new Shape(1, 2, 2), precision);
        MatrixBatch y = arena.allocate(new Shape(1, 2, 1), precision);
        MatrixBatch residuals = arena.allocate(new Shape(1, 2, 1), precision);
        MatrixBatch one = arena.allocate(new Shape(1, 1, 1), precision);
        backend.ops().upload(entries, x);
        backend.ops().upload(new double[] {1}, one);
        Places places = arena.places(2, new int[] {0, 1, 2}, new int[] {0, 0});
        backend.ops().observedResidual(one, places, y, residuals, x);
        assertArrayEquals(new double[] {1, 0, 3, 0}, read(backend, x));
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void observationVerbsCanBeRecorded(Precision precision) {
        SplittableRandom random = new SplittableRandom(8);
        for (int runs : new int[] {1, 4}) {
            int n = 10;
            Pair operators = random(random, 40, n, n, precision);
            Pair y = random(random, 40, 1, 1, precision);
            Pair factors = pair(new Shape(1, 1, 1), precision, new double[] {-0.003});
            Pair w = random(random, runs, n, n, precision);
            Pair v = random(random, runs, n, n, precision);
            Pair product = random(random, runs, n, n, precision);
            Pair residuals = random(random, runs, 40, 1, precision);
            Pair gradient = random(random, runs, n, n, precision);
            PairedPlaces places = places(random, n, n);
            Pair values = random(random, 1, places.expected().count(), 1, precision);
            Pair observed = random(random, runs, places.expected().count(), 1, precision);
            BiConsumer<Ops, Boolean> step = (ops, tested) -> {
                MatrixBatch x = of(product, tested);
                MatrixBatch g = of(gradient, tested);
                ops.multiply(0.3, Transpose.NO, of(w, tested), Transpose.NO, of(v, tested), 0, x);
                ops.normalResidual(
                        of(factors, tested), of(operators, tested), of(y, tested), x, of(residuals, tested), 0, g);
                ops.multiply(1, Transpose.NO, g, Transpose.YES, of(v, tested), 1, of(w, tested));
                ops.multiply(0.3, Transpose.NO, of(w, tested), Transpose.NO, of(v, tested), 0, x);
                ops.observedResidual(
                        of(factors, tested), of(places, tested), of(values, tested), of(observed, tested), x);
                ops.multiply(1, Transpose.YES, of(w, tested), Transpose.NO, x, 1, of(v, tested));
                ops.gather(of(places, tested), of(w, tested), of(observed, tested));
                ops.columnInnerProducts(
                        of(w, tested), of(v, tested), of(residuals, tested).reshape(n, 1));
                ops.scaleColumns(of(residuals, tested).reshape(n, 1), of(w, tested), x);
                ops.multiply(0.001, Transpose.NO, x, Transpose.NO, g, 1, of(v, tested));
            };
            try (Recording recording = backend.record(() -> step.accept(backend.ops(), true))) {
                recording.replay(5);
            }
            for (int i = 0; i < 5; i++) {
                step.accept(reference.ops(), false);
            }
            assertSame(w, 1000 * tolerance(precision, n), runs + " runs, W");
            assertSame(v, 1000 * tolerance(precision, n), runs + " runs, V");
        }
    }

    @Test
    void observationsThatDoNotFitAreRefusedWithVerbAndShapes() {
        Ops ops = backend.ops();
        MatrixBatch operators = arena.allocate(new Shape(5, 3, 2), Precision.FLOAT64);
        MatrixBatch y = arena.allocate(new Shape(5, 1, 1), Precision.FLOAT64);
        MatrixBatch x = arena.allocate(new Shape(2, 3, 2), Precision.FLOAT64);
        MatrixBatch transposed = arena.allocate(new Shape(2, 2, 3), Precision.FLOAT64);
        MatrixBatch residuals = arena.allocate(new Shape(2, 5, 1), Precision.FLOAT64);
        MatrixBatch four = arena.allocate(new Shape(2, 4, 1), Precision.FLOAT64);
        MatrixBatch one = arena.allocate(new Shape(1, 1, 1), Precision.FLOAT64);
        Places places = arena.places(3, new int[] {0, 2, 4}, new int[] {0, 2, 0, 1});
        MatrixBatch values = arena.allocate(new Shape(1, 4, 1), Precision.FLOAT64);
        refuses("measure: 5·(3×2)", () -> ops.measure(operators, y, transposed, residuals));
        refuses("measure: the residuals must be 2·(5×1), not 2·(4×1)", () -> ops.measure(operators, y, x, four));
        refuses("measure: the observations must be 5·(1×1)", () -> ops.measure(operators, one, x, residuals));
        refuses(
                "normalResidual: the sum must be 2·(3×2)",
                () -> ops.normalResidual(one, operators, y, x, residuals, 0, transposed));
        refuses("gather: 4 places of 3×2 are none of 2·(2×3)", () -> ops.gather(places, transposed, four));
        refuses(
                "observedResidual: the values must be 1·(4×1), not 2·(4×1)",
                () -> ops.observedResidual(one, places, four, four, x));
        refuses(
                "observedResidual: the numbers at 4 places",
                () -> ops.observedResidual(one, places, values, residuals, x));
        refuses("scaleColumns: the factors must be 2·(2×1)", () -> ops.scaleColumns(four, x, x));
        refuses("columnInnerProducts: the result", () -> ops.columnInnerProducts(x, x, four));
        refuses(
                "gather: 4 places of 3×2 belong to another backend",
                () -> ops.gather(referenceArena.places(3, new int[] {0, 2, 4}, new int[] {0, 2, 0, 1}), x, four));
        Places gone;
        try (Arena closed = backend.openArena()) {
            gone = closed.places(3, new int[] {0, 2, 4}, new int[] {0, 2, 0, 1});
        }
        assertThrows(IllegalStateException.class, () -> ops.gather(gone, x, four));
    }

    private static void refuses(String message, Runnable call) {
        IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(thrown.getMessage().startsWith(message), thrown::getMessage);
        assertEquals(1, thrown.getMessage().lines().count());
    }

    private void onBoth(BiConsumer<Ops, Boolean> calls) {
        calls.accept(backend.ops(), true);
        calls.accept(reference.ops(), false);
    }

    private static MatrixBatch of(Pair pair, boolean tested) {
        return tested ? pair.tested() : pair.expected();
    }

    private static Places of(PairedPlaces places, boolean tested) {
        return tested ? places.tested() : places.expected();
    }
}
