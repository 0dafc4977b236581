package org.gradus.backend.openblas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Precision;
import org.gradus.backend.Recording;
import org.gradus.backend.Shape;
import org.gradus.backend.reference.ReferenceBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that the whole team carries out together, among others that are divided by runs and by columns. */
final class ObservationProgramTest {
    /** Large enough that teams divide products and operators. */
    private static final int N = 120;

    private static final int OPERATORS = 131;

    private static double[] replayed(Backend backend, Precision precision, int runs, int n, int m, int... replays) {
        try (backend;
                Arena arena = backend.openArena()) {
            ObservedStep step = new ObservedStep(backend, arena, precision, runs, n, m);
            try (Recording recording = backend.record(step::issue)) {
                for (int times : replays) {
                    recording.replay(times);
                }
            }
            return step.state();
        }
    }

    /** One run by columns; four by runs in a team of two, by columns in a team of three. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 1", "1, 4", "2, 4", "3, 4"})
    void aProgramOfAllVerbsDoesWhatThePlainLoopsDo(int threads, int runs) {
        double[] expected = replayed(new ReferenceBackend(), Precision.FLOAT64, runs, N, OPERATORS, 2);
        double[] actual = replayed(new OpenBlasBackend(threads), Precision.FLOAT64, runs, N, OPERATORS, 2);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertTrue(largest > 0.1 && largest < 100, "of moderate size: " + largest);
        assertArrayEquals(expected, actual, 1e-12 * largest);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, FLOAT64",
        "2, 1, FLOAT64",
        "3, 1, FLOAT64",
        "2, 16, FLOAT64",
        "3, 5, FLOAT64",
        "2, 1, FLOAT32",
        "2, 16, FLOAT32",
        "3, 16, FLOAT32"
    })
    void equalReplaysGiveEqualBits(int threads, int runs, Precision precision) {
        double[] first = replayed(new OpenBlasBackend(threads), precision, runs, N, OPERATORS, 10);
        double[] second = replayed(new OpenBlasBackend(threads), precision, runs, N, OPERATORS, 10);
        double[] inParts = replayed(new OpenBlasBackend(threads), precision, runs, N, OPERATORS, 1, 6, 3);
        assertTrue(Arrays.stream(first).allMatch(Double::isFinite), "finite");
        assertArrayEquals(first, second);
        assertArrayEquals(first, inParts);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 12, 40", "2, 1, 120, 131", "2, 4, 40, 200", "3, 5, 40, 200"})
    void stepsAllocateNothing(int threads, int runs, int n, int m) {
        int warming = n > 100 ? 300 : 3_000;
        try (Backend backend = new OpenBlasBackend(threads);
                Arena arena = backend.openArena()) {
            ObservedStep step = new ObservedStep(backend, arena, Precision.FLOAT64, runs, n, m);
            try (Recording recording = backend.record(step::issue)) {
                recording.replay(warming);
                long bytes = AllocatedBytes.during(() -> recording.replay(warming / 3));
                assertTrue(bytes <= 2_048, warming / 3 + " steps allocated " + bytes + " bytes");
            }
        }
    }

    /** One run, and so many that the last tile of runs is not full; entries that do not fill the last tile either. */
    @ParameterizedTest
    @CsvSource({"1, FLOAT64", "19, FLOAT64", "1, FLOAT32", "19, FLOAT32"})
    void countsAroundWholeBlocksLeaveNoOperatorOut(int runs, Precision precision) {
        int rows = 13;
        int cols = 21;
        try (Backend backend = new OpenBlasBackend(2);
                Backend reference = new ReferenceBackend();
                Arena arena = backend.openArena();
                Arena referenceArena = reference.openArena()) {
            int most = most(arena, precision, runs, rows, cols);
            for (int each : new int[] {most - 1, most, most + 1, 2 * most + 3}) {
                int m = 2 * each; // of which each of two workers takes about half
                double[] expected = normalResidual(reference, referenceArena, precision, runs, rows, cols, m);
                double[] actual = normalResidual(backend, arena, precision, runs, rows, cols, m);
                double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
                double epsilon = precision == Precision.FLOAT64 ? 1e-13 : 3e-5;
                assertArrayEquals(expected, actual, epsilon * largest, m + " operators");
            }
        }
    }

    private static int most(Arena arena, Precision precision, int runs, int rows, int cols) {
        return new OperatorBlock(
                        NativeBatch.of(arena.allocate(new Shape(1, rows, cols), precision)),
                        NativeBatch.of(arena.allocate(new Shape(runs, rows, cols), precision)),
                        NativeBatch.of(arena.allocate(new Shape(runs, 1, 1), precision)),
                        null)
                .most();
    }

    private static double[] normalResidual(
            Backend backend, Arena arena, Precision precision, int runs, int rows, int cols, int m) {
        SplittableRandom random = new SplittableRandom(m);
        MatrixBatch[] batches = IntStream.range(0, 6)
                .mapToObj(i -> {
                    Shape shape = new Shape[] {
                                new Shape(m, rows, cols),
                                new Shape(m, 1, 1),
                                new Shape(runs, rows, cols),
                                new Shape(runs, m, 1),
                                new Shape(runs, 1, 1),
                                new Shape(runs, rows, cols)
                            }
                            [i];
                    MatrixBatch batch = arena.allocate(shape, precision);
                    backend.ops().upload(random.doubles(shape.size(), -1, 1).toArray(), batch);
                    return batch;
                })
                .toArray(MatrixBatch[]::new);
        backend.ops().normalResidual(batches[4], batches[0], batches[1], batches[2], batches[3], 1, batches[5]);
        double[] out = new double[runs * (m + rows * cols)];
        double[] residuals = new double[runs * m];
        double[] sums = new double[runs * rows * cols];
        backend.ops().download(batches[3], residuals);
        backend.ops().download(batches[5], sums);
        System.arraycopy(residuals, 0, out, 0, residuals.length);
        System.arraycopy(sums, 0, out, residuals.length, sums.length);
        return out;
    }

    @Test
    void aRecordingIsOfNoUseOnceClosed() {
        try (Backend backend = new OpenBlasBackend(2);
                Arena arena = backend.openArena()) {
            ObservedStep step = new ObservedStep(backend, arena, Precision.FLOAT64, 1, 12, 40);
            Recording recording = backend.record(step::issue);
            recording.replay(1);
            recording.close();
            recording.close();
            assertThrows(IllegalStateException.class, () -> recording.replay(1));
        }
    }
}
