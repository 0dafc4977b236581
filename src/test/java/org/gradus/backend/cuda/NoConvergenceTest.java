package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.BackendException;
import org.gradus.backend.Options;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.linalg.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Iterations that do not converge are repeated by gesvd, and what is taken for it was announced. */
final class NoConvergenceTest extends SingularValuesFixture {

    private static List<Matrix> random(int batch, int rows, int cols, Precision precision) {
        SplittableRandom random = new SplittableRandom(batch);
        return IntStream.range(0, batch)
                .mapToObj(b -> HardMatrix.FULL_RANK.of(rows, cols, precision, random))
                .toList();
    }

    private static long gesvdCalls() {
        Map<String, Long> calls = Emulator.callCounts();
        return calls.getOrDefault("cusolverDnDgesvd", 0L) + calls.getOrDefault("cusolverDnSgesvd", 0L);
    }

    @ParameterizedTest
    @CsvSource({
        "gesvdjBatched:2, 5, 20, 13, FLOAT64, 1",
        "gesvdjBatched:2, 5, 13, 20, FLOAT64, 1",
        "gesvdjBatched, 5, 20, 20, FLOAT32, 5",
        "gesvdj, 2, 180, 175, FLOAT64, 2",
        "gesvdj, 1, 175, 180, FLOAT64, 1"
    })
    void whatDoesNotConvergeComesFromGesvd(
            String routine, int batch, int rows, int cols, Precision precision, long retries) {
        List<List<Matrix>> batches = List.of(random(batch, rows, cols, precision));
        try (Backend backend = EmulatedCuda.open()) {
            Emulator.reset();
            EmulatedSolver.refuseToConverge(routine);
            assertAllValues(batches, values(backend, precision, batches), precision);
            assertEquals(retries, gesvdCalls());
        }
    }

    /** Two batches of one launch: the matrix with the number 3 is the second batch's first. */
    @Test
    void theMatrixOfALaterBatchIsFound() {
        List<List<Matrix>> batches = List.of(random(3, 9, 9, Precision.FLOAT64), random(2, 9, 9, Precision.FLOAT64));
        try (Backend backend = EmulatedCuda.open()) {
            Emulator.reset();
            EmulatedSolver.refuseToConverge("gesvdjBatched:3");
            assertAllValues(batches, values(backend, Precision.FLOAT64, batches), Precision.FLOAT64);
            assertEquals(1, gesvdCalls());
        }
    }

    /** It is number 1 of a launch to which the non-finite matrix before it was not given. */
    @Test
    void aNonFiniteMatrixIsKeptFromTheLibrary() {
        List<Matrix> matrices = new ArrayList<>(random(3, 9, 9, Precision.FLOAT64));
        Matrix broken = Matrix.zeros(9, 9);
        broken.set(8, 8, Double.NaN);
        matrices.add(1, broken);
        try (Backend backend = EmulatedCuda.open()) {
            Emulator.reset();
            EmulatedSolver.refuseToConverge("gesvdjBatched:1");
            List<List<Matrix>> batches = List.of(matrices);
            assertAllValues(batches, values(backend, Precision.FLOAT64, batches), Precision.FLOAT64);
            assertEquals(1, gesvdCalls());
        }
    }

    @Test
    void theGramMatrixsEigenvaluesThatDoNotConvergeComeFromGesvd() {
        List<List<Matrix>> batches = List.of(random(1, 175, 180, Precision.FLOAT64));
        try (Backend backend = EmulatedCuda.open(new Options(1, 0, false, true))) {
            Emulator.reset();
            EmulatedSolver.refuseToConverge("syevd");
            assertAllValues(batches, values(backend, Precision.FLOAT64, batches), Precision.FLOAT64);
            assertEquals(1, gesvdCalls());
        }
    }

    @Test
    void whereGesvdDoesNotConvergeEitherItIsOneLine() {
        List<List<Matrix>> batches = List.of(random(2, 322, 321, Precision.FLOAT64));
        try (Backend backend = EmulatedCuda.open()) {
            EmulatedSolver.refuseToConverge("gesvd");
            String message = assertThrows(BackendException.class, () -> values(backend, Precision.FLOAT64, batches))
                    .getMessage();
            assertTrue(
                    message.startsWith("cuda: gesvd: the singular values of matrix 0 of 2·(322×321) did not converge"),
                    message);
            assertEquals(1, message.lines().count());
            EmulatedSolver.refuseToConverge("");
            assertAllValues(batches, values(backend, Precision.FLOAT64, batches), Precision.FLOAT64);
        }
    }

    /** After {@code routine} refuses, so that the way out is taken as well; the first call takes all that it needs. */
    @ParameterizedTest
    @CsvSource({
        "'', 1, 1, 1, FLOAT64, false",
        "'', 7, 20, 13, FLOAT64, false",
        "gesvdjBatched, 1, 32, 32, FLOAT64, false",
        "gesvdjBatched, 1, 2, 32, FLOAT32, false",
        "'', 40000, 3, 3, FLOAT64, false",
        "'', 5, 40, 36, FLOAT64, false",
        "'', 1, 170, 160, FLOAT64, false",
        "'', 3, 180, 175, FLOAT64, false",
        "gesvdj, 2, 175, 180, FLOAT64, false",
        "gesvdj, 2, 300, 241, FLOAT32, false",
        "'', 2, 322, 330, FLOAT64, false",
        "'', 2, 322, 330, FLOAT64, true",
        "'', 1, 330, 322, FLOAT32, true"
    })
    void noMoreMemoryIsTakenThanWasAnnounced(
            String routine, int batch, int rows, int cols, Precision precision, boolean gram) {
        try (Backend backend = EmulatedCuda.open(new Options(1, 0, false, gram));
                Arena arena = backend.openArena()) {
            var in = arena.allocate(new Shape(batch, rows, cols), precision);
            var out = arena.allocate(new Shape(batch, Math.min(rows, cols), 1), precision);
            var small = arena.allocate(new Shape(2, 3, 4), precision);
            var values = arena.allocate(new Shape(2, 3, 1), precision);
            List<Matrix> matrices = batch > 100
                    ? Collections.nCopies(batch, Matrix.zeros(rows, cols))
                    : random(batch, rows, cols, precision);
            upload(backend.ops(), matrices, in);
            long announced = backend.singularValuesBytes(List.of(small.shape(), in.shape()), precision);
            long before = backend.availableBytes();
            EmulatedSolver.refuseToConverge(routine);
            backend.ops().singularValues(List.of(small, in), List.of(values, out));
            long taken = before - backend.availableBytes();
            assertTrue(taken <= announced, taken + " bytes were taken, " + announced + " announced");
            assertTrue(taken > 0, "nothing was taken");
        }
    }
}
