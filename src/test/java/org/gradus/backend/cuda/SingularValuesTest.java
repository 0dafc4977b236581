package org.gradus.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.gradus.backend.Arena;
import org.gradus.backend.Backend;
import org.gradus.backend.MatrixBatch;
import org.gradus.backend.Options;
import org.gradus.backend.Precision;
import org.gradus.backend.Shape;
import org.gradus.linalg.Matrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every call of {@link SingularValueCall} in its place; the emulator's blocks have 227 KiB of shared memory. */
final class SingularValuesTest extends SingularValuesFixture {
    /** Alone where the emulator takes long. */
    private static final HardMatrix HARD = HardMatrix.RANK_DEFICIENT;

    private static final HardMatrix[] EASY = {HardMatrix.FULL_RANK, HARD};

    private static List<Matrix> matrices(int rows, int cols, Precision precision, HardMatrix... kinds) {
        SplittableRandom random = new SplittableRandom(rows * 1_009L + cols);
        return Stream.of(kinds)
                .map(kind -> kind.of(rows, cols, precision, random))
                .toList();
    }

    private static void assertCallsMade(Backend backend, SingularValueCall... calls) {
        assertEquals(
                Stream.of(calls).map(SingularValueCall::description).toList(),
                backend.details().get("singular_values"));
    }

    private static void assertAgrees(Precision precision, SingularValueCall call, List<List<Matrix>> batches) {
        try (Backend backend = EmulatedCuda.open()) {
            assertAllValues(batches, values(backend, precision, batches), precision);
            assertCallsMade(backend, call);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, FLOAT64, GESVDJ_BATCHED",
        "1, 32, FLOAT64, GESVDJ_BATCHED",
        "31, 32, FLOAT64, GESVDJ_BATCHED",
        "32, 32, FLOAT64, GESVDJ_BATCHED",
        "32, 32, FLOAT32, GESVDJ_BATCHED",
        "32, 33, FLOAT64, JACOBI_KERNEL",
        "33, 32, FLOAT64, JACOBI_KERNEL",
        "33, 33, FLOAT64, JACOBI_KERNEL",
        "33, 33, FLOAT32, JACOBI_KERNEL",
        "1, 33, FLOAT64, JACOBI_KERNEL",
        "500, 3, FLOAT64, JACOBI_KERNEL"
    })
    void smallMatricesOfEveryKind(int rows, int cols, Precision precision, SingularValueCall call) {
        assertAgrees(precision, call, List.of(matrices(rows, cols, precision, HardMatrix.values())));
    }

    /** rows·cols + 40 numbers have to fit. */
    @ParameterizedTest
    @CsvSource({
        "170, 170, FLOAT64, JACOBI_KERNEL",
        "171, 169, FLOAT64, JACOBI_KERNEL",
        "171, 170, FLOAT64, GESVDJ",
        "170, 171, FLOAT64, GESVDJ",
        "879, 33, FLOAT64, JACOBI_KERNEL",
        "33, 879, FLOAT64, JACOBI_KERNEL",
        "880, 33, FLOAT64, GESVDJ",
        "33, 880, FLOAT64, GESVDJ",
        "240, 240, FLOAT32, JACOBI_KERNEL",
        "241, 241, FLOAT32, GESVDJ"
    })
    void matricesAroundTheLargestThatSharedMemoryHolds(
            int rows, int cols, Precision precision, SingularValueCall call) {
        HardMatrix[] kinds = Math.min(rows, cols) < 100 ? HardMatrix.values() : new HardMatrix[] {HARD};
        assertAgrees(precision, call, List.of(matrices(rows, cols, precision, kinds)));
    }

    @ParameterizedTest
    @CsvSource({
        "320, 320, FLOAT64, GESVDJ",
        "320, 330, FLOAT64, GESVDJ",
        "321, 321, FLOAT64, GESVD",
        "330, 322, FLOAT64, GESVD",
        "322, 330, FLOAT64, GESVD",
        "321, 321, FLOAT32, GESVD"
    })
    void largeMatricesGoThroughCusolver(int rows, int cols, Precision precision, SingularValueCall call) {
        assertAgrees(precision, call, List.of(matrices(rows, cols, precision, HARD)));
    }

    @ParameterizedTest
    @EnumSource(names = {"FIFTEEN_DECADES", "ZERO", "DIAGONAL", "HUGE", "TINY", "EQUAL_VALUES"})
    void hardMatricesGoThroughGesvdAsWell(HardMatrix kind) {
        assertAgrees(Precision.FLOAT64, SingularValueCall.GESVD, List.of(matrices(322, 321, Precision.FLOAT64, kind)));
    }

    @ParameterizedTest
    @EnumSource
    void batchesOfManyShapesInOneCall(Precision precision) {
        List<List<Matrix>> batches = new ArrayList<>();
        for (int[] shape : new int[][] {{8, 8}, {40, 36}, {8, 8}, {36, 40}, {40, 36}, {250, 130}, {8, 9}, {8, 8}}) {
            HardMatrix[] kinds = batches.size() % 2 == 0 ? EASY : new HardMatrix[] {HardMatrix.FIFTEEN_DECADES};
            batches.add(matrices(shape[0], shape[1], precision, kinds));
        }
        try (Backend backend = EmulatedCuda.open()) {
            assertAllValues(batches, values(backend, precision, batches), precision);
        }
    }

    /** Inputs and outputs in the beginning of larger matrices' memory, runs a stride apart; neighbours stay as they are. */
    @ParameterizedTest
    @CsvSource({"20, 17, 21", "17, 20, 21", "40, 36, 41", "250, 130, 251", "330, 322, 331"})
    void batchesWhoseRunsLieApart(int rows, int cols, int memory) {
        Precision precision = Precision.FLOAT64;
        List<Matrix> matrices = matrices(rows, cols, precision, EASY);
        int k = Math.min(rows, cols);
        try (Backend backend = EmulatedCuda.open()) {
            try (Arena arena = backend.openArena()) {
                MatrixBatch space = arena.allocate(new Shape(4, memory, memory), precision);
                MatrixBatch found = arena.allocate(new Shape(4, k + 3, 1), precision);
                MatrixBatch in = space.slice(1, 3).reshape(rows, cols);
                MatrixBatch out = found.slice(1, 3).reshape(k, 1);
                upload(backend.ops(), matrices, in);
                backend.ops().singularValues(List.of(in), List.of(out));
                assertAllValues(List.of(matrices), List.of(download(backend.ops(), out)), precision);
                for (double[] each : download(backend.ops(), found)) {
                    assertEquals(0, each[k] + each[k + 1] + each[k + 2], "beyond the values");
                }
                for (int neighbour : new int[] {0, 3}) {
                    double[] untouched = download(backend.ops(), space.slice(neighbour, neighbour + 1))
                            .get(0);
                    assertTrue(IntStream.range(0, untouched.length).allMatch(i -> untouched[i] == 0));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "40, 36", "36, 40", "250, 130", "330, 322"})
    void aMatrixThatIsNotFiniteHasNoValuesAndItsNeighboursHave(int rows, int cols) {
        for (double entry : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
            List<Matrix> matrices = new ArrayList<>(matrices(rows, cols, Precision.FLOAT64, EASY));
            Matrix broken = matrices.get(0).copy();
            broken.set(rows - 1, cols / 2, entry);
            matrices.add(1, broken);
            try (Backend backend = EmulatedCuda.open()) {
                assertAllValues(
                        List.of(matrices), values(backend, Precision.FLOAT64, List.of(matrices)), Precision.FLOAT64);
            }
        }
    }

    /** More than one launch takes. */
    @ParameterizedTest
    @ValueSource(ints = {Infos.MOST - 1, Infos.MOST, Infos.MOST + 1, 2 * Infos.MOST + 3})
    void manySmallMatricesAreCutIntoLaunches(int batch) {
        List<Matrix> few = IntStream.range(0, 7)
                .mapToObj(i -> new Matrix(2, 2, new double[] {i, 0, 0, -2 * i}))
                .toList();
        List<Matrix> first =
                IntStream.range(0, batch).mapToObj(b -> few.get(b % 7)).toList();
        List<Matrix> second = List.of(few.get(3), few.get(5));
        try (Backend backend = EmulatedCuda.open()) {
            List<List<double[]>> found = values(backend, Precision.FLOAT64, List.of(first, second));
            for (int b = 0; b < batch; b++) {
                assertEquals(2.0 * (b % 7), found.get(0).get(b)[0], 1e-12, "matrix " + b);
                assertEquals(b % 7, found.get(0).get(b)[1], 1e-12, "matrix " + b);
            }
            assertEquals(6, found.get(1).get(0)[0], 1e-12);
            assertEquals(10, found.get(1).get(1)[0], 1e-12);
        }
    }

    @Test
    void theJacobiKernelIsCutIntoLaunchesToo() {
        Matrix column = Matrix.zeros(33, 1);
        column.set(20, 0, -3);
        List<Matrix> many = Collections.nCopies(Infos.MOST + 2, column);
        try (Backend backend = EmulatedCuda.open()) {
            for (double[] values :
                    values(backend, Precision.FLOAT64, List.of(many)).get(0)) {
                assertEquals(3, values[0], 1e-15);
            }
        }
    }

    private static Backend openGram() {
        return EmulatedCuda.open(new Options(1, 0, false, true));
    }

    /** In float64, √ε is 1.5e-8; in float32 3.5e-4. Huge and tiny squares leave the range of numbers. */
    @ParameterizedTest
    @CsvSource({"171, 170, FLOAT64", "170, 171, FLOAT64", "322, 330, FLOAT64", "33, 880, FLOAT64", "241, 241, FLOAT32"})
    void gramValuesAreWithinTheRootOfEpsilon(int rows, int cols, Precision precision) {
        List<Matrix> matrices = rows == 33
                ? matrices(rows, cols, precision, HardMatrix.values())
                : matrices(rows, cols, precision, HardMatrix.RANK_DEFICIENT, HardMatrix.HUGE, HardMatrix.TINY);
        double epsilon = precision == Precision.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1.0f);
        try (Backend backend = openGram()) {
            List<double[]> found = values(backend, precision, List.of(matrices)).get(0);
            for (int b = 0; b < found.size(); b++) {
                assertValues(matrices.get(b), found.get(b), 4 * Math.sqrt(epsilon), "matrix " + b);
            }
            assertCallsMade(backend, SingularValueCall.GRAM);
        }
    }

    /** What fits shared memory is exact, allowed or not. */
    @Test
    void gramIsOnlyUsedBeyondSharedMemory() {
        List<List<Matrix>> batches = List.of(
                matrices(20, 20, Precision.FLOAT64, HardMatrix.FIFTEEN_DECADES),
                matrices(60, 60, Precision.FLOAT64, HardMatrix.FIFTEEN_DECADES));
        try (Backend backend = openGram()) {
            assertAllValues(batches, values(backend, Precision.FLOAT64, batches), Precision.FLOAT64);
            assertCallsMade(backend, SingularValueCall.GESVDJ_BATCHED, SingularValueCall.JACOBI_KERNEL);
        }
    }

    @Test
    void aNonFiniteMatrixIsKeptFromTheGramMatrixToo() {
        List<Matrix> matrices = new ArrayList<>(matrices(180, 175, Precision.FLOAT64, HardMatrix.FULL_RANK));
        Matrix broken = matrices.get(0).copy();
        broken.set(3, 4, Double.NaN);
        matrices.add(0, broken);
        try (Backend backend = openGram()) {
            List<double[]> found =
                    values(backend, Precision.FLOAT64, List.of(matrices)).get(0);
            assertValues(broken, found.get(0), 0, "broken");
            assertValues(matrices.get(1), found.get(1), 1e-7, "its neighbour");
        }
    }
}
