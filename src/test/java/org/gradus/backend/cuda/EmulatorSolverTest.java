package org.gradus.backend.cuda;

import static org.gradus.backend.cuda.EmulatedDevice.check;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import jcuda.Pointer;
import jcuda.driver.CUdeviceptr;
import jcuda.jcusolver.JCusolver;
import jcuda.jcusolver.JCusolverDn;
import jcuda.jcusolver.cusolverDnHandle;
import jcuda.jcusolver.cusolverStatus;
import jcuda.runtime.cudaStream_t;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The emulator's libcusolver.so.11, called through JCuda's natives; matrices of known singular values. */
final class EmulatorSolverTest {
    private static final int INVALID_VALUE = cusolverStatus.CUSOLVER_STATUS_INVALID_VALUE;
    private static final int EXECUTION_FAILED = cusolverStatus.CUSOLVER_STATUS_EXECUTION_FAILED;

    private EmulatedDevice device;
    private EmulatedSolver solver;

    @BeforeEach
    void open() {
        device = new EmulatedDevice();
        solver = new EmulatedSolver(device);
    }

    @AfterEach
    void close() {
        EmulatedSolver.refuseToConverge("");
        solver.close();
        device.close();
        String leaks = Emulator.leaks();
        Emulator.reset();
        assertEquals("", leaks);
    }

    /** Ten decades, the last quarter of them zero. */
    private static double[] spectrum(int count) {
        return IntStream.range(0, count)
                .mapToDouble(i -> i >= count - count / 4 ? 0 : Math.pow(10, -10.0 * i / count))
                .toArray();
    }

    /** I − 2uuᵀ on the left, I − 2vvᵀ on the right of diag(values): rows × cols, leading dimension rows + gap. */
    static double[] matrix(int rows, int cols, int gap, double... values) {
        double[] u = direction(rows, 0.7);
        double[] v = direction(cols, 1.3);
        int ld = rows + gap;
        double[] a = new double[ld * cols];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                double sum = 0;
                for (int p = 0; p < values.length; p++) {
                    double left = (i == p ? 1 : 0) - 2 * u[i] * u[p];
                    double right = (j == p ? 1 : 0) - 2 * v[j] * v[p];
                    sum += left * values[p] * right;
                }
                a[i + j * ld] = sum;
            }
        }
        return a;
    }

    private static double[] direction(int size, double phase) {
        double[] u = IntStream.range(0, size)
                .mapToDouble(i -> 1.5 + Math.sin(phase * (i + 1)))
                .toArray();
        double norm = Math.sqrt(Arrays.stream(u).map(x -> x * x).sum());
        return Arrays.stream(u).map(x -> x / norm).toArray();
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "5,5", "33,33", "40,7", "130,129"})
    void gesvdGivesTheValuesOfTallMatrices(int m, int n) {
        double[] expected = spectrum(n);
        assertArrayEquals(expected, solver.gesvd(m, n, matrix(m, n, 3, expected)), 1e-14);
        assertArrayEquals(expected, solver.gesvdFloat(m, n, matrix(m, n, 3, expected)), 1e-6);
        assertEquals(0, solver.info(1)[0]);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "5,5", "33,33", "40,7", "7,40", "90,91"})
    void gesvdjGivesTheValuesOfAllShapes(int m, int n) {
        double[] expected = spectrum(Math.min(m, n));
        assertArrayEquals(expected, solver.gesvdj(m, n, matrix(m, n, 3, expected)), 1e-14);
        assertArrayEquals(expected, solver.gesvdjFloat(m, n, matrix(m, n, 3, expected)), 1e-6);
        assertEquals(0, solver.info(1)[0]);
    }

    @ParameterizedTest
    @CsvSource({"1,1,5", "4,4,1", "32,32,3", "5,32,4", "32,3,4"})
    void gesvdjBatchedGivesTheValuesOfEachMatrix(int m, int n, int batch) {
        double[] expected = new double[0];
        double[] all = new double[0];
        for (int i = 0; i < batch; i++) {
            double scale = Math.pow(2, -i);
            double[] values =
                    Arrays.stream(spectrum(Math.min(m, n))).map(x -> x * scale).toArray();
            expected = concatenated(expected, values);
            all = concatenated(all, matrix(m, n, 3, values));
        }
        assertArrayEquals(expected, solver.gesvdjBatched(m, n, batch, all), 1e-14);
        assertArrayEquals(expected, solver.gesvdjBatchedFloat(m, n, batch, all), 1e-6);
        assertArrayEquals(new int[batch], solver.info(batch));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void syevdReadsTheNamedTriangleOnlyAndAscends(int uplo) {
        double[] values = {-2, -0.5, 0, 1e-3, 0.25, 3};
        double[] u = direction(6, 0.7);
        double[] a = new double[9 * 6];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                double sum = 0;
                for (int p = 0; p < 6; p++) {
                    sum += ((i == p ? 1 : 0) - 2 * u[i] * u[p]) * values[p] * ((j == p ? 1 : 0) - 2 * u[j] * u[p]);
                }
                a[i + j * 9] = (uplo == 0 ? i >= j : i <= j) ? sum : 1e3;
            }
        }
        assertArrayEquals(values, solver.syevd(6, uplo, a), 1e-14);
        assertArrayEquals(values, solver.syevdFloat(6, uplo, a), 1e-6);
        assertEquals(0, solver.info(1)[0]);
    }

    @Test
    void matricesWithNanGiveNan() {
        double[] a = matrix(4, 4, 3, 4, 3, 2, 1);
        a[5] = Double.NaN; // between the columns: not read
        assertArrayEquals(new double[] {4, 3, 2, 1}, solver.gesvd(4, 4, a), 1e-14);
        a[8] = Double.NaN;
        assertTrue(Arrays.stream(solver.gesvd(4, 4, a)).allMatch(Double::isNaN));
        assertEquals(0, solver.info(1)[0]);
        assertTrue(Arrays.stream(solver.gesvdj(4, 4, a)).allMatch(Double::isNaN));
        assertEquals(5, solver.info(1)[0]);
    }

    @Test
    void nonConvergenceIsReportedOnDemandAndBySweepsThatDoNotSuffice() {
        double[] a = matrix(4, 4, 3, 4, 3, 2, 1);
        EmulatedSolver.refuseToConverge("gesvdj");
        solver.gesvdj(4, 4, a);
        assertEquals(5, solver.info(1)[0]);
        EmulatedSolver.refuseToConverge("gesvdjBatched:1");
        solver.gesvdjBatched(4, 4, 3, concatenated(a, a, a));
        assertArrayEquals(new int[] {0, 5, 0}, solver.info(3));
        EmulatedSolver.refuseToConverge("gesvd");
        solver.gesvd(4, 4, a);
        assertTrue(solver.info(1)[0] > 0);
        EmulatedSolver.refuseToConverge("");
        check(JCusolverDn.cusolverDnXgesvdjSetMaxSweeps(solver.settings, 1));
        solver.gesvdj(4, 4, a);
        assertEquals(5, solver.info(1)[0]);
    }

    @Test
    void sweepsAndResidualAreThoseOfTheLastGesvdj() {
        solver.gesvdj(4, 4, matrix(4, 4, 3, 4, 3, 2, 1));
        assertTrue(solver.sweeps() >= 2 && solver.sweeps() < 20, () -> solver.sweeps() + " sweeps");
        assertTrue(solver.residual() <= 1e-15);
    }

    @Test
    void sizesThatTheRoutinesDoNotTakeAreRefused() {
        int[] length = new int[1];
        Pointer none = new Pointer();
        cusolverDnHandle h = solver.handle;
        assertEquals(INVALID_VALUE, JCusolverDn.cusolverDnDgesvd_bufferSize(h, 3, 4, length));
        assertEquals(
                INVALID_VALUE,
                JCusolverDn.cusolverDnDgesvdjBatched_bufferSize(
                        h, 0, 33, 3, none, 33, none, none, 33, none, 3, length, solver.settings, 2));
        assertEquals(
                INVALID_VALUE,
                JCusolverDn.cusolverDnDgesvdj_bufferSize(
                        h, 0, 1, 40000, 40000, none, 40000, none, none, 40000, none, 40000, length, solver.settings));
        assertEquals(INVALID_VALUE, JCusolverDn.cusolverDnDsyevd_bufferSize(h, 0, 0, 4, none, 3, none, length));
        CUdeviceptr memory = device.allocate(1 << 16);
        assertEquals(INVALID_VALUE, gesvd(memory, 1));
        assertNotEquals(
                0,
                JCusolverDn.cusolverDnDgesvdjBatched(
                        h,
                        0,
                        1,
                        1,
                        memory,
                        1,
                        memory,
                        memory,
                        1,
                        memory,
                        1,
                        memory,
                        1 << 30,
                        memory,
                        solver.settings,
                        65536));
    }

    @Test
    void gesvdjWithoutUOrVIsAMisuse() {
        CUdeviceptr memory = device.allocate(1 << 16);
        int status = JCusolverDn.cusolverDnDgesvdj(
                solver.handle,
                0,
                1,
                2,
                2,
                memory,
                2,
                memory.withByteOffset(1024),
                new Pointer(),
                2,
                memory.withByteOffset(2048),
                2,
                memory.withByteOffset(4096),
                1000,
                memory.withByteOffset(3072),
                solver.settings);
        assertEquals(EXECUTION_FAILED, status);
        assertMisuse("U");
    }

    @Test
    void captureFailsAndIsInvalidated() {
        CUdeviceptr memory = device.allocate(1 << 16);
        int[] call = new int[1];
        assertNotEquals(0, device.captureAndLaunch(1, () -> call[0] = gesvd(memory, 5000)));
        assertEquals(EXECUTION_FAILED, call[0]);
    }

    @Test
    void handlesWithoutStreamAreAMisuseAndCallsFailOnDemand() {
        CUdeviceptr memory = device.allocate(1 << 16);
        check(gesvd(memory, 5000));
        Emulator.fail("cusolverDnDgesvd:1");
        assertEquals(EXECUTION_FAILED, gesvd(memory, 5000));
        Emulator.fail("cusolverDnCreate:1");
        assertEquals(cusolverStatus.CUSOLVER_STATUS_ALLOC_FAILED, JCusolverDn.cusolverDnCreate(new cusolverDnHandle()));
        check(JCusolverDn.cusolverDnSetStream(solver.handle, new cudaStream_t()));
        assertEquals(EXECUTION_FAILED, gesvd(memory, 5000));
        assertMisuse("no stream");
    }

    @Test
    void versionIsElevenSixFour() {
        int[] version = new int[1];
        check(JCusolver.cusolverGetVersion(version));
        assertEquals(11604, version[0]);
    }

    /** Of a 2 × 2 matrix at the memory's start. */
    private int gesvd(CUdeviceptr memory, int length) {
        return JCusolverDn.cusolverDnDgesvd(
                solver.handle,
                'N',
                'N',
                2,
                2,
                memory,
                2,
                memory.withByteOffset(1024),
                new Pointer(),
                2,
                new Pointer(),
                2,
                memory.withByteOffset(4096),
                length,
                new Pointer(),
                memory.withByteOffset(2048));
    }

    private static double[] concatenated(double[]... parts) {
        return Arrays.stream(parts).flatMapToDouble(Arrays::stream).toArray();
    }

    private static void assertMisuse(String part) {
        assertTrue(Emulator.misuses().contains(part), Emulator.misuses());
    }
}
