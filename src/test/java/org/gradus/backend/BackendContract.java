package org.gradus.backend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradus.backend.reference.ReferenceBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every backend does, checked verb by verb against the plain loops of the reference. */
public abstract class BackendContract extends ObservationContract {
    private static final int[] SIZES = {1, 2, 3, 31, 32, 33, 64, 127};

    static Stream<Arguments> products() {
        Stream.Builder<Arguments> cases = Stream.builder();
        SplittableRandom sizes = new SplittableRandom(1);
        for (Precision precision : Precision.values()) {
            for (int n : SIZES) {
                int m = SIZES[sizes.nextInt(SIZES.length)];
                int k = SIZES[sizes.nextInt(SIZES.length)];
                for (Transpose a : Transpose.values()) {
                    for (Transpose b : Transpose.values()) {
                        cases.add(Arguments.of(precision, m, n, k, a, b));
                        cases.add(Arguments.of(precision, n, n, n, a, b));
                    }
                }
            }
        }
        return cases.build();
    }

    @ParameterizedTest
    @MethodSource("products")
    void multiplyAgreesWithThePlainLoop(Precision precision, int m, int n, int k, Transpose ta, Transpose tb) {
        SplittableRandom random = new SplittableRandom(m * 1_000_003L + n * 1009L + k);
        for (int[] batches : new int[][] {{1, 1, 1}, {3, 1, 3}, {1, 2, 2}, {4, 4, 4}, {9, 9, 9}}) {
            if (batches[2] > 3 && (long) m * n * k > 40_000) {
                continue;
            }
            Pair a = ta == Transpose.NO
                    ? random(random, batches[0], m, k, precision)
                    : random(random, batches[0], k, m, precision);
            Pair b = tb == Transpose.NO
                    ? random(random, batches[1], k, n, precision)
                    : random(random, batches[1], n, k, precision);
            Pair out = random(random, batches[2], m, n, precision);
            for (double beta : new double[] {0, 1, -0.5}) {
                backend.ops().multiply(0.75, ta, a.tested(), tb, b.tested(), beta, out.tested());
                reference.ops().multiply(0.75, ta, a.expected(), tb, b.expected(), beta, out.expected());
                assertSame(out, tolerance(precision, k), "beta = " + beta + ", batches " + Arrays.toString(batches));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("products")
    void residualAgreesWithThePlainLoop(Precision precision, int m, int n, int k, Transpose ta, Transpose tb) {
        SplittableRandom random = new SplittableRandom(m * 1_000_003L + n * 1009L + k + 1);
        for (int[] batches : new int[][] {{1, 1, 1, 1, 1}, {3, 3, 1, 3, 3}, {1, 2, 2, 1, 2}, {8, 8, 1, 8, 8}}) {
            if (batches[4] > 3 && (long) m * n * k > 40_000) {
                continue;
            }
            Pair a = ta == Transpose.NO
                    ? random(random, batches[0], m, k, precision)
                    : random(random, batches[0], k, m, precision);
            Pair b = tb == Transpose.NO
                    ? random(random, batches[1], k, n, precision)
                    : random(random, batches[1], n, k, precision);
            Pair target = random(random, batches[2], m, n, precision);
            Pair factors = random(random, batches[3], 1, 1, precision);
            double[] nan = new double[batches[4] * m * n];
            Arrays.fill(nan, Double.NaN);
            Pair out = pair(new Shape(batches[4], m, n), precision, nan);
            backend.ops().residual(factors.tested(), ta, a.tested(), tb, b.tested(), target.tested(), out.tested());
            reference
                    .ops()
                    .residual(
                            factors.expected(), ta, a.expected(), tb, b.expected(), target.expected(), out.expected());
            assertSame(out, tolerance(precision, k), "batches " + Arrays.toString(batches));
        }
    }

    @ParameterizedTest
    @MethodSource("precisions")
    void betaZeroOverwritesNaN(Precision precision) {
        for (int n : SIZES) {
            Pair a = random(new SplittableRandom(n), 2, n, n, precision);
            double[] nan = new double[2 * n * n];
            Arrays.fill(nan, Double.NaN);
            Pair out = pair(new Shape(2, n, n), precision, nan);
            backend.ops().multiply(1, Transpose.NO, a.tested(), Transpose.YES, a.tested(), 0, out.tested());
            reference.ops().multiply(1, Transpose.NO, a.expected(), Transpose.YES, a.expected(), 0, out.expected());
            assertSame(out, tolerance(precision, n), "n = " + n);
        }
    }

    @ParameterizedTest
    @MethodSource("precisions")
    void passesAgreeWithThePlainLoop(Precision precision) {
        for (int n : SIZES) {
            for (int batch : new int[] {1, 2, 5}) {
                SplittableRandom random = new SplittableRandom(n * 31L + batch);
                Pair out = random(random, batch, n, n + 1, precision);
                Pair x = random(random, batch, n, n + 1, precision);
                Pair shared = random(random, 1, n, n + 1, precision);
                Pair factors = random(random, batch, 1, 1, precision);
                Pair factor = random(random, 1, 1, 1, precision);
                Pair sums = pair(new Shape(batch, 1, 1), Precision.FLOAT64, new double[batch]);
                passes(backend.ops(), out.tested(), x.tested(), shared.tested(), factors.tested(), factor.tested());
                passes(
                        reference.ops(),
                        out.expected(),
                        x.expected(),
                        shared.expected(),
                        factors.expected(),
                        factor.expected());
                assertSame(out, 4 * tolerance(precision, 1), "n = " + n + ", batch " + batch);
                backend.ops().sumOfSquares(out.tested(), sums.tested());
                reference.ops().sumOfSquares(out.expected(), sums.expected());
                assertSame(sums, 4 * n * n * tolerance(precision, 1), "sum of squares, n = " + n);
            }
        }
    }

    private static void passes(
            Ops ops, MatrixBatch out, MatrixBatch x, MatrixBatch shared, MatrixBatch factors, MatrixBatch factor) {
        ops.scale(factors, out);
        ops.addScaled(factors, x, out);
        ops.addScaled(factor, shared, out);
        ops.scale(factor, x);
        ops.addScaled(factor, x, out);
        ops.copy(shared, x);
        ops.addScaled(factors, x, out);
    }

    @ParameterizedTest
    @MethodSource("precisions")
    void sumsOfSquaresAreAccumulatedInDoublePrecision(Precision precision) {
        int n = 2000;
        double[] host = new double[n * n];
        Arrays.fill(host, 0.1);
        Pair x = pair(new Shape(1, n, n), precision, host);
        Pair sum = pair(new Shape(1, 1, 1), Precision.FLOAT64, new double[1]);
        backend.ops().sumOfSquares(x.tested(), sum.tested());
        double entry = precision == Precision.FLOAT32 ? 0.1f : 0.1;
        assertEquals(1.0, read(backend, sum.tested())[0] / (n * (double) n * entry * entry), 1e-10);
    }

    @ParameterizedTest
    @MethodSource("precisions")
    void singularValuesAgreeWithOneSidedJacobi(Precision precision) {
        int[][] shapes = {{1, 1}, {2, 3}, {3, 2}, {31, 33}, {33, 31}, {32, 32}, {64, 64}, {64, 1}, {127, 20}};
        for (int[] shape : shapes) {
            for (int batch : new int[] {1, 3}) {
                SplittableRandom random = new SplittableRandom(shape[0] * 131L + shape[1]);
                Pair first = random(random, batch, shape[0], shape[1], precision);
                Pair second = random(random, batch, shape[1], shape[0], precision);
                int count = Math.min(shape[0], shape[1]);
                Pair values = pair(new Shape(batch, count, 1), precision, new double[batch * count]);
                Pair others = pair(new Shape(batch, count, 1), precision, new double[batch * count]);
                backend.ops()
                        .singularValues(
                                List.of(first.tested(), second.tested()), List.of(values.tested(), others.tested()));
                reference
                        .ops()
                        .singularValues(
                                List.of(first.expected(), second.expected()),
                                List.of(values.expected(), others.expected()));
                double tolerance = 30 * tolerance(precision, shape[0]);
                assertSame(values, tolerance, Arrays.toString(shape));
                assertSame(others, tolerance, Arrays.toString(shape) + " transposed");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("precisions")
    void singularValuesOfRankDeficientAndOfNonFiniteMatrices(Precision precision) {
        int n = 40;
        double[] host = new double[3 * n * n];
        for (int i = 0; i < n; i++) {
            host[i * n + i] = i < 3 ? 10.0 - i : 0;
            host[n * n + i * n + i] = i == 7 ? Double.NaN : 1;
            host[2 * n * n + i * n + i] = i == 7 ? Double.POSITIVE_INFINITY : 1;
        }
        Pair matrices = pair(new Shape(3, n, n), precision, host);
        Pair values = pair(new Shape(3, n, 1), precision, new double[3 * n]);
        backend.ops().singularValues(List.of(matrices.tested()), List.of(values.tested()));
        double[] found = read(backend, values.tested());
        assertArrayEquals(new double[] {10, 9, 8, 0}, Arrays.copyOf(found, 4), 1e-6);
        for (int i = n; i < 3 * n; i++) {
            assertTrue(Double.isNaN(found[i]), "entry " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("precisions")
    void aReplayedRecordingDoesWhatTheCallsDo(Precision precision) {
        for (int n : SIZES) {
            for (int batch : new int[] {1, 2, 3, 8, 17}) {
                SplittableRandom random = new SplittableRandom(n * 7L + batch);
                Pair a = random(random, batch, n, n, precision);
                Pair b = random(random, batch, n, n, precision);
                Pair c = random(random, batch, n, n, precision);
                Pair shared = random(random, 1, n, n, precision);
                Pair small = pair(new Shape(1, 1, 1), precision, new double[] {0.5 / n});
                try (Recording recording = backend.record(() ->
                        body(backend.ops(), a.tested(), b.tested(), c.tested(), shared.tested(), small.tested()))) {
                    recording.replay(2);
                    recording.replay(1);
                }
                for (int i = 0; i < 3; i++) {
                    body(
                            reference.ops(),
                            a.expected(),
                            b.expected(),
                            c.expected(),
                            shared.expected(),
                            small.expected());
                }
                double tolerance = 100 * tolerance(precision, n);
                assertSame(a, tolerance, "a, n = " + n + ", batch " + batch);
                assertSame(c, tolerance, "c, n = " + n + ", batch " + batch);
            }
        }
    }

    /** Chains with every kind of hazard: read own, read all, overwrite after either. */
    private static void body(
            Ops ops, MatrixBatch a, MatrixBatch b, MatrixBatch c, MatrixBatch shared, MatrixBatch small) {
        ops.copy(shared, c);
        ops.multiply(0.01, Transpose.NO, a, Transpose.NO, b, -1, c);
        ops.scale(small, c);
        ops.residual(small, Transpose.YES, c, Transpose.NO, a, shared, b);
        ops.multiply(0.01, Transpose.YES, a, Transpose.NO, c, 0.5, b);
        ops.multiply(0.01, Transpose.NO, c, Transpose.YES, b, 1, a);
        ops.multiply(0.01, Transpose.NO, a, Transpose.YES, shared, 1, c);
        ops.addScaled(small, c, a);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void aCheckFollowsTheLastStepOfAReplayAndLeavesItsNumbers(int batch) {
        MatrixBatch x = arena.allocate(new Shape(batch, 1, 1), Precision.FLOAT64);
        MatrixBatch two = arena.allocate(new Shape(1, 1, 1), Precision.FLOAT64);
        MatrixBatch sums = arena.allocate(new Shape(batch, 1, 1), Precision.FLOAT64);
        Mailbox mailbox = arena.mailbox(batch);
        double[] start = new double[batch];
        Arrays.setAll(start, run -> run + 1);
        Ops ops = backend.ops();
        ops.upload(start, x);
        ops.upload(new double[] {2}, two);
        double[] read = new double[batch];
        mailbox.read(read);
        assertArrayEquals(new double[batch], read);
        try (Recording recording = backend.record(() -> ops.scale(two, x), () -> {
            ops.sumOfSquares(x, sums);
            ops.post(sums, mailbox);
        })) {
            assertEquals(0, recording.carriedOut());
            recording.replay(3);
            recording.replay(2);
            ops.download(x, new double[batch]); // waits
            assertEquals(5, recording.carriedOut());
        }
        mailbox.read(read);
        assertArrayEquals(Arrays.stream(start).map(v -> 1024 * v * v).toArray(), read);
    }

    @Test
    void aMailboxIsCheckedLikeABatch() {
        Ops ops = backend.ops();
        MatrixBatch pair = arena.allocate(new Shape(2, 1, 1), Precision.FLOAT64);
        MatrixBatch narrow = arena.allocate(new Shape(2, 1, 1), Precision.FLOAT32);
        Mailbox mailbox = arena.mailbox(2);
        assertThrows(IllegalArgumentException.class, () -> ops.post(narrow, mailbox));
        assertThrows(IllegalArgumentException.class, () -> ops.post(pair.slice(0, 1), mailbox));
        assertThrows(IllegalArgumentException.class, () -> mailbox.read(new double[3]));
        Arena closed = backend.openArena();
        Mailbox gone = closed.mailbox(2);
        closed.close();
        assertThrows(IllegalStateException.class, () -> ops.post(pair, gone));
        assertThrows(IllegalStateException.class, () -> gone.read(new double[2]));
        assertThrows(IllegalStateException.class, () -> closed.mailbox(2));
    }

    @Test
    void aSideLineMeasuresWhatTheMainLineHasDone() throws Exception {
        MatrixBatch x = arena.allocate(new Shape(1, 40, 40), Precision.FLOAT64);
        MatrixBatch snapshot = arena.allocate(new Shape(1, 40, 40), Precision.FLOAT64);
        MatrixBatch two = arena.allocate(new Shape(1, 1, 1), Precision.FLOAT64);
        MatrixBatch sum = arena.allocate(new Shape(1, 1, 1), Precision.FLOAT64);
        double[] ones = new double[1600];
        Arrays.fill(ones, 1);
        Ops ops = backend.ops();
        ops.upload(ones, x);
        ops.upload(new double[] {2}, two);
        try (SideLine side = backend.openSideLine()) {
            ops.scale(two, x);
            ops.copy(x, snapshot);
            Future<double[]> measured = side.submit(() -> {
                double[] squares = new double[1];
                side.ops().sumOfSquares(snapshot, sum);
                side.ops().download(sum, squares);
                return squares;
            });
            ops.scale(two, x);
            assertArrayEquals(new double[] {6400}, measured.get());
            Future<Object> failed = side.submit(() -> {
                throw new BackendException("the measurement failed");
            });
            ExecutionException thrown = assertThrows(ExecutionException.class, failed::get);
            assertEquals("the measurement failed", thrown.getCause().getMessage());
            assertEquals(1, (int) side.submit(() -> 1).get());
        }
        assertEquals(4, read(backend, x)[0]);
    }

    @Test
    void transfersAndDecompositionsCannotBeRecorded() {
        if (backend instanceof ReferenceBackend) {
            return; // its recordings run the body again
        }
        MatrixBatch x = arena.allocate(new Shape(1, 2, 2), Precision.FLOAT64);
        MatrixBatch s = arena.allocate(new Shape(1, 2, 1), Precision.FLOAT64);
        Ops ops = backend.ops();
        assertThrows(IllegalStateException.class, () -> backend.record(() -> ops.upload(new double[4], x)));
        assertThrows(IllegalStateException.class, () -> backend.record(() -> ops.download(x, new double[4])));
        assertThrows(
                IllegalStateException.class, () -> backend.record(() -> ops.singularValues(List.of(x), List.of(s))));
        ops.upload(new double[4], x);
    }

    @Test
    void slicesAndReshapedBatchesShareMemory() {
        MatrixBatch whole = arena.allocate(new Shape(3, 2, 3), Precision.FLOAT64);
        backend.ops().upload(new double[] {1, 2, 3, 4, 5, 6}, whole.slice(1, 2));
        backend.ops().upload(new double[] {9, 8}, whole.slice(2, 3).reshape(2, 1));
        assertArrayEquals(new double[] {0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 9, 8, 0, 0, 0, 0}, read(backend, whole));
        assertArrayEquals(
                new double[] {1, 2, 3, 4, 5, 6}, read(backend, whole.slice(1, 2).reshape(3, 2)));
        assertThrows(IllegalArgumentException.class, () -> whole.slice(2, 4));
        assertThrows(IllegalArgumentException.class, () -> whole.slice(1, 1));
        assertThrows(IllegalArgumentException.class, () -> whole.reshape(3, 3));
    }

    @Test
    void aReshapedRunStaysWhereItsMatrixLies() {
        MatrixBatch whole = arena.allocate(new Shape(3, 2, 3), Precision.FLOAT64);
        backend.ops().upload(IntStream.rangeClosed(1, 18).asDoubleStream().toArray(), whole);
        MatrixBatch part = whole.reshape(2, 1);
        assertArrayEquals(new double[] {1, 2, 7, 8, 13, 14}, read(backend, part));
        assertArrayEquals(new double[] {7, 8, 13, 14}, read(backend, part.slice(1, 3)));
        assertArrayEquals(
                new double[] {13}, read(backend, part.slice(1, 3).slice(1, 2).reshape(1, 1)));
        backend.ops().upload(new double[] {-1, -2, -3, -4, -5, -6}, part);
        assertArrayEquals(
                new double[] {-1, -2, 3, 4, 5, 6, -3, -4, 9, 10, 11, 12, -5, -6, 15, 16, 17, 18}, read(backend, whole));
        assertArrayEquals(new double[] {-3, -4, 9, 10, 11, 12}, read(backend, whole.slice(1, 2)));
        assertThrows(IllegalArgumentException.class, () -> part.reshape(3, 1));
    }

    /** Memory that every repetition uses for matrices of two shapes, as the gradients of unequal factors are. */
    @ParameterizedTest
    @CsvSource({"4, 23, 24", "6, 20, 5", "5, 40, 17", "1, 120, 100"})
    void runsDoNotMeetInMemoryThatIsReshapedWithinARecording(int batch, int large, int small) {
        SplittableRandom random = new SplittableRandom(7);
        int most = Math.max(large, small);
        Pair memory = random(random, batch, most, most, Precision.FLOAT64);
        Pair a = random(random, batch, large, large, Precision.FLOAT64);
        Pair b = random(random, batch, small, large, Precision.FLOAT64);
        Pair x = random(random, batch, large, large, Precision.FLOAT64);
        Pair y = random(random, batch, small, large, Precision.FLOAT64);
        Pair tenth = pair(new Shape(1, 1, 1), Precision.FLOAT64, new double[] {0.1 / large});
        try (Recording tested = backend.record(() -> useTwice(
                        backend.ops(),
                        List.of(memory.tested(), a.tested(), b.tested(), x.tested(), y.tested(), tenth.tested())));
                Recording expected = reference.record(() -> useTwice(
                        reference.ops(),
                        List.of(
                                memory.expected(),
                                a.expected(),
                                b.expected(),
                                x.expected(),
                                y.expected(),
                                tenth.expected())))) {
            int times = batch == 1 ? 5 : 100;
            tested.replay(times);
            expected.replay(times);
        }
        assertSame(x, 1e-11, "x");
        assertSame(y, 1e-11, "y");
    }

    private static void useTwice(Ops ops, List<MatrixBatch> operands) {
        MatrixBatch a = operands.get(1);
        MatrixBatch b = operands.get(2);
        MatrixBatch square = operands.get(0).reshape(a.shape().rows(), a.shape().rows());
        MatrixBatch flat = operands.get(0).reshape(b.shape().rows(), b.shape().cols());
        ops.multiply(1, Transpose.NO, a, Transpose.NO, a, 0, square);
        ops.addScaled(operands.get(5), square, operands.get(3));
        ops.multiply(1, Transpose.NO, b, Transpose.NO, a, 0, flat);
        ops.addScaled(operands.get(5), flat, operands.get(4));
    }

    /** Factors with a narrow width make products of low rank, whose further columns Jacobi rotates towards zero. */
    @ParameterizedTest
    @CsvSource({"20, 20, 1", "20, 13, 2", "17, 40, 3", "9, 9, 8"})
    void singularValuesOfAProductThroughANarrowWidthEndInZeros(int rows, int cols, int width) {
        SplittableRandom random = new SplittableRandom(rows * 100L + width);
        Pair left = random(random, 6, rows, width, Precision.FLOAT64);
        Pair right = random(random, 6, width, cols, Precision.FLOAT64);
        Pair product = random(random, 6, rows, cols, Precision.FLOAT64);
        int count = Math.min(rows, cols);
        Pair values = random(random, 6, count, 1, Precision.FLOAT64);
        backend.ops().multiply(1, Transpose.NO, left.tested(), Transpose.NO, right.tested(), 0, product.tested());
        backend.ops().singularValues(List.of(product.tested()), List.of(values.tested()));
        double[] found = read(backend, values.tested());
        for (int run = 0; run < 6; run++) {
            for (int i = 0; i < count; i++) {
                double value = found[run * count + i];
                double bound = 1e-14 * found[run * count];
                assertTrue(i < width ? value > bound : value >= 0 && value <= bound, Arrays.toString(found));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-290, 1e-160, 1e150, 1e290})
    void singularValuesOfTinyAndHugeMatricesAreThoseOfTheScaledOnes(double scale) {
        double[] numbers = {3 * scale, 0, 4 * scale, 5 * scale};
        MatrixBatch matrix = arena.allocate(new Shape(1, 2, 2), Precision.FLOAT64);
        MatrixBatch values = arena.allocate(new Shape(1, 2, 1), Precision.FLOAT64);
        backend.ops().upload(numbers, matrix);
        backend.ops().singularValues(List.of(matrix), List.of(values));
        double[] found = read(backend, values);
        assertEquals(Math.sqrt(45), found[0] / scale, 1e-13);
        assertEquals(Math.sqrt(5), found[1] / scale, 1e-13);
    }

    @Test
    void floatsAreRoundedOnUpload() {
        MatrixBatch x = arena.allocate(new Shape(1, 1, 1), Precision.FLOAT32);
        backend.ops().upload(new double[] {0.1}, x);
        assertEquals(0.1f, read(backend, x)[0]);
    }

    @Test
    void argumentsThatDoNotFitAreRefusedWithVerbAndShapes() {
        Ops ops = backend.ops();
        MatrixBatch x = arena.allocate(new Shape(2, 3, 4), Precision.FLOAT64);
        MatrixBatch y = arena.allocate(new Shape(3, 3, 4), Precision.FLOAT64);
        MatrixBatch single = arena.allocate(new Shape(2, 3, 4), Precision.FLOAT32);
        refused("copy: the batch of 2·(3×4) is neither 1 nor that of 3·(3×4)", () -> ops.copy(x, y));
        refused("mixes FLOAT64 with FLOAT32", () -> ops.copy(x, single));
        refused(
                "multiply: 2·(3×4) times 2·(3×4) does not fit 2·(3×4)",
                () -> ops.multiply(1, Transpose.NO, x, Transpose.NO, x, 0, x));
        refused("scale: one number for each run", () -> ops.scale(x, x));
        refused("upload: 5 numbers", () -> ops.upload(new double[5], x));
        refused("sumOfSquares: out must be 2·(1×1) of FLOAT64", () -> ops.sumOfSquares(x, x));
        refused("singularValues: 2·(3×4) has 2·(3×1)", () -> ops.singularValues(List.of(x), List.of(y)));
        try (Arena foreign = reference.openArena()) {
            MatrixBatch other = foreign.allocate(new Shape(2, 3, 4), Precision.FLOAT64);
            refused("another backend", () -> ops.copy(other, x));
        }
    }

    private static void refused(String message, Runnable call) {
        String said = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertTrue(said.contains(message), said);
    }

    @Test
    void memoryOfAClosedArenaCannotBeUsed() {
        Arena shortLived = backend.openArena();
        MatrixBatch x = shortLived.allocate(new Shape(1, 2, 2), Precision.FLOAT64);
        MatrixBatch y = arena.allocate(new Shape(1, 2, 2), Precision.FLOAT64);
        try (Recording recording = backend.record(() -> backend.ops().copy(x, y))) {
            shortLived.close();
            shortLived.close();
            assertThrows(IllegalStateException.class, () -> backend.ops().copy(x, y));
            assertThrows(IllegalStateException.class, () -> recording.replay(1));
        }
        assertThrows(IllegalStateException.class, () -> shortLived.allocate(new Shape(1, 1, 1), Precision.FLOAT64));
    }

    @Test
    void aBackendWithOpenArenasRefusesToClose() {
        String said = assertThrows(IllegalStateException.class, backend::close).getMessage();
        assertTrue(said.contains("1 arena"), said);
        MatrixBatch stillThere = arena.allocate(new Shape(1, 1, 1), Precision.FLOAT64);
        backend.ops().upload(new double[] {3}, stillThere);
        assertEquals(3, read(backend, stillThere)[0]);
    }

    static Stream<Precision> precisions() {
        return Arrays.stream(Precision.values());
    }
}
